package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	noRoute  = "Resource not found"
	noMethod = "Method not allowed"
)

func TestUnknownAndUntidyPathsAreNotFound(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, path := range []string{
			"/api", "/api/", "/api/nothing", "/API/auth/me", "/api/auth", "/nothing", "/nothing.html", "/.env",
			"//", "//api/auth/me", "/api//auth/me", "/api/auth//me", "/api/auth/me/", "/api/auth/me//", "/healthz/",
			"/api/./auth/me", "/api/../api/auth/me", "/api/auth/me/.", "/api/auth/me/..", "/../../etc/passwd",
			"/api/tracking/../auth/me", "/api/tracking/items/", "/api/tracking/items//restore", "/api/admin/users/",
			"/api/auth%2Fme", "/api%2f..%2fapi/auth/me", "/%2e%2e/api/auth/me", "/api/auth/me%2F", "/api/admin/users/%2F", "/api/auth/me%00",
			"/api/auth/me%ff", "/api/auth/m%C3%A9", "/api/auth/me%20", "/api/auth/%6De%2F%2F", "/api/auth/me;x=1",
			"/" + strings.Repeat("a", 8000), strings.Repeat("/a", 4000),
		} {
			for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete, http.MethodPatch} {
				s.Anybody().Do(method, path, nil).ExpectError(http.StatusNotFound, noRoute)
			}
		}
		s.Anybody().Get("/api/auth/%6De").ExpectError(401, "Missing Authorization Header") // it is the same path
	})
}

func TestAnUntidyPathIsNeverServed(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().Post("/api/tracking/items", `{"name": "Oat", "category": "other", "code": "4821"}`).ExpectStatus(201)
		for _, path := range []string{
			"/api/tracking/items//4821", "/api/tracking/items/4821/", "/api/tracking/items/./4821",
			"/api/tracking/items/x/../4821",
		} {
			s.Staff().Delete(path).ExpectError(http.StatusNotFound, noRoute)
		}
		s.Staff().Get("/api/tracking/items").ExpectStatus(200)
		if got := s.Staff().Get("/api/tracking/items/4821").Value("item.is_removed"); got != false {
			t.Error("an untidy path removed the item")
		}
	})
}

// An id of any form is looked for, also one that looks like part of a path.
func TestAnIDOfAnyFormIsLookedFor(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, id := range []string{
			"x", "mt-001-whole", "%20", "a%2Fb", "%2e", "%2e%2e", "..%2f..%2fetc", "x%2F", "%00", "a%00b", "%ff",
			"%c3%28", "%ed%a0%80", "%F0%9F%A5%9B", "%25", "%3F", "%23", "'%20OR%201=1--", "%5C", "null", "0", "-1",
			strings.Repeat("x", 37), strings.Repeat("x", 5000), "%EF%BC%91", "{id}", "*",
		} {
			s.Admin().Delete("/api/admin/users/"+id).ExpectError(http.StatusNotFound, "User not found")
			s.Staff().Delete("/api/tracking/items/"+id).ExpectError(http.StatusNotFound, "Item not found")
		}
	})
}

func TestAPathParameterIsDecodedOnce(t *testing.T) {
	s := frame(t)
	for path, want := range map[string]string{
		"a%2Fb": "a/b", "%252F": "%2F", "%2e%2e": "..", "x%00": "x\uFFFD", "x%ff": "x\uFFFD", "a+b": "a+b",
		"%20a%20": " a ",
	} {
		if got := s.Anybody().Get("/test/names/" + path).Text("message"); got != want {
			t.Errorf("%s reached the handler as %q, want %q", path, got, want)
		}
	}
}

// methodsOf lists the methods of every path of the API document.
func methodsOf(a *api.API) map[string][]string {
	methods := map[string][]string{}
	for path, item := range a.Document().Paths {
		for method, operation := range map[string]any{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete,
		} {
			if operation := operation; !isNil(operation) {
				methods[path] = append(methods[path], method)
			}
		}
	}
	return methods
}

func TestAWrongMethodIsToldWhichAreRight(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		all := []string{
			http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
			http.MethodOptions, http.MethodTrace, "PROPFIND", "get",
		}
		for path, allowed := range methodsOf(s.App.API) {
			if slices.Contains(allowed, http.MethodGet) {
				allowed = append(allowed, http.MethodHead)
			}
			// A fixed path may also be read as one with a parameter.
			allowed = append(allowed, alsoAllowed[path]...)
			slices.Sort(allowed)
			for _, method := range all {
				if slices.Contains(allowed, method) {
					continue
				}
				r := s.Admin().Do(method, strings.NewReplacer("{", "", "}", "").Replace(path), nil)
				if method != http.MethodHead {
					r.ExpectError(http.StatusMethodNotAllowed, noMethod)
				}
				r.ExpectStatus(http.StatusMethodNotAllowed)
				got := strings.Split(r.Header.Get("Allow"), ", ")
				if slices.Sort(got); !slices.Equal(got, allowed) {
					t.Errorf("%s %s: Allow is %q, want %q", method, path, got, allowed)
				}
			}
		}
	})
}

// alsoAllowed are the methods that a path has as one with a parameter:
// /api/tracking/items/{code}, /api/milk-count/sessions/{id}.
var alsoAllowed = map[string][]string{
	"/api/milk-count/sessions/start": {http.MethodGet, http.MethodHead},
	"/api/tracking/items/batch":      {http.MethodDelete, http.MethodGet, http.MethodHead},
	"/api/tracking/items/remove":     {http.MethodDelete, http.MethodGet, http.MethodHead},
	"/api/rtde/admin/items/reorder":  {http.MethodDelete},
	"/api/rtde/sessions/start":       {http.MethodGet, http.MethodHead},
	"/api/tracking/items/search":     {http.MethodDelete},
}

func TestHeadAnswersLikeGetWithoutABody(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for path, status := range map[string]int{
			"/healthz": 200, "/api/auth/me": 200, "/api/tracking/items": 200, "/api/nothing": 404, "/api/auth/login": 405,
			"/api/tracking/items/4821": 404, "/api/admin/users": 403,
		} {
			head, get := s.Staff().Do(http.MethodHead, path, nil), s.Staff().Get(path)
			head.ExpectStatus(status)
			get.ExpectStatus(status)
			if len(head.Body) != 0 {
				t.Errorf("HEAD %s has a body: %s", path, head.Body)
			}
			for _, name := range []string{"Content-Type", "Cache-Control", "ETag", "Allow", "X-Content-Type-Options"} {
				if head.Header.Get(name) != get.Header.Get(name) {
					t.Errorf("HEAD %s: %s is %q, with GET %q", path, name, head.Header.Get(name), get.Header.Get(name))
				}
			}
		}
	})
}
