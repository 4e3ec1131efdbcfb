package milkcount_test

import (
	"net/http"
	"testing"
)

func TestWhoMayDoWhat(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		for _, one := range []struct {
			method, path string
			admin        bool
		}{
			{http.MethodGet, todayPath, false},
			{http.MethodPost, startPath, false},
			{http.MethodGet, root + "/sessions/nope", false},
			{http.MethodPut, root + "/sessions/nope/night-foh", false},
			{http.MethodPut, root + "/sessions/nope/night-boh", false},
			{http.MethodPut, root + "/sessions/nope/morning", false},
			{http.MethodPut, root + "/sessions/nope/on-order", false},
			{http.MethodPut, root + "/sessions/nope/draft", false},
			{http.MethodPost, root + "/sessions/nope/reopen", false},
			{http.MethodGet, root + "/sessions/nope/summary", false},
			{http.MethodGet, historyPath + "?limit=x", false},
			{http.MethodGet, usagePath + "?from=x", false},
			{http.MethodGet, typesPath, false},
			{http.MethodGet, allTypesPath, true},
			{http.MethodPost, allTypesPath, true},
			{http.MethodPut, allTypesPath + "/nope", true},
			{http.MethodGet, parsPath, true},
			{http.MethodPut, parsPath + "/nope", true},
		} {
			// Who asks comes before what is asked, whatever else is wrong.
			for _, body := range []any{nil, `{"x": 1}`, `[`} {
				if one.method == http.MethodGet && body != nil {
					continue
				}
				s.Anybody().Do(one.method, one.path, body).ExpectError(401, "Missing Authorization Header")
				if one.admin {
					s.staff.Do(one.method, one.path, body).ExpectError(403, "Admin access required")
				}
			}
		}
	})
}

func TestASessionNobodyKnows(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		for _, unknown := range []string{root + "/sessions/nope", root + "/sessions/" + s.milk["Oat"], root + "/sessions/%F0%9F%A5%9B"} {
			s.staff.Get(unknown).ExpectError(404, "Session not found")
			s.staff.Get(unknown+"/summary").ExpectError(404, "Session not found")
			for _, one := range steps {
				s.put(s.staff, unknown+one.path, one.body).ExpectError(404, "Session not found")
				s.put(s.staff, unknown+"/draft", one.body).ExpectError(404, "Session not found")
			}
			reopen(s.staff, unknown, "night_foh").ExpectError(404, "Session not found")
			reopen(s.admin, unknown, "nonsense", "typo").ExpectError(404, "Session not found")
		}
		// The form of the body comes before the session, the session before its state.
		for _, one := range steps {
			s.staff.Put(root+"/sessions/nope"+one.path, `[]`).ExpectError(400, "Request body must be a JSON object")
			s.staff.Put(root+"/sessions/nope"+one.path, nil).ExpectError(400, "Request body must be a JSON object")
			s.staff.With("Content-Type", "text/plain").Put(root+"/sessions/nope"+one.path, one.body).
				ExpectError(415, "Content-Type must be application/json")
			s.staff.Put(session+one.path, `{}`).ExpectStatus(400)
		}
		s.staff.Put(root+"/sessions/nope/night-foh", `{}`).ExpectError(400, "counts array required")
		s.staff.Put(session+"/on-order", `{}`).ExpectError(400, "on_orders array required")
		s.staff.Delete(session).ExpectError(405, "Method not allowed")
		s.staff.Post(startPath, nil).ExpectStatus(400)
		s.expectStatus(session, "night_foh")
	})
}
