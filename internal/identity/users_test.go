package identity_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestAnAdminMakesAnAccountThatIsActiveAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Admin().Post("/api/admin/users", account("new01", " Nia Okafor ", "2468")).Expect(201, `{
			"message": "User created successfully",
			"user": {"id": "<id>", "partner_number": "NEW01", "name": "Nia Okafor", "role": "staff", "is_owner": false,
				"status": "active", "last_login_at": null, "created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T20:00:00.123456Z"}}`)
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectStatus(200)

		r := s.Admin().Post("/api/admin/users", `{"partner_number": "BOSS02", "name": "Bo", "pin": "1357", "role": "admin"}`)
		if r.ExpectStatus(201); r.Text("user.role") != "admin" || r.Value("user.is_owner") != false {
			t.Errorf("%s", r.Body)
		}
		s.LogIn("BOSS02", "1357").Post("/api/admin/users", account("NEW02", "Ola", "2468")).ExpectStatus(201)
		want := []string{
			"user_created | User Created | Avery Stone (ADMIN001) | - | System | 1",
			"user_created | User Created | Sam Rivera (TEST123) | - | System | 1",
			"user_created | User Created | Nia Okafor (NEW01) | ADMIN001 | Avery Stone | 1",
			"user_created | User Created | Bo (BOSS02) | ADMIN001 | Avery Stone | 1",
			"user_created | User Created | Ola (NEW02) | BOSS02 | Bo | 1",
		}
		if diff := cmp.Diff(want, auditLines(s)); diff != "" {
			t.Errorf("the audit log (-want +got):\n%s", diff)
		}
	})
}

func TestAnAccountByAnAdminKeepsTheRulesToo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		accountRules(t, func(body any) *apptest.Response { return s.Admin().Post("/api/admin/users", body) })
		for role, message := range map[string]string{
			`"owner"`: "Role must be 'staff' or 'admin'", `""`: "Role must be 'staff' or 'admin'", `"Admin"`: "Role must be 'staff' or 'admin'",
			`" "`: "Role must be 'staff' or 'admin'", `null`: "Field may not be null.", `1`: "Not a valid string.", `["admin"]`: "Not a valid string.",
		} {
			s.Admin().Post("/api/admin/users", `{"partner_number": "NEW09", "name": "Nia", "pin": "2468", "role": `+role+`}`).
				ExpectFields(map[string]string{"role": message})
		}
		s.Admin().Post("/api/admin/users", `{"partner_number": "NEW09", "name": "Nia", "pin": "2468", "role": " staff "}`).
			ExpectStatus(201)
	})
}

// numbers lists the partner numbers of an answer in its order, with the status.
func numbers(r *apptest.Response) []string {
	var body struct {
		Users []struct {
			PartnerNumber string `json:"partner_number"`
			Status        string
		}
	}
	r.ExpectStatus(200).Into(&body)
	found := []string{}
	for _, u := range body.Users {
		found = append(found, u.PartnerNumber+" "+u.Status)
	}
	return found
}

func TestTheListOfUsersHasTheNewestFirstAndTheActiveOnesOnly(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, number := range []string{"GONE1", "LAST1"} {
			s.Clock.Advance(time.Microsecond)
			s.Admin().Post("/api/admin/users", account(number, "Nia", "2468")).ExpectStatus(201)
		}
		s.Clock.Advance(time.Microsecond)
		s.Anybody().Post("/api/auth/signup", account("WAIT1", "Nia", "2468")).ExpectStatus(201)
		s.Admin().Delete("/api/admin/users/" + s.LogIn("GONE1", "2468").UserID).ExpectStatus(200)

		active := []string{"LAST1 active", "TEST123 active", "ADMIN001 active"}
		withDeleted := []string{"LAST1 active", "GONE1 deleted", "TEST123 active", "ADMIN001 active"}
		for query, want := range map[string][]string{
			"":                                     active,
			"?include_deleted=false":               active,
			"?include_deleted=":                    active,
			"?include_deleted":                     active,
			"?include_deleted=1":                   active,
			"?status=":                             active,
			"?_t=123&page=2":                       active,
			"?include_deleted=true":                withDeleted,
			"?include_deleted=TRUE":                withDeleted,
			"?status=active":                       active,
			"?status=active&include_deleted=true":  active,
			"?status=pending":                      {"WAIT1 pending"},
			"?status=pending&include_deleted=True": {"WAIT1 pending"},
			"?status=deleted":                      {"GONE1 deleted"},
			"?status=locked":                       {},
		} {
			if diff := cmp.Diff(want, numbers(s.Admin().Get("/api/admin/users"+query))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", query, diff)
			}
		}
		for _, status := range []string{"x", "ACTIVE", "%00", "active%20", "true"} {
			s.Admin().Get("/api/admin/users?status="+status).ExpectError(400, "Invalid status parameter")
		}
	})
}

func TestTheListShowsAUserAsAdminsSeeOne(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Admin().Get("/api/admin/users").Expect(200, `{"users": [
			{"id": "<id>", "partner_number": "TEST123", "name": "Sam Rivera", "role": "staff", "is_owner": false, "status": "active",
				"last_login_at": null, "created_at": "<time>", "updated_at": "<time>"},
			{"id": "<id>", "partner_number": "ADMIN001", "name": "Avery Stone", "role": "admin", "is_owner": true, "status": "active",
				"last_login_at": "<time>", "created_at": "<time>", "updated_at": "<time>"}]}`)
	})
}

func TestNoAnswerTellsAHash(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		hash := value[string](s, `SELECT pin_hash FROM users WHERE partner_number = 'TEST123'`)
		for _, r := range []*apptest.Response{
			s.Admin().Get("/api/admin/users"), s.Staff().Get("/api/auth/me"),
			s.Admin().Delete("/api/admin/users/" + s.Staff().UserID),
		} {
			r.ExpectStatus(200)
			if contains(string(r.Body), "argon2id", "pin_hash", hash) {
				t.Errorf("%s", r.Body)
			}
		}
		if contains(s.Log(), "argon2id", hash) {
			t.Error("the log has a hash")
		}
	})
}
