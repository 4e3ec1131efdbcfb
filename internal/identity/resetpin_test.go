package identity_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestAPINThatAnAdminResetsEndsEverySession(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone, tablet := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN).renewed()
		old := phone.WithToken(forge(phone.Client, s.Clock.Now(), nil))
		s.Clock.Advance(time.Hour)
		s.Admin().Put(userPath(phone.Client)+"/pin", `{"pin": " 8642\n"}`).Expect(200, `{"message": "PIN reset successfully"}`)
		phone.dead(revoked)
		tablet.dead(revoked)
		old.WithToken(forge(phone.Client, s.Clock.Now().Add(-time.Minute), nil)).Get("/api/auth/me").ExpectError(401, revoked)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectError(401, wrongCredentials)
		logInAgain(s, apptest.StaffNumber, "8642").Get("/api/auth/me").ExpectStatus(200)
		if want := "pin_reset | PIN Reset | Sam Rivera (TEST123) | ADMIN001 | Avery Stone | 1"; lastLine(s) != want {
			t.Errorf("on record is %q", lastLine(s))
		}
		if got := details(s, "pin_reset", "Sam Rivera (TEST123)"); got != "null" {
			t.Errorf("on record is %s", got)
		}
		if got := s.Admin().Get(userPath(phone.Client)).Text("user.updated_at"); got != "2026-03-04T21:00:00.123456Z" {
			t.Errorf("updated at %s", got)
		}
	})
}

func TestAnAdminWhoResetsTheirOwnPINIsOutToo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		admin := logInAgain(s, apptest.AdminNumber, apptest.AdminPIN)
		admin.Put(userPath(admin.Client)+"/pin", `{"pin": "8642"}`).ExpectStatus(200)
		admin.dead(revoked)
		logInAgain(s, apptest.AdminNumber, "8642").Get("/api/admin/users").ExpectStatus(200)
	})
}

func TestAResetPINEndsTheWait(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		id := newUser(s, "NEW01")
		for range 5 {
			s.Anybody().Post("/api/auth/login", credentials("NEW01", "0000")).ExpectError(401, wrongCredentials)
		}
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectStatus(429)
		s.Admin().Put(userPath(id)+"/pin", `{"pin": "8642"}`).ExpectStatus(200)
		for range 4 {
			s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectError(401, wrongCredentials)
		}
		logInAgain(s, "NEW01", "8642")

		execute(s, `DELETE FROM login_guards`)
		markLocked(s, "NEW01")
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "8642")).ExpectStatus(429)
		s.Admin().Put(userPath(id)+"/pin", `{"pin": "1111"}`).ExpectStatus(200)
		if got := s.Admin().Get(userPath(id)).Text("user.status"); got != "active" {
			t.Errorf("the account is %s", got)
		}
		logInAgain(s, "NEW01", "1111")
	})
}

func TestAResetPINIsToldWhatIsWrongWithIt(t *testing.T) {
	const pin4 = "PIN must be exactly 4 digits"
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		unrecorded(s, func() {
			for body, message := range map[string]string{
				`{}`: missing, `{"pin": ""}`: "PIN is required", `{"pin": " "}`: "PIN is required", `{"pin": null}`: "Field may not be null.",
				`{"pin": 8642}`: "Not a valid string.", `{"pin": "864"}`: pin4, `{"pin": "86420"}`: pin4, `{"pin": "８６４２"}`: pin4, `{"pin": "-864"}`: pin4,
			} {
				s.Admin().Put(userPath(staff)+"/pin", body).ExpectFields(map[string]string{"pin": message})
			}
			s.Admin().Put(userPath(staff)+"/pin", `{"pin": "1", "current_pin": "5678"}`).
				ExpectFields(map[string]string{"pin": pin4, "current_pin": "Unknown field."})
			s.Admin().Put(userPath(staff)+"/pin", nil).ExpectError(400, "Request body must be a JSON object")
			staff.Put(userPath(staff)+"/pin", `{"pin": "8642"}`).ExpectError(403, adminRequired)
		})
		staff.Get("/api/auth/me").ExpectStatus(200)
		logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
	})
}

func TestAResetPINLetsNobodyIn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		waiting, gone := signedUp(s, "NEW01"), newUser(s, "NEW02")
		s.Admin().Delete(userPath(gone)).ExpectStatus(200)
		for _, c := range []*apptest.Client{waiting, gone} {
			s.Admin().Put(userPath(c)+"/pin", `{"pin": "8642"}`).ExpectStatus(200)
		}
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "8642")).ExpectError(403, waitingForApproval)
		s.Anybody().Post("/api/auth/login", credentials("NEW02", "8642")).ExpectError(403, deactivated)
	})
}
