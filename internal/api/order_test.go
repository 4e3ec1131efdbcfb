package api_test

import (
	"net/http"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// A request that is wrong in every way is told the first thing in the order of
// the contract; mending it, the next one.
func TestChecksComeInTheOrderOfTheContract(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		const users, items = "/api/admin/users", "/api/tracking/items"
		text := func(c *apptest.Client) *apptest.Client { return c.With("Content-Type", "text/plain") }
		s.Staff().Post(items, `{"name": "Oat", "category": "other", "code": "4821"}`).ExpectStatus(201)

		text(s.Anybody()).Post(users, "junk").ExpectError(401, "Missing Authorization Header")
		text(s.Staff()).Post(users, "junk").ExpectError(403, "Admin access required")
		text(s.Admin()).Post(users, "junk").ExpectError(415, wrongType)
		s.Admin().Post(users, "junk").ExpectError(400, notAnObject)
		s.Admin().Post(users, `{"partner_number": "ADMIN001"}`).
			ExpectFields(map[string]string{"name": missing, "pin": missing})
		s.Admin().Post(users, `{"partner_number": "ADMIN001", "name": "Again", "pin": "1111"}`).
			ExpectError(409, "Partner number already exists")

		s.Anybody().Do(http.MethodDelete, users+"/none", "junk").ExpectError(401, "Missing Authorization Header")
		s.Staff().Delete(users+"/none").ExpectError(403, "Admin access required")
		s.Admin().Delete(users+"/none").ExpectError(404, "User not found")
		s.Anybody().Get(users+"?status=junk").ExpectError(401, "Missing Authorization Header")
		s.Staff().Get(users+"?status=junk").ExpectError(403, "Admin access required")
		s.Admin().Get(users+"?status=junk").ExpectError(400, "Invalid status parameter")

		s.Anybody().Get(items+"?limit=junk").ExpectError(401, "Missing Authorization Header")
		s.Staff().Get(items+"?limit=junk").ExpectError(400, badLimit)
		text(s.Anybody()).Post(items, "junk").ExpectError(401, "Missing Authorization Header")
		text(s.Staff()).Post(items, "junk").ExpectError(415, wrongType)

		// What is nowhere needs no login: it is the route that is unknown.
		s.Anybody().Get("/api/admin/nothing").ExpectError(404, noRoute)
		s.Anybody().Put(users, "junk").ExpectError(405, noMethod)
	})
}
