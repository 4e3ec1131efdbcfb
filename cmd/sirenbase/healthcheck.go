package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// healthTimeout is shorter than the patience of most supervisors.
const healthTimeout = 5 * time.Second

type healthcheckCommand struct {
	URL string `placeholder:"URL" help:"Of the server; without it, this machine at the configured port."`
}

func (healthcheckCommand) Help() string {
	return "Prints ok and exits with 0 if the server can serve, else says why not and exits with 1."
}

// Run asks the server.
func (h *healthcheckCommand) Run(ctx context.Context, c *console) error {
	target, err := h.target()
	if err != nil {
		return err
	}
	if err := askReady(ctx, target); err != nil {
		return err
	}
	c.say("ok")
	return nil
}

func (h *healthcheckCommand) target() (string, error) {
	base := h.URL
	if base == "" {
		settings, err := loadSettings(nil, false)
		if err != nil {
			return "", err
		}
		base = "http://" + dialable(settings.Addr)
	}
	address, err := url.Parse(base)
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" {
		return "", fmt.Errorf("%q is not the URL of a server", base)
	}
	if address.Port() == "0" {
		return "", errors.New("the port is chosen when the server starts: name it with --url")
	}
	if address.Path == "" || address.Path == "/" {
		address.Path = "/readyz"
	}
	return address.String(), nil
}

// dialable turns an address to listen on into one to connect to.
func dialable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func askReady(ctx context.Context, target string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, http.NoBody)
	if err != nil {
		return err
	}
	// Straight to the server: what a proxy answers says nothing about it.
	client := &http.Client{Timeout: healthTimeout, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("the server does not answer: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server is not ready: %s answered %s%s", target, response.Status, reason(response.Body))
	}
	return nil
}

// reason is what the server's error body says.
func reason(body io.Reader) string {
	var answer struct{ Error string }
	if err := json.NewDecoder(io.LimitReader(body, 4<<10)).Decode(&answer); err != nil || answer.Error == "" {
		return ""
	}
	return ": " + printable(answer.Error)
}
