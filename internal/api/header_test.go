package api_test

import (
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func isNil(value any) bool { return reflect.ValueOf(value).IsNil() }

// variety is a request for each status that is easily had.
func variety(s *apptest.Server) map[int]*apptest.Response {
	return map[int]*apptest.Response{
		200: s.Staff().Get("/api/auth/me"),
		201: s.Staff().Post("/api/tracking/codes", nil),
		204: s.Staff().Do(http.MethodDelete, "/api/tracking/codes", `{"codes": ["0001"]}`),
		400: s.Anybody().Post("/api/auth/login", `{}`),
		401: s.Anybody().Get("/api/auth/me"),
		403: s.Staff().Get("/api/admin/users"),
		404: s.Anybody().Get("/api/nothing"),
		405: s.Anybody().Get("/api/auth/login"),
		413: s.Anybody().Post("/api/auth/login", strings.Repeat(" ", megabyte+1)),
		415: s.Anybody().With("Content-Type", "text/plain").Post("/api/auth/login", "{}"),
		500: s.Anybody().Post("/test/panic", nil),
	}
}

var securityHeaders = map[string]string{
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "no-referrer",
	"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'none'",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
}

func TestEveryAnswerCarriesTheCommonHeaders(t *testing.T) {
	eachFrame(t, func(t *testing.T, s *apptest.Server) {
		for status, r := range variety(s) {
			r.ExpectStatus(status)
			for name, want := range securityHeaders {
				if got := r.Header.Values(name); len(got) != 1 || got[0] != want {
					t.Errorf("%d: %s is %q, want %q", status, name, got, want)
				}
			}
			if got := r.Header.Values("Cache-Control"); len(got) != 1 || got[0] != "no-store" {
				t.Errorf("%d: Cache-Control is %q", status, got)
			}
			if got := r.Header.Values("X-Request-ID"); len(got) != 1 || !strings.HasPrefix(got[0], "test-request-") {
				t.Errorf("%d: X-Request-ID is %q", status, got)
			}
			if got := r.Header.Get("Content-Type"); status != 204 && got != "application/json" {
				t.Errorf("%d: Content-Type is %q", status, got)
			}
		}
	})
}

func TestAConditionalAnswerIsPrivateAndItsErrorsAreNotStored(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		first := s.Staff().Get("/api/tracking/items")
		etag := first.Header.Get("ETag")
		if !regexp.MustCompile(`^"[\w-]+"$`).MatchString(etag) {
			t.Fatalf("no strong ETag: %q", etag)
		}
		for _, header := range []string{etag, "W/" + etag, `"x", ` + etag, "*", `"x",W/` + etag + ` , "y"`} {
			r := s.Staff().With("If-None-Match", header).Get("/api/tracking/items")
			r.ExpectStatus(http.StatusNotModified)
			if len(r.Body) != 0 || r.Header.Get("ETag") != etag || r.Header.Get("Cache-Control") != "private, no-cache" {
				t.Errorf("304 with body %q and header %v", r.Body, r.Header)
			}
		}
		for _, header := range []string{`"x"`, strings.Trim(etag, `"`), "", ",", strings.ToUpper(etag) + "x"} {
			r := s.Staff().With("If-None-Match", header).Get("/api/tracking/items").ExpectStatus(http.StatusOK)
			if got := r.Header.Get("Cache-Control"); got != "private, no-cache" {
				t.Errorf("Cache-Control is %q", got)
			}
		}
		for _, r := range []*apptest.Response{
			s.Staff().With("If-None-Match", "*").Get("/api/tracking/items?limit=x").ExpectError(400, "Invalid limit parameter"),
			s.Anybody().With("If-None-Match", "*").Get("/api/tracking/items").ExpectStatus(401),
		} {
			if r.Header.Get("ETag") != "" || r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("an error may be stored: %v", r.Header)
			}
		}
	})
}

func TestARequestIDIsEchoedIfItIsSane(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, id := range []string{"a", "A-1_b.c", strings.Repeat("x", 128), "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"} {
			r := s.Anybody().With("X-Request-ID", id).Get("/api/nothing")
			if got := r.Header.Get("X-Request-ID"); got != id {
				t.Errorf("sent %q, got %q", id, got)
			}
		}
		own := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`)
		seen := map[string]bool{}
		for _, id := range []string{
			" ", "a b", "a\tb", strings.Repeat("x", 129), "é", "\xff", `"x"`, "<script>", "a,b", "a;b", "a/b", "a=b", "%0a", "{}",
		} {
			got := s.Anybody().With("X-Request-ID", id).Get("/api/nothing").Header.Values("X-Request-ID")
			if len(got) != 1 || !own.MatchString(got[0]) || seen[got[0]] {
				t.Errorf("sent %q, got %q", id, got)
			}
			seen[got[0]] = true
		}
	})
}

func TestTheLogTellsTheRouteAndNeverThePathOrTheQuery(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().With("X-Request-ID", "look-here").Get("/api/tracking/items/whispered?q=whispered").ExpectStatus(404)
		s.Anybody().Get("/whispered").ExpectStatus(404)
		log := s.Log()
		if strings.Contains(log, "whispered") {
			t.Errorf("the log has the path: %s", log)
		}
		for _, want := range []string{
			`"request_id":"look-here"`, `"route":"GET /api/tracking/items/{code}"`, `"status":404`, `"user_id":"` + s.Staff().UserID + `"`,
		} {
			if !strings.Contains(log, want) {
				t.Errorf("the log lacks %s", want)
			}
		}
	})
}

func TestEveryAnswerIsJSONWhateverIsAccepted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, accept := range []string{
			"*/*", "text/html", "application/cbor", "application/xml;q=1", "application/problem+json", "json", "text/csv, */*;q=0.1",
			"application/json;q=0", ",", ";;;", "\xff", "application/vnd.api+json", strings.Repeat("a/b,", 2000),
		} {
			for _, c := range []*apptest.Client{s.Staff(), s.Anybody()} {
				r := c.With("Accept", accept).Get("/api/auth/me").ExpectOneOf(200, 401)
				if got := r.Header.Get("Content-Type"); got != "application/json" {
					t.Errorf("Accept %q: Content-Type is %q", accept, got)
				}
				var body map[string]any
				r.Into(&body)
			}
		}
	})
}

func TestAPreflightAndTheReferencePageAreAsGuarded(t *testing.T) {
	s := frame(t)
	for name, want := range securityHeaders {
		if got := preflight(s.Anybody(), "/api/setup", ours, "GET").Header.Get(name); got != want {
			t.Errorf("preflight: %s is %q, want %q", name, got, want)
		}
		for _, path := range []string{"/api/docs", "/api/docs/start.js", "/api/docs/swagger/swagger-ui.css", "/api/openapi.json"} {
			got := s.Anybody().Get(path).ExpectStatus(http.StatusOK).Header.Values(name)
			if name == "Content-Security-Policy" && path == "/api/docs" {
				want = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
					"img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
			} else {
				want = securityHeaders[name]
			}
			if len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}
