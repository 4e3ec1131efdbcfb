package identity_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

const (
	ownerOnly    = "Only an owner can change an owner"
	otherHome    = "User belongs to another store"
	userNotFound = "User not found"
)

func userPath(c *apptest.Client) string { return "/api/admin/users/" + c.UserID }

// newUser makes somebody and returns a client that is not logged in as them.
func newUser(s *apptest.Server, number string) *apptest.Client {
	s.TB.Helper()
	c := s.Anybody()
	c.UserID = s.Admin().Post("/api/admin/users", account(number, "Nia Okafor", "2468")).ExpectStatus(201).Text("user.id")
	return c
}

// signedUp is newUser for somebody who waits for approval.
func signedUp(s *apptest.Server, number string) *apptest.Client {
	s.TB.Helper()
	c := s.Anybody()
	c.UserID = c.Post("/api/auth/signup", account(number, "Nia Okafor", "2468")).ExpectStatus(201).Text("user.id")
	return c
}

// markLocked is what fifty failed logins do.
func markLocked(s *apptest.Server, number string) {
	s.TB.Helper()
	at := database.Instant(s.Clock.Now())
	execute(s, `INSERT INTO login_guards (partner_number, locked_at, updated_at) VALUES ($1, $2, $2)`, number, at)
}

// details are those of the newest audit entry, which is of a certain type and
// about a certain user.
func details(s *apptest.Server, kind, description string) string {
	s.TB.Helper()
	r := s.Admin().Get("/api/admin/activity?limit=1").ExpectStatus(200)
	if r.Text("activities.0.type") != kind || r.Text("activities.0.description") != description {
		s.TB.Fatalf("on record is %s", r.Body)
	}
	raw, err := json.Marshal(r.Value("activities.0.details"))
	if err != nil {
		s.TB.Fatal(err)
	}
	return string(raw)
}

// unrecorded fails the test if what is done leaves an audit entry.
func unrecorded(s *apptest.Server, do func()) {
	s.TB.Helper()
	before := auditLines(s)
	do()
	if diff := cmp.Diff(before, auditLines(s)); diff != "" {
		s.TB.Errorf("the audit log tells of what did not happen: %s", diff)
	}
}

func TestAnAdminLooksAtOneUser(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		home := homeOf(s, s.Admin())
		s.Admin().Get(userPath(s.Staff())).Expect(200, `{"user": {"id": "`+s.Staff().UserID+`", "partner_number": "TEST123",
			"name": "Sam Rivera", "role": "staff", "is_owner": false, "status": "active", "last_login_at": "<time>",
			"created_at": "<time>", "updated_at": "<time>", "home_store_id": "`+home+`", "store_ids": ["`+home+`"]}}`)
		waiting := signedUp(s, "NEW01")
		s.Admin().Get(userPath(waiting)).Expect(200, `{"user": {"id": "<id>", "partner_number": "NEW01",
			"name": "Nia Okafor", "role": "staff", "is_owner": false, "status": "pending", "last_login_at": null,
			"created_at": "<time>", "updated_at": "<time>", "home_store_id": "<id>", "store_ids": ["`+home+`"]}}`)
		s.Admin().Delete(userPath(waiting)).ExpectStatus(200)
		if got := s.Admin().Get(userPath(waiting)).Text("user.status"); got != "deleted" {
			t.Errorf("a deleted user is %s", got)
		}
		boss(s, "BOSS01").Get(userPath(s.Admin())).ExpectStatus(200)
	})
}

func TestAUserWhoIsNotThereIsNotFound(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		owner, admin := s.Admin(), boss(s, "BOSS01")
		home := homeOf(s, owner)
		unrecorded(s, func() {
			for _, id := range []string{"none", strings.ToUpper(s.Staff().UserID), s.Staff().UserID + "%20", "%00", "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"} {
				for _, c := range []*apptest.Client{owner, admin} {
					c.Get("/api/admin/users/"+id).ExpectError(404, userNotFound)
					c.Put("/api/admin/users/"+id, `{}`).ExpectError(404, userNotFound)
					c.Put("/api/admin/users/"+id+"/pin", `{"pin": "1111"}`).ExpectError(404, userNotFound)
				}
				owner.Put("/api/admin/users/"+id+"/stores", map[string]any{"store_ids": []string{home}}).ExpectError(404, userNotFound)
			}
		})
	})
}

func TestAChangeOfAUserIsToldWhatIsWrongWithIt(t *testing.T) {
	const role, status = "Role must be 'staff' or 'admin'", "Status must be 'active'"
	const text, null, unknown = "Not a valid string.", "Field may not be null.", "Unknown field."
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		unrecorded(s, func() {
			put := func(body any) *apptest.Response { return s.Admin().Put(userPath(staff), body) }
			for field, values := range map[string]map[string]string{
				"name": {
					`""`: "Name is required", `" \t"`: "Name is required", `" x "`: "Name must be at least 2 characters",
					`"` + strings.Repeat("é", 101) + `"`: "Name too long (max 100 characters)",
					`"a\u0000b"`:                         text, `"a\u0007b"`: text, `"a\nb"`: text, `"a\ud800b"`: text, `7`: text, `["Nia"]`: text, `null`: null,
				},
				"role":   {`"owner"`: role, `""`: role, `"Admin"`: role, `1`: text, `true`: text, `null`: null},
				"status": {`"deleted"`: status, `"pending"`: status, `"locked"`: status, `""`: status, `"Active"`: status, `1`: text, `null`: null},
			} {
				for value, message := range values {
					put(`{"` + field + `": ` + value + `}`).ExpectFields(map[string]string{field: message})
				}
			}
			for _, field := range []string{"partner_number", "pin", "is_owner", "id", "home_store_id", "store_ids", "deleted_at", "Name"} {
				put(`{"name": "Nia", "` + field + `": "x"}`).ExpectFields(map[string]string{field: unknown})
			}
			put(`{"name": "x", "role": "boss", "status": "gone", "pin": 1}`).ExpectFields(map[string]string{
				"name": "Name must be at least 2 characters", "role": role, "status": status, "pin": unknown,
			})
			put(nil).ExpectError(400, "Request body must be a JSON object")
			put(`"active"`).ExpectError(400, "Request body must be a JSON object")
		})
		if got := staff.Get("/api/auth/me").Text("user.name"); got != apptest.StaffName {
			t.Errorf("the name is %q", got)
		}
	})
}

