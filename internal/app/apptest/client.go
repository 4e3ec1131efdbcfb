package apptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// Client is somebody who sends requests; logged in or not.
type Client struct {
	TB     testing.TB
	UserID string
	Token  string
	Header http.Header // sent with every request
	server *Server
}

// Anybody is a client that is not logged in.
func (s *Server) Anybody() *Client { return &Client{TB: s.TB, server: s, Header: http.Header{}} }

// Admin is the admin, logged in.
func (s *Server) Admin() *Client { return s.LogIn(AdminNumber, AdminPIN) }

// Staff is the partner, logged in.
func (s *Server) Staff() *Client { return s.LogIn(StaffNumber, StaffPIN) }

// LogIn logs a partner in; the second time it returns the same client.
func (s *Server) LogIn(number, pin string) *Client {
	s.TB.Helper()
	if known, ok := s.users[number]; ok {
		return known
	}
	c := s.Anybody()
	r := c.Post("/api/auth/login", map[string]string{"partner_number": number, "pin": pin})
	r.ExpectStatus(http.StatusOK)
	c.Token, c.UserID = r.Text("token"), r.Text("user.id")
	s.users[number] = c
	return c
}

// With returns a client that sends another header with every request.
func (c *Client) With(name, value string) *Client {
	other := *c
	other.Header = c.Header.Clone()
	other.Header.Set(name, value)
	return &other
}

// WithToken returns a client with another token.
func (c *Client) WithToken(token string) *Client {
	other := *c
	other.Token = token
	return &other
}

// Get sends a GET request.
func (c *Client) Get(path string) *Response { c.TB.Helper(); return c.Do(http.MethodGet, path, nil) }

// Post sends a POST request; see Do for the body.
func (c *Client) Post(path string, body any) *Response {
	c.TB.Helper()
	return c.Do(http.MethodPost, path, body)
}

// Put sends a PUT request; see Do for the body.
func (c *Client) Put(path string, body any) *Response {
	c.TB.Helper()
	return c.Do(http.MethodPut, path, body)
}

// Delete sends a DELETE request without a body.
func (c *Client) Delete(path string) *Response {
	c.TB.Helper()
	return c.Do(http.MethodDelete, path, nil)
}

var requests atomic.Int64

// Do sends a request. A body that is a string or []byte is sent as it is, any
// other as JSON; nil sends none. May be called from several goroutines.
func (c *Client) Do(method, path string, body any) *Response {
	c.TB.Helper()
	var reader io.Reader
	if raw, err := encode(body); err != nil {
		c.TB.Fatal(err)
	} else if body != nil {
		reader = bytes.NewReader(raw)
		c.server.log.noteSecrets(raw)
	}
	request, err := http.NewRequest(method, c.server.URL+path, reader)
	if err != nil {
		c.TB.Fatal(err)
	}
	request.Header = c.Header.Clone()
	if body != nil && request.Header.Get("Content-Type") == "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
		c.server.log.noteSecret(c.Token)
	}
	for _, cookie := range request.Cookies() {
		if len(cookie.Value) > len("a.b.c") { // a short one may well turn up by chance
			c.server.log.noteSecret(cookie.Value)
		}
	}
	if request.Header.Get("X-Request-ID") == "" {
		request.Header.Set("X-Request-ID", fmt.Sprintf("test-request-n%d", requests.Add(1)))
	}
	return c.send(request)
}

func (c *Client) send(request *http.Request) *Response {
	c.TB.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.TB.Errorf("%s %s: %v", request.Method, request.URL.Path, err)
		return &Response{TB: c.TB, name: request.Method + " " + request.URL.Path}
	}
	defer response.Body.Close()
	var content []byte
	if response.Header.Get("Content-Type") != "text/event-stream" { // which has no end
		if content, err = io.ReadAll(response.Body); err != nil {
			c.TB.Error(err)
		}
	}
	answer := &Response{
		TB: c.TB, Status: response.StatusCode, Header: response.Header, Body: content,
		name: request.Method + " " + request.URL.RequestURI(),
	}
	c.server.conformer.check(c.TB, request, answer)
	return answer
}

func encode(body any) ([]byte, error) {
	switch b := body.(type) {
	case string:
		return []byte(b), nil
	case []byte:
		return b, nil
	default:
		return json.Marshal(body)
	}
}

// Response is an answer.
type Response struct {
	TB     testing.TB
	Status int
	Header http.Header
	Body   []byte
	name   string
}

// Into decodes the body.
func (r *Response) Into(value any) {
	r.TB.Helper()
	if err := json.Unmarshal(r.Body, value); err != nil {
		r.TB.Fatalf("%s: %v in %s", r.name, err, r.Body)
	}
}

// Value finds a value in the body by its path: "item.code", "items.0.name".
func (r *Response) Value(path string) any {
	r.TB.Helper()
	var value any
	r.Into(&value)
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			var i int
			if _, err := fmt.Sscanf(step, "%d", &i); err != nil || i >= len(v) {
				r.TB.Fatalf("%s: no %s in %s", r.name, path, r.Body)
			}
			value = v[i]
		default:
			r.TB.Fatalf("%s: no %s in %s", r.name, path, r.Body)
		}
	}
	return value
}

// Text is Value for a string.
func (r *Response) Text(path string) string {
	r.TB.Helper()
	text, ok := r.Value(path).(string)
	if !ok {
		r.TB.Fatalf("%s: %s is no text in %s", r.name, path, r.Body)
	}
	return text
}
