package identity_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

const activate = `{"status": "active"}`

func lastLine(s *apptest.Server) string {
	s.TB.Helper()
	lines := auditLines(s)
	return lines[len(lines)-1]
}

func TestAnAdminApprovesWhoSignedUp(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		waiting := signedUp(s, "NEW01")
		s.Clock.Advance(time.Hour)
		s.Admin().Put(userPath(waiting), activate).Expect(200, `{"message": "User updated successfully", "user": {"id": "<id>",
			"partner_number": "NEW01", "name": "Nia Okafor", "role": "staff", "is_owner": false, "status": "active",
			"last_login_at": null, "created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T21:00:00.123456Z"}}`)
		if got := details(s, "user_approved", "Nia Okafor (NEW01)"); got != "null" {
			t.Errorf("on record is %s", got)
		}
		if want := "user_approved | User Approved | Nia Okafor (NEW01) | ADMIN001 | Avery Stone | 1"; lastLine(s) != want {
			t.Errorf("on record is %q", lastLine(s))
		}
		logInAgain(s, "NEW01", "2468")
		unrecorded(s, func() { s.Admin().Put(userPath(waiting), activate).ExpectStatus(200) })
	})
}

func TestWhoIsApprovedAndRenamedAtOnceIsOnRecordWithBoth(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		waiting, n := signedUp(s, "NEW01"), len(auditLines(s))
		s.Clock.Advance(time.Hour)
		s.Admin().Put(userPath(waiting), `{"status": "active", "role": "admin", "name": "Nia O."}`).ExpectStatus(200)
		got := auditLines(s)[n:]
		want := []string{
			"user_approved | User Approved | Nia O. (NEW01) | ADMIN001 | Avery Stone | 1",
			"user_updated | User Updated | Nia O. (NEW01) | ADMIN001 | Avery Stone | 1",
		}
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("on record is %q", got)
		}
		logInAgain(s, "NEW01", "2468").Get("/api/admin/users").ExpectStatus(200)
	})
}

// A name and a role may be put right before somebody is let in.
func TestWhatElseIsChangedDoesNotLetAnybodyIn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		waiting, gone := signedUp(s, "NEW01"), newUser(s, "NEW02")
		s.Admin().Delete(userPath(gone)).ExpectStatus(200)
		for client, status := range map[*apptest.Client]string{waiting: "pending", gone: "deleted"} {
			for _, body := range []string{`{"name": "Nia"}`, `{"role": "admin"}`, `{"role": "staff"}`} {
				r := s.Admin().Put(userPath(client), body).ExpectStatus(200)
				if r.Text("user.status") != status {
					t.Errorf("%s: %s", body, r.Body)
				}
			}
		}
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectError(403, waitingForApproval)
		s.Anybody().Post("/api/auth/login", credentials("NEW02", "2468")).ExpectError(403, deactivated)
		if n := value[int](s, `SELECT count(*) FROM users WHERE id = $1 AND deleted_at IS NOT NULL AND deleted_by = $2`,
			gone.UserID, s.Admin().UserID); n != 1 {
			t.Error("it is forgotten when, or by whom, they were deleted")
		}
	})
}

func TestAnAdminRestoresWhoWasDeleted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		old := phone.WithToken(forge(phone.Client, s.Clock.Now(), nil))
		s.Admin().Delete(userPath(phone.Client)).ExpectStatus(200)
		s.Clock.Advance(time.Minute)
		s.Admin().Put(userPath(phone.Client), activate).Expect(200, `{"message": "User updated successfully", "user": {"id": "<id>",
			"partner_number": "TEST123", "name": "Sam Rivera", "role": "staff", "is_owner": false, "status": "active",
			"last_login_at": "<time>", "created_at": "<time>", "updated_at": "2026-03-04T20:01:00.123456Z"}}`)
		if n := value[int](s, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL OR deleted_by IS NOT NULL`); n != 0 {
			t.Error("there is a trace of the deletion")
		}
		want := `{"new":{"name":"Sam Rivera","role":"staff","status":"active"},"old":{"name":"Sam Rivera","role":"staff","status":"deleted"}}`
		if got := details(s, "user_updated", "Sam Rivera (TEST123)"); got != want {
			t.Errorf("on record is %s", got)
		}
		phone.dead(revoked)
		old.Get("/api/auth/me").ExpectError(401, revoked)
		logInAgain(s, apptest.StaffNumber, apptest.StaffPIN).Get("/api/auth/me").ExpectStatus(200)
		// And the next time.
		s.Admin().Delete(userPath(phone.Client)).ExpectStatus(200)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectError(403, deactivated)
	})
}

func TestAnAdminUnlocksAnAccount(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		for range 4 { // what failed before is forgotten too
			s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, "0000")).ExpectError(401, wrongCredentials)
		}
		execute(s, `DELETE FROM login_guards`)
		markLocked(s, apptest.StaffNumber)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectStatus(429)
		staff.Get("/api/auth/me").ExpectStatus(200) // who is in stays in
		if got := s.Admin().Get(userPath(staff)).Text("user.status"); got != "locked" {
			t.Errorf("the account is %s", got)
		}
		if got := s.Admin().Put(userPath(staff), `{"name": "Samantha"}`).Text("user.status"); got != "locked" {
			t.Errorf("renamed, the account is %s", got)
		}
		s.Clock.Advance(time.Minute)
		s.Admin().Put(userPath(staff), activate).Expect(200, `{"message": "User updated successfully", "user": {"id": "<id>",
			"partner_number": "TEST123", "name": "Samantha", "role": "staff", "is_owner": false, "status": "active",
			"last_login_at": "<time>", "created_at": "<time>", "updated_at": "2026-03-04T20:01:00.123456Z"}}`)
		want := `{"new":{"name":"Samantha","role":"staff","status":"active"},"old":{"name":"Samantha","role":"staff","status":"locked"}}`
		if got := details(s, "user_updated", "Samantha (TEST123)"); got != want {
			t.Errorf("on record is %s", got)
		}
		for range 4 {
			s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, "0000")).ExpectError(401, wrongCredentials)
		}
		logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
	})
}

func TestTheCommandLineActivatesOnlyWhoIsWhatItSays(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		waiting, gone, locked, active := signedUp(s, "WAIT1"), newUser(s, "GONE1"), newUser(s, "LOCK1"), newUser(s, "OKAY1")
		s.Admin().Delete(userPath(gone)).ExpectStatus(200)
		markLocked(s, "LOCK1")
		is := map[*apptest.Client]identity.Status{waiting: identity.Pending, gone: identity.Deleted, locked: identity.Locked, active: identity.Active}
		refusals := map[identity.Status]string{
			identity.Pending: "User is not awaiting approval", identity.Deleted: "User is not deleted", identity.Locked: "User is not locked",
		}
		unrecorded(s, func() {
			for client, status := range is {
				for from, refusal := range refusals {
					if status == from {
						continue
					}
					if _, err := s.App.Identity.Activate(t.Context(), actorSystem, client.UserID, from); err == nil || err.Error() != refusal {
						t.Errorf("%s, taken for %s: %v", status, from, err)
					}
				}
			}
		})
		for client, status := range is {
			if client == active {
				continue
			}
			user, err := s.App.Identity.Activate(t.Context(), actorSystem, client.UserID, status)
			if err != nil || user.Status != identity.Active || user.Locked {
				t.Errorf("%s: %+v, %v", status, user, err)
			}
			logInAgain(s, user.PartnerNumber, "2468")
		}
	})
}