func TestWhatChangesNothingIsNotRecorded(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		want := string(s.Admin().Get(userPath(staff)).Body)
		s.Clock.Advance(time.Hour)
		unrecorded(s, func() {
			for _, body := range []string{
				`{}`, `{"name": "Sam Rivera"}`, `{"name": "  Sam Rivera "}`, `{"role": "staff"}`, `{"status": "active"}`,
				`{"name": "Sam Rivera", "role": " staff ", "status": "active"}`,
			} {
				r := s.Admin().Put(userPath(staff), body).Expect(200, `{"message": "User updated successfully", "user": {"id": "<id>",
					"partner_number": "TEST123", "name": "Sam Rivera", "role": "staff", "is_owner": false, "status": "active",
					"last_login_at": "<time>", "created_at": "<time>", "updated_at": "2026-03-04T20:00:00.123456Z"}}`)
				if got := string(s.Admin().Get(userPath(staff)).Body); got != want {
					t.Errorf("%s: %s", body, r.Body)
				}
			}
			s.Admin().Put(userPath(s.Admin()), `{"role": "admin", "status": "active"}`).ExpectStatus(200)
		})
	})
}

func TestAnAdminRenamesSomebodyAndThemselves(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		s.Clock.Advance(time.Hour)
		s.Admin().Put(userPath(staff), `{"name": "  Samantha Rivera-Ortiz "}`).Expect(200, `{"message": "User updated successfully", "user": {
			"id": "<id>", "partner_number": "TEST123", "name": "Samantha Rivera-Ortiz", "role": "staff", "is_owner": false, "status": "active",
			"last_login_at": "<time>", "created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T21:00:00.123456Z"}}`)
		if got := staff.Get("/api/auth/me").Text("user.name"); got != "Samantha Rivera-Ortiz" {
			t.Errorf("the name is %q", got)
		}
		want := `{"new":{"name":"Samantha Rivera-Ortiz","role":"staff","status":"active"},"old":{"name":"Sam Rivera","role":"staff","status":"active"}}`
		if got := details(s, "user_updated", "Samantha Rivera-Ortiz (TEST123)"); got != want {
			t.Errorf("on record is %s", got)
		}
		s.Clock.Advance(time.Hour)
		s.Admin().Put(userPath(s.Admin()), `{"name": "Avery"}`).ExpectStatus(200)
		lines := auditLines(s)
		if want := "user_updated | User Updated | Avery (ADMIN001) | ADMIN001 | Avery Stone | 1"; lines[len(lines)-1] != want {
			t.Errorf("on record is %q", lines[len(lines)-1])
		}
		if r := s.Admin().Get("/api/auth/me"); r.Value("user.is_owner") != true || r.Text("user.name") != "Avery" {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestAnAdminOfAnotherStoreChangesNobodyWhoseHomeItIsNot(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		here, there := homeOf(s, s.Admin()), addStore(s)
		stranger, guest, target := boss(s, "BOSS01"), boss(s, "BOSS02"), newUser(s, "NEW01")
		move(s, stranger, there)
		move(s, guest, there, here)
		unrecorded(s, func() {
			for _, c := range []*apptest.Client{stranger, guest} {
				c.Get(userPath(target)).ExpectError(404, userNotFound)
				c.Put(userPath(target), `{"name": "Mine"}`).ExpectError(404, userNotFound)
				c.Put(userPath(target)+"/pin", `{"pin": "1111"}`).ExpectError(404, userNotFound)
				c.Delete(userPath(target)).ExpectError(404, userNotFound)
			}
		})
		move(s, target, here, there) // a guest there
		unrecorded(s, func() {
			r := stranger.Get(userPath(target)).ExpectStatus(200)
			if diff := cmp.Diff([]any{there}, r.Value("user.store_ids")); diff != "" {
				t.Errorf("an admin sees stores that are not theirs: %s", r.Body)
			}
			stranger.Put(userPath(target), `{"name": "Mine"}`).ExpectError(403, otherHome)
			stranger.Put(userPath(target)+"/pin", `{"pin": "1111"}`).ExpectError(403, otherHome)
			stranger.Delete(userPath(target)).ExpectError(403, otherHome)
		})
		// In the other's home, a member of both is an admin of it.
		guest.With("X-Store-ID", here).Put(userPath(target), `{"name": "Nia"}`).ExpectStatus(200)
		guest.With("X-Store-ID", here).Delete(userPath(target)).ExpectStatus(200)
	})
}
