package identity_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

const (
	promote = `{"role": "admin"}`
	demote  = `{"role": "staff"}`
)

func TestAnAdminPromotesAndDemotesWithEffectAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		staff.Get("/api/admin/users").ExpectError(403, adminRequired)
		s.Clock.Advance(time.Hour)
		s.Admin().Put(userPath(staff), promote).Expect(200, `{"message": "User updated successfully", "user": {"id": "<id>",
			"partner_number": "TEST123", "name": "Sam Rivera", "role": "admin", "is_owner": false, "status": "active",
			"last_login_at": "<time>", "created_at": "<time>", "updated_at": "2026-03-04T21:00:00.123456Z"}}`)
		want := `{"new":{"name":"Sam Rivera","role":"admin","status":"active"},"old":{"name":"Sam Rivera","role":"staff","status":"active"}}`
		if got := details(s, "user_updated", "Sam Rivera (TEST123)"); got != want {
			t.Errorf("on record is %s", got)
		}
		staff.Get("/api/admin/users").ExpectStatus(200) // with the same token
		staff.Put("/api/stores/"+homeOf(s, staff), `{}`).ExpectError(403, ownerRequired)
		if got := s.Admin().Put(userPath(staff), demote).ExpectStatus(200).Text("user.role"); got != "staff" {
			t.Errorf("the role is %s", got)
		}
		staff.Get("/api/admin/users").ExpectError(403, adminRequired)
		staff.Get("/api/auth/me").ExpectStatus(200)
	})
}

func TestNobodyChangesTheirOwnRole(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		admin := boss(s, "BOSS01")
		unrecorded(s, func() {
			for _, c := range []*apptest.Client{s.Admin(), admin} {
				c.Put(userPath(c), demote).ExpectError(403, "Cannot change your own role")
				c.Put(userPath(c), `{"role": "staff", "name": "Nobody"}`).ExpectError(403, "Cannot change your own role")
				c.Put(userPath(c), promote).ExpectStatus(200)
			}
		})
		if got := admin.Get("/api/auth/me").Text("user.name"); got != "Bo" {
			t.Errorf("the name was changed to %q", got)
		}
	})
}

func TestOnlyAnOwnerChangesAnOwner(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		owner, admin := s.Admin(), boss(s, "BOSS01")
		unrecorded(s, func() {
			for _, body := range []string{`{}`, `{"name": "Nobody"}`, demote, promote, activate} {
				admin.Put(userPath(owner), body).ExpectError(403, ownerOnly)
			}
			admin.Put(userPath(owner)+"/pin", `{"pin": "1111"}`).ExpectError(403, ownerOnly)
			admin.Delete(userPath(owner)).ExpectError(403, ownerOnly)
		})
		logInAgain(s, apptest.AdminNumber, apptest.AdminPIN).Get("/api/admin/users").ExpectStatus(200)

		second := boss(s, "BOSS02")
		makeOwner(s, "BOSS02")
		second.Put(userPath(owner), `{"name": "Avery"}`).ExpectStatus(200)
		second.Put(userPath(owner)+"/pin", `{"pin": "1111"}`).ExpectStatus(200)
		r := second.Put(userPath(owner), demote).ExpectStatus(200)
		if r.Value("user.is_owner") != false || r.Text("user.role") != "staff" {
			t.Errorf("demoted, they are %s", r.Body)
		}
		// Who was an owner once is none by being an admin again.
		if r := second.Put(userPath(owner), promote).ExpectStatus(200); r.Value("user.is_owner") != false {
			t.Errorf("promoted, they are %s", r.Body)
		}
		admin.Put(userPath(owner), `{"name": "Avery Stone"}`).ExpectStatus(200)
	})
}

// A deleted owner comes back as one, so that only an owner may bring them back.
func TestOnlyAnOwnerRestoresAnOwner(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		admin, second := boss(s, "BOSS01"), boss(s, "BOSS02")
		makeOwner(s, "BOSS02")
		s.Admin().Delete(userPath(second)).ExpectStatus(200)
		admin.Put(userPath(second), activate).ExpectError(403, ownerOnly)
		if r := s.Admin().Put(userPath(second), activate).ExpectStatus(200); r.Value("user.is_owner") != true {
			t.Errorf("%s", r.Body)
		}
	})
}

func expectConflict(t *testing.T, err error, sentence string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Conflict || f.Message != sentence {
		t.Errorf("answered %v, want %q", err, sentence)
	}
}

