package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const (
	ours   = "http://localhost:3000"
	theirs = "http://evil.example"
)

// corsHeaders are those that a browser reads.
func corsHeaders(h http.Header) http.Header {
	found := http.Header{}
	for name, values := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			found[name] = values
		}
	}
	return found
}

func TestAnAllowedOriginMayReadEveryAnswer(t *testing.T) {
	eachFrame(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().Header.Set("Origin", ours)
		for status, send := range map[int]func(c *apptest.Client) *apptest.Response{
			200: func(c *apptest.Client) *apptest.Response { return c.WithToken(s.Staff().Token).Get("/api/auth/me") },
			400: func(c *apptest.Client) *apptest.Response { return c.Post("/api/auth/login", `[]`) },
			401: func(c *apptest.Client) *apptest.Response { return c.Get("/api/auth/me") },
			403: func(c *apptest.Client) *apptest.Response { return c.WithToken(s.Staff().Token).Get("/api/admin/users") },
			404: func(c *apptest.Client) *apptest.Response { return c.Get("/api/nothing") },
			405: func(c *apptest.Client) *apptest.Response { return c.Get("/api/auth/login") },
			413: func(c *apptest.Client) *apptest.Response {
				return c.Post("/api/auth/login", strings.Repeat(" ", megabyte+1))
			},
			415: func(c *apptest.Client) *apptest.Response {
				return c.With("Content-Type", "text/plain").Post("/api/auth/login", "{}")
			},
			500: func(c *apptest.Client) *apptest.Response { return c.Post("/test/panic", nil) },
		} {
			r := send(s.Anybody().With("Origin", ours)).ExpectStatus(status)
			for name, want := range map[string]string{
				"Access-Control-Allow-Origin":      ours,
				"Access-Control-Allow-Credentials": "true",
				"Access-Control-Expose-Headers":    "Etag, Retry-After, X-Request-Id, Idempotency-Replayed",
			} {
				if got := r.Header.Values(name); len(got) != 1 || !strings.EqualFold(got[0], want) {
					t.Errorf("%d: %s is %q, want %q", status, name, got, want)
				}
			}
			if !slices.Contains(r.Header.Values("Vary"), "Origin") {
				t.Errorf("%d: the answer does not vary by origin: %v", status, r.Header)
			}
			for _, origin := range []string{theirs, "null", "http://localhost:3001", "https://localhost:3000", "http://localhost:3000.evil.example", ours + "/", "*", ""} {
				r := send(s.Anybody().With("Origin", origin)).ExpectStatus(status)
				if got := corsHeaders(r.Header); len(got) != 0 {
					t.Errorf("%d: origin %q got %v", status, origin, got)
				}
			}
		}
	})
}

// preflight asks as a browser does: header names in lower case, sorted.
func preflight(c *apptest.Client, path, origin, method string, headers ...string) *apptest.Response {
	for i := range headers {
		headers[i] = strings.ToLower(headers[i])
	}
	slices.Sort(headers)
	c = c.With("Origin", origin).With("Access-Control-Request-Method", method)
	if len(headers) > 0 {
		c = c.With("Access-Control-Request-Headers", strings.Join(headers, ","))
	}
	return c.Do(http.MethodOptions, path, nil)
}

var contractHeaders = []string{
	"Authorization", "Content-Type", "Accept", "Cache-Control", "If-None-Match", "Idempotency-Key", "X-Recorded-At",
	"X-Store-ID", "X-Request-ID", "Last-Event-ID",
}

func TestAPreflightAllowsWhatTheContractNames(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, path := range []string{"/api/auth/me", "/api/admin/users/x", "/api/tracking/items", "/api/nothing"} {
			for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
				for _, headers := range append([][]string{nil, slices.Clone(contractHeaders)}, each(contractHeaders)...) {
					r := preflight(s.Anybody(), path, ours, method, headers...)
					r.ExpectStatus(http.StatusNoContent)
					for name, want := range map[string]string{
						"Access-Control-Allow-Origin": ours, "Access-Control-Allow-Credentials": "true",
						"Access-Control-Allow-Methods": method, "Access-Control-Max-Age": "7200",
						"Access-Control-Allow-Headers": strings.Join(headers, ","),
					} {
						if got := r.Header.Get(name); got != want {
							t.Errorf("%s %v: %s is %q, want %q", method, headers, name, got, want)
						}
					}
					if r.Header.Get("X-Request-ID") == "" {
						t.Error("a preflight has no request id")
					}
				}
			}
		}
	})
}

func each(all []string) [][]string {
	var single [][]string
	for _, one := range all {
		single = append(single, []string{one})
	}
	return single
}

func TestAPreflightRefusesTheRest(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, r := range []*apptest.Response{
			preflight(s.Anybody(), "/api/auth/me", theirs, "GET"),
			preflight(s.Anybody(), "/api/auth/me", "null", "GET", "Authorization"),
			preflight(s.Anybody(), "/api/auth/me", ours, "PATCH"),
			preflight(s.Anybody(), "/api/auth/me", ours, "TRACE"),
			preflight(s.Anybody(), "/api/auth/me", ours, "GET", "X-Other"),
			preflight(s.Anybody(), "/api/auth/me", ours, "GET", "Authorization", "X-Other"),
		} {
			if got := corsHeaders(r.Header); len(got) != 0 {
				t.Errorf("%v", got)
			}
		}
	})
}

func TestOptionsWithoutAPreflightIsAWrongMethod(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		r := s.Anybody().With("Origin", ours).Do(http.MethodOptions, "/api/auth/me", nil)
		r.ExpectError(http.StatusMethodNotAllowed, "Method not allowed")
		if r.Header.Get("Allow") != "GET, HEAD" || r.Header.Get("Access-Control-Allow-Origin") != ours {
			t.Errorf("%v", r.Header)
		}
		s.Anybody().Do(http.MethodOptions, "/api/nothing", nil).ExpectError(http.StatusNotFound, "Resource not found")
	})
}

func TestEveryConfiguredOriginIsAllowedAndNoOther(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			settings.CORSOrigins = []string{"https://a.example", "https://b.example:8443"}
			s := apptest.Start(t, settings)
			for _, origin := range settings.CORSOrigins {
				r := s.Anybody().With("Origin", origin).Get("/api/setup").ExpectStatus(200)
				if got := r.Header.Get("Access-Control-Allow-Origin"); got != origin {
					t.Errorf("%s was answered %q", origin, got)
				}
			}
			if got := corsHeaders(s.Anybody().With("Origin", ours).Get("/api/setup").Header); len(got) != 0 {
				t.Errorf("%v", got)
			}
		})
	}
}
