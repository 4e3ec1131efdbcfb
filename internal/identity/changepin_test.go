package identity_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// newPIN is the body of a change of one's own PIN.
func newPIN(current, pin string) map[string]string {
	return map[string]string{"current_pin": current, "new_pin": pin}
}

const newStaffPIN = "8642"

func TestANewPINTakesThePlaceOfTheOld(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, before := s.Staff(), auditLines(s)
		staff.Put("/api/auth/pin", newPIN(" 5678 ", "\t8642\n")).Expect(200, `{"message": "PIN changed successfully"}`)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectError(401, wrongCredentials)
		logInAgain(s, apptest.StaffNumber, newStaffPIN)
		staff.Put("/api/auth/pin", newPIN(apptest.StaffPIN, "1111")).ExpectError(401, wrongCredentials)
		staff.Put("/api/auth/pin", newPIN(newStaffPIN, newStaffPIN)).ExpectStatus(200)
		logInAgain(s, apptest.StaffNumber, newStaffPIN)
		if diff := cmp.Diff(before, auditLines(s)); diff != "" {
			t.Errorf("it is on record as something that an admin did: %s", diff)
		}
		if value[bool](s, `SELECT pin_hash LIKE '%8642%' FROM users WHERE id = $1`, staff.UserID) {
			t.Error("the PIN stands in the database")
		}
	})
}

func TestAChangeOfThePINIsToldWhatIsWrongWithIt(t *testing.T) {
	const pin4 = "PIN must be exactly 4 digits"
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		put := func(body any) *apptest.Response { return s.Staff().Put("/api/auth/pin", body) }
		put(`{}`).ExpectFields(map[string]string{"current_pin": missing, "new_pin": missing})
		put(newPIN(" ", "")).ExpectFields(map[string]string{"current_pin": "PIN is required", "new_pin": "PIN is required"})
		put(newPIN("567", "56789")).ExpectFields(map[string]string{"current_pin": pin4, "new_pin": pin4})
		put(newPIN("５６７８", "86 2")).ExpectFields(map[string]string{"current_pin": pin4, "new_pin": pin4})
		put(`{"current_pin": 5678, "new_pin": null, "pin": "1234"}`).ExpectFields(map[string]string{
			"current_pin": "Not a valid string.", "new_pin": "Field may not be null.", "pin": "Unknown field.",
		})
		put(nil).ExpectError(400, "Request body must be a JSON object")
		put(`[]`).ExpectError(400, "Request body must be a JSON object")
		// None of these was an attempt.
		for range 5 {
			put(newPIN("567", "8642")).ExpectFields(map[string]string{"current_pin": pin4})
		}
		put(newPIN(apptest.StaffPIN, newStaffPIN)).ExpectStatus(200)
	})
}

func TestAWrongCurrentPINCountsAsAFailedLogin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		waits := func(r *apptest.Response) {
			t.Helper()
			r.ExpectError(429, "Too many attempts. Try again in 30 seconds.")
			if got := r.Header.Get("Retry-After"); got != "30" {
				t.Errorf("Retry-After is %q", got)
			}
		}
		for range 3 {
			staff.Put("/api/auth/pin", newPIN("0000", newStaffPIN)).Expect(401, `{"error": "Invalid credentials"}`)
		}
		for range 2 { // failed logins are of the same row
			s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, "0000")).ExpectError(401, wrongCredentials)
		}
		waits(staff.Put("/api/auth/pin", newPIN("0000", newStaffPIN)))
		waits(staff.Put("/api/auth/pin", newPIN(apptest.StaffPIN, newStaffPIN)))
		waits(s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)))
		staff.Get("/api/auth/me").ExpectStatus(200)
		logInAgain(s, apptest.AdminNumber, apptest.AdminPIN)

		s.Clock.Advance(30 * time.Second)
		staff.Put("/api/auth/pin", newPIN(apptest.StaffPIN, newStaffPIN)).ExpectStatus(200)
		for range 4 { // a new row
			staff.Put("/api/auth/pin", newPIN("0000", "1111")).ExpectError(401, wrongCredentials)
		}
		logInAgain(s, apptest.StaffNumber, newStaffPIN)
	})
}

func TestFiveWrongCurrentPINsMakeTheAccountWait(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for range 5 {
			s.Staff().Put("/api/auth/pin", newPIN("0000", newStaffPIN)).ExpectError(401, wrongCredentials)
		}
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).
			ExpectError(429, "Too many attempts. Try again in 30 seconds.")
	})
}

func TestANewPINEndsTheOtherSessionsAndNotTheOwn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		own, tablet := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		renewed := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN).renewed()
		old := s.Staff().WithToken(forge(s.Staff(), s.Clock.Now(), nil))
		admin := s.Admin()
		own.Put("/api/auth/pin", newPIN(apptest.StaffPIN, newStaffPIN)).ExpectStatus(200)
		tablet.dead(revoked)
		renewed.dead(revoked)
		old.Get("/api/auth/me").ExpectError(401, revoked)
		own.Get("/api/auth/me").ExpectStatus(200)
		own = own.renewed()
		own.Get("/api/auth/me").ExpectStatus(200)
		admin.Get("/api/auth/me").ExpectStatus(200)
	})
}

func TestATokenOfTheOldSystemOutlivesThePINThatItChanges(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, now := s.Staff(), s.Clock.Now()
		own := staff.WithToken(forge(staff, now, nil))
		other := staff.WithToken(forge(staff, now, map[string]any{"jti": "another"}))
		s.Clock.Advance(time.Minute)
		own.Put("/api/auth/pin", newPIN(apptest.StaffPIN, newStaffPIN)).ExpectStatus(200)
		check := func() {
			t.Helper()
			own.Get("/api/auth/me").ExpectStatus(200)
			other.Get("/api/auth/me").ExpectError(401, revoked)
			staff.Get("/api/auth/me").ExpectError(401, revoked)
		}
		check()
		s.Clock.Advance(58 * time.Minute)
		cleanUp(s)
		check()
		own.Put("/api/auth/pin", newPIN(newStaffPIN, "1111")).ExpectStatus(200)
		check()
		logOut(own)
		own.Get("/api/auth/me").ExpectError(401, revoked)
	})
}

func TestOfSimultaneousChangesOfThePINOneSucceeds(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		pin := apptest.StaffPIN
		phone := s.Staff()
		for round := range 3 {
			pins := []string{"1111", "2222", "3333", "4444"}
			for i := range pins {
				pins[i] = pins[i][:3] + string(rune('0'+round))
			}
			answers := together(len(pins), func(i int) *apptest.Response {
				return phone.Put("/api/auth/pin", newPIN(pin, pins[i]))
			})
			if diff := cmp.Diff(map[int]int{200: 1, 401: 3}, statuses(answers)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			for i, r := range answers {
				if r.Status == 200 {
					pin = pins[i]
				} else {
					r.ExpectError(401, wrongCredentials)
				}
			}
			logInAgain(s, apptest.StaffNumber, pin)
		}
	})
}
