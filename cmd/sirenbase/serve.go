package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"syscall"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type serveCommand struct {
	Addr string `placeholder:"ADDRESS" help:"What to listen on: a port, or an address such as 127.0.0.1:5000. Wins over PORT."`
	Demo bool   `help:"Serve a throwaway database full of demo data."`
}

func (serveCommand) Help() string {
	return "Brings the database schema up to date first. Ctrl-C and SIGTERM let the requests in flight finish; " +
		"a second Ctrl-C does not."
}

// Run serves until it is interrupted.
func (s *serveCommand) Run(ctx context.Context, c *console) error {
	flags := map[string]string{"PORT": s.Addr}
	if s.Demo {
		return c.serveDemo(ctx, flags)
	}
	settings, err := loadWithSecrets(ctx, flags, false)
	if err != nil {
		return err
	}
	return c.serve(ctx, settings, invitation)
}

// greeting is what is printed below the address when the server is ready.
type greeting func(ctx context.Context, program *app.App, url string) (string, error)

func (c *console) serve(ctx context.Context, settings config.Config, greet greeting) (err error) {
	listener, err := listen(ctx, settings.Addr, "--addr or PORT")
	if err != nil {
		return err
	}
	defer listener.Close() //nolint:errcheck // closed already, when the server was started
	metrics, err := openMetrics(ctx, settings.MetricsAddr)
	if err != nil {
		return err
	}
	defer metrics.close()
	built := buildVersion()
	program, err := app.New(ctx, settings, app.Options{
		Version:  built.version,
		Commit:   built.commit,
		Log:      c.serverLog(settings),
		Clock:    clock.System,
		HashCost: identity.DefaultHashCost,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	if err := program.WarnOfUnusedSettings(ctx, settings); err != nil {
		return err
	}
	url := "http://" + visitable(listener.Addr())
	text, err := greet(ctx, program, url)
	if err != nil {
		return err
	}
	defer metrics.serve(program)()
	defer runtime.KeepAlive(ballast())
	fmt.Fprintf(c.stdout, "SirenBase is ready at %s\n%s", url, text)
	return program.Serve(ctx, listener)
}

// ballast is memory that nobody touches, so that the machine never has to give it.
// The garbage collector counts it, and lets more garbage come together than the
// few megabytes that a small server lives on: it runs a fifth as often.
func ballast() []byte { return make([]byte, 10<<20) }

func listen(ctx context.Context, addr, setting string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	var system syscall.Errno
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken by another program: choose another port with %s", addr, setting)
	case errors.As(err, &system):
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, system)
	}
	return listener, err
}

// visitable is an address that a browser on this machine can open.
func visitable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