// Through the door nobody gets there: the last one would have to demote
// themselves. The command line is nobody.
func TestTheLastAdminAndTheLastOwnerCannotBeDemoted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := identity.Staff
		demoteByHand := func(c *apptest.Client) error {
			_, err := s.App.Identity.UpdateUser(t.Context(), actorSystem, c.UserID, identity.UserChange{Role: &staff})
			return err
		}
		owner := s.Admin()
		pending, gone := boss(s, "BOSS03"), boss(s, "BOSS04") // who cannot log in is no admin that is left
		execute(s, `UPDATE users SET status = 'pending', is_owner = true WHERE id = $1`, pending.UserID)
		makeOwner(s, "BOSS04")
		owner.Delete(userPath(gone)).ExpectStatus(200)
		unrecorded(s, func() { expectConflict(t, demoteByHand(owner), "At least one active admin is required") })

		second := boss(s, "BOSS01")
		unrecorded(s, func() { expectConflict(t, demoteByHand(owner), "At least one active owner is required") })
		makeOwner(s, "BOSS01")
		if err := demoteByHand(owner); err != nil {
			t.Fatal(err)
		}
		owner.Get("/api/admin/users").ExpectError(403, adminRequired)
		unrecorded(s, func() { expectConflict(t, demoteByHand(second), "At least one active admin is required") })
		// Who is none of the active ones may lose the role.
		for _, c := range []*apptest.Client{pending, gone} {
			if err := demoteByHand(c); err != nil {
				t.Error(err)
			}
		}
	})
}

func activeAdmins(s *apptest.Server) int {
	return value[int](s, `SELECT count(*) FROM users WHERE role = 'admin' AND status = 'active'`)
}

// oneOfTwo fails the test unless one succeeded and the other was refused.
func oneOfTwo(t *testing.T, answers []*apptest.Response) (won, lost int) {
	t.Helper()
	for i := range answers {
		if answers[i].Status == 200 && (answers[1-i].Status == 401 || answers[1-i].Status == 403) {
			return i, 1 - i
		}
	}
	t.Fatalf("answered %d %s and %d %s", answers[0].Status, answers[0].Body, answers[1].Status, answers[1].Body)
	return 0, 0
}

func TestOwnersWhoDemoteEachOtherAtOnceLeaveOneAdmin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		pair := []*apptest.Client{s.Admin(), boss(s, "BOSS01")}
		for range 20 {
			execute(s, `UPDATE users SET is_owner = true WHERE role = 'admin'`)
			answers := together(2, func(i int) *apptest.Response { return pair[i].Put(userPath(pair[1-i]), demote) })
			won, lost := oneOfTwo(t, answers)
			answers[lost].ExpectError(403, adminRequired)
			if n := activeAdmins(s); n != 1 {
				t.Fatalf("%d admins are left", n)
			}
			pair[won].Put(userPath(pair[lost]), promote).ExpectStatus(200)
		}
	})
}

func TestAdminsWhoDemoteEachOtherAtOnceLeaveOneOfThem(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		pair := []*apptest.Client{boss(s, "BOSS01"), boss(s, "BOSS02")}
		for range 20 {
			answers := together(2, func(i int) *apptest.Response { return pair[i].Put(userPath(pair[1-i]), demote) })
			won, lost := oneOfTwo(t, answers)
			answers[lost].ExpectError(403, adminRequired)
			if n := activeAdmins(s); n != 2 { // the owner is the other
				t.Fatalf("%d admins are left", n)
			}
			pair[won].Put(userPath(pair[lost]), promote).ExpectStatus(200)
		}
	})
}

func TestOfADemotionAndADeletionAtOnceOneAdminIsLeft(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		pair := []device{logInAgain(s, apptest.AdminNumber, apptest.AdminPIN), {Client: boss(s, "BOSS01")}}
		logins := []map[string]string{credentials(apptest.AdminNumber, apptest.AdminPIN), credentials("BOSS01", "1357")}
		for range 20 {
			execute(s, `UPDATE users SET is_owner = true WHERE role = 'admin'`)
			answers := together(2, func(i int) *apptest.Response {
				if i == 0 {
					return pair[0].Delete(userPath(pair[1].Client))
				}
				return pair[1].Put(userPath(pair[0].Client), demote)
			})
			won, lost := oneOfTwo(t, answers)
			if n := activeAdmins(s); n != 1 {
				t.Fatalf("%d admins are left", n)
			}
			pair[won].Put(userPath(pair[lost].Client), `{"role": "admin", "status": "active"}`).ExpectStatus(200)
			pair[lost] = logInAgain(s, logins[lost]["partner_number"], logins[lost]["pin"])
		}
	})
}

// Whatever many do to one admin at once, they get an answer that says so.
func TestManyChangesOfOneAdminAtOnceAreAllAnswered(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		owner, target, somebody := s.Admin(), boss(s, "BOSS01"), s.Anybody()
		for range 4 {
			answers := together(8, func(i int) *apptest.Response {
				switch i % 4 {
				case 0:
					return owner.Put(userPath(target), demote)
				case 1:
					return owner.Put(userPath(target), promote)
				case 2:
					return owner.Put(userPath(target)+"/pin", `{"pin": "1357"}`)
				default:
					return somebody.Post("/api/auth/login", credentials("BOSS01", "1357"))
				}
			})
			if diff := cmp.Diff(map[int]int{200: 8}, statuses(answers)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
	})
}
