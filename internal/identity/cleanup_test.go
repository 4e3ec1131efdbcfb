package identity_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// kept counts what is in the tables that the clean-up touches.
func kept(s *apptest.Server) map[string]int {
	s.TB.Helper()
	counts := map[string]int{}
	for _, table := range []string{"login_sessions", "setup_codes", "login_failures", "login_guards", "users", "store_members", "audit_log"} {
		counts[table] = value[int](s, `SELECT count(*) FROM `+table)
	}
	return counts
}

func TestTheCleanUpDeletesWhatExpiredAndNothingElse(t *testing.T) {
	const month = 30 * 24 * time.Hour
	const leeway = time.Minute // another node's clock may be behind
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		out := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		logOut(out.Client)
		old := phone.WithToken(forge(phone.Client, s.Clock.Now(), nil))
		logOut(old)
		newCode(t, s)
		for _, number := range []string{apptest.StaffNumber, "NOBODY1"} {
			s.Anybody().Post("/api/auth/login", credentials(number, "0000")).ExpectError(401, wrongCredentials)
		}
		markLocked(s, "NOBODY2") // whoever it is
		markLocked(s, apptest.AdminNumber)

		want := kept(s)
		expect := func(after time.Duration, changes map[string]int) {
			t.Helper()
			s.Clock.Set(apptest.Noon.Add(after))
			total := 0
			for table, n := range changes {
				want[table] -= n
				total += n
			}
			if deleted := cleanUp(s); deleted != int64(total) {
				t.Errorf("after %s %d are deleted, want %d", after, deleted, total)
			}
			if diff := cmp.Diff(want, kept(s)); diff != "" {
				t.Fatalf("after %s (-want +got):\n%s", after, diff)
			}
		}
		expect(0, nil)
		expect(59*time.Minute, nil)
		expect(time.Hour+leeway-time.Second, nil)
		expect(time.Hour+leeway, map[string]int{"login_sessions": 1}) // of the old token
		expect(24*time.Hour-time.Microsecond, nil)
		expect(24*time.Hour, map[string]int{"setup_codes": 1, "login_failures": 2, "login_guards": 2})
		phone = phone.renewed()
		later := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		want["login_sessions"]++
		want["login_guards"]++ // of that login
		out.renew().ExpectError(401, revoked)
		expect(month-time.Second, map[string]int{"login_guards": 1})
		expect(month+leeway, map[string]int{"login_sessions": 1}) // of who logged out; the other was renewed
		phone = phone.renewed()
		later.renewed().Get("/api/auth/me").ExpectStatus(200)
		phone.Get("/api/auth/me").ExpectStatus(200)
		expect(2*month+time.Hour, map[string]int{"login_sessions": 2})
		expect(3*month, map[string]int{"login_guards": 1}) // nobody's
		expect(12*month, nil)
		if got := value[string](s, `SELECT partner_number FROM login_guards`); got != apptest.AdminNumber {
			t.Errorf("%s is locked", got)
		}
	})
}

func TestTheCleanUpOpensNoAccount(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for range 5 {
			s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, "0000")).ExpectError(401, wrongCredentials)
		}
		markLocked(s, apptest.AdminNumber)
		cleanUp(s)
		for _, number := range []string{apptest.StaffNumber, apptest.AdminNumber} {
			s.Anybody().Post("/api/auth/login", credentials(number, "0000")).ExpectStatus(429)
		}
		s.Clock.Advance(30 * 24 * time.Hour)
		cleanUp(s)
		s.Anybody().Post("/api/auth/login", credentials(apptest.AdminNumber, apptest.AdminPIN)).ExpectStatus(429)
		logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
	})
}
