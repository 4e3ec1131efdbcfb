package identity_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestEveryFailureAfterTheFifthDoublesTheWait(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		try := func(pin string) *apptest.Response {
			return logInFrom(s, attackersAddress, apptest.StaffNumber, pin)
		}
		for i := range 4 {
			try(wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		for i, wait := range []int{30, 60, 120, 240, 480, 900, 900} {
			try(wrongPIN(i)).ExpectError(401, wrongCredentials)
			failures := value[int](s, `SELECT count(*) FROM login_failures`)
			for range 3 { // they do not lengthen it
				expectWait(try(wrongPIN(i)), wait)
				expectWait(try(apptest.StaffPIN), wait)
			}
			s.Clock.Advance(time.Duration(wait)*time.Second - time.Microsecond)
			expectWait(try(apptest.StaffPIN), 1)
			s.Clock.Advance(time.Microsecond)
			if got := value[int](s, `SELECT count(*) FROM login_failures`); got != failures {
				t.Errorf("who was refused counts: %d failures instead of %d", got, failures)
			}
		}
		// Eleven have failed; now one succeeds, and the row begins anew.
		try(apptest.StaffPIN).ExpectStatus(200)
		for i := range 5 {
			try(wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectWait(try(apptest.StaffPIN), 30)
		// In the day all sixteen count.
		for i := range 34 {
			logInFrom(s, pool(i), apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectLocked(try(apptest.StaffPIN))
	})
}

func TestAWaitIsForOneAddressAndForTheNumberHoweverItIsTyped(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		typed := []string{"TEST123", "test123", " Test123", "TEST123 ", "tEST123\n"}
		for i, number := range typed {
			logInFrom(s, attackersAddress, number, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		for _, number := range typed {
			expectWait(logInFrom(s, attackersAddress, number, apptest.StaffPIN), 30)
		}
		logInFrom(s, attackersAddress, apptest.AdminNumber, apptest.AdminPIN).ExpectStatus(200)
		logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
		expectWait(logInFrom(s, attackersAddress, apptest.StaffNumber, apptest.StaffPIN), 30)
	})
}

// Who has one IPv6 address has the whole network.
func TestAllAddressesOfAnIPv6NetworkWaitTogether(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		for i, address := range []string{"2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::", "[2001:db8::3]:4711", "2001:db8::5"} {
			logInFrom(s, address, apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectWait(logInFrom(s, "2001:db8::4", apptest.StaffNumber, apptest.StaffPIN), 30)
		logInFrom(s, "2001:db8:0:1::4", apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
	})
}

func TestALockedAccountIsShownToAdminsAndOpenedByThemAlone(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		id := staffID(s)
		listed := func(status string) []string {
			var body struct {
				Users []struct {
					ID     string `json:"id"`
					Status string `json:"status"`
				} `json:"users"`
			}
			newAdminToken(s).Get("/api/admin/users?status=" + status).ExpectStatus(200).Into(&body)
			var ids []string
			for _, u := range body.Users {
				if u.Status != status {
					t.Errorf("among the %s there is one who is %s", status, u.Status)
				}
				ids = append(ids, u.ID)
			}
			return ids
		}
		for name, open := range unlocks {
			failFiftyTimes(s, apptest.StaffNumber)
			for range 3 { // not even time opens it
				s.Clock.Advance(10 * 24 * time.Hour)
				if _, err := s.App.Identity.CleanUp(t.Context()); err != nil {
					t.Fatal(err)
				}
				expectLocked(logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN))
			}
			admin := newAdminToken(s)
			if got := admin.Get("/api/admin/users/" + id).ExpectStatus(200).Text("user.status"); got != "locked" {
				t.Errorf("before the %s the user is %s", name, got)
			}
			if got := listed("locked"); !slices.Equal(got, []string{id}) {
				t.Errorf("before the %s the locked users are %v", name, got)
			}
			if slices.Contains(listed("active"), id) {
				t.Error("a locked user is among the active")
			}
			open(admin, id)
			logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
			if got := listed("locked"); len(got) != 0 || !slices.Contains(listed("active"), id) {
				t.Errorf("after the %s the locked users are %v", name, got)
			}
			if got := admin.Get("/api/admin/users/" + id).ExpectStatus(200).Text("user.status"); got != "active" {
				t.Errorf("after the %s the user is %s", name, got)
			}
		}
	})
}

// Every attempt counts until its PIN was looked at, also the one that would be
// the fiftieth failure.
func TestTheRightPINAfterFortyNineFailuresLocksNobodyOut(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		for i := range 49 {
			logInFrom(s, pool(i), apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		for range 3 {
			logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
		}
		if got := s.Admin().Get("/api/admin/users/" + staffID(s)).ExpectStatus(200).Text("user.status"); got != "active" {
			t.Errorf("the user is %s", got)
		}
		logInFrom(s, pool(49), apptest.StaffNumber, wrongPIN(0)).ExpectError(401, wrongCredentials)
		expectLocked(logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN))
	})
}

func TestALockKeepsNobodyOutWhoIsIn(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		r := logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
		failFiftyTimes(s, apptest.StaffNumber)
		s.Anybody().WithToken(r.Text("token")).Get("/api/auth/me").ExpectStatus(200)
		s.Anybody().WithToken(r.Text("refresh_token")).Post("/api/auth/refresh", nil).ExpectStatus(200)
	})
}

func TestAPINResetEndsEveryWait(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		for i := range 5 {
			logInFrom(s, partnersAddress, apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectWait(logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN), 30)
		unlocks["reset"](s.Admin(), staffID(s))
		logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
	})
}

// What an attacker sees of a number must not tell whether somebody has it.
func TestANumberThatNobodyHasIsThrottledLikeAnyOther(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		gone := s.Admin().Post("/api/admin/users", account("GONE01", "Gil Gone", "0077")).ExpectStatus(201).Text("user.id")
		s.Admin().Delete("/api/admin/users/" + gone).ExpectStatus(200)
		numbers := []string{apptest.StaffNumber, "NOBODY1", "GONE01"}
		seen := make([][]string, len(numbers))
		try := func(address string, i int) {
			for n, number := range numbers {
				r := logInFrom(s, address, number, wrongPIN(i)).ExpectOneOf(401, 429)
				r.Header.Del("X-Request-Id")
				r.Header.Del("Date")
				var header []string
				for name, values := range r.Header {
					header = append(header, name+": "+values[0])
				}
				slices.Sort(header)
				seen[n] = append(seen[n], string(r.Body)+" "+cmp.Diff(nil, header))
			}
		}
		for i := range 7 {
			try(attackersAddress, i)
		}
		for _, wait := range []time.Duration{29 * time.Second, time.Second, time.Minute, time.Second, 24 * time.Hour, time.Hour} {
			s.Clock.Advance(wait)
			try(attackersAddress, 0)
		}
		for i := range 52 {
			try(pool(i), i)
		}
		for range 4 {
			s.Clock.Advance(20 * 24 * time.Hour)
			if _, err := s.App.Identity.CleanUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			try(partnersAddress, 0)
		}
		for n, number := range numbers[1:] {
			if diff := cmp.Diff(seen[0], seen[n+1]); diff != "" {
				t.Errorf("%s is answered otherwise than one that somebody has:\n%s", number, diff)
			}
		}
	})
}

func TestANumberThatWasLockedBeforeItWasSomebodysBeginsOpen(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		for number, enter := range map[string]func(body map[string]string) *apptest.Response{
			"LATER1": func(body map[string]string) *apptest.Response { return s.Anybody().Post("/api/auth/signup", body) },
			"LATER2": func(body map[string]string) *apptest.Response { return s.Admin().Post("/api/admin/users", body) },
		} {
			failFiftyTimes(s, number)
			enter(account(number, "Lea Later", "0088")).ExpectStatus(201)
			logInFrom(s, pool(0), number, "0088").ExpectStatus(200)
			failFiftyTimes(s, number) // with all fifty
		}
	})
}

func TestWaitsCountsAndLocksOutliveARestart(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, again func(*testing.T) *apptest.Server) {
		now := s.Clock.Now()
		t.Run("before", func(t *testing.T) { // at its end the program is closed
			s := again(t)
			for i := range 6 {
				logInFrom(s, attackersAddress, apptest.StaffNumber, wrongPIN(i)).ExpectOneOf(401, 429)
			}
			failFiftyTimes(s, "NOBODY1")
			s.Clock.Advance(10 * time.Second)
			now = s.Clock.Now()
		})
		s = again(t)
		s.Clock.Set(now)
		expectWait(logInFrom(s, attackersAddress, apptest.StaffNumber, apptest.StaffPIN), 20)
		expectLocked(logInFrom(s, partnersAddress, "NOBODY1", wrongPIN(0)))
		for i := range 45 {
			logInFrom(s, pool(i), apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectLocked(logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN))
	})
}

func TestNodesOnOneDatabaseCountTogether(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, again func(*testing.T) *apptest.Server) {
		nodes := []*apptest.Server{s, again(t)}
		for i := range 5 {
			logInFrom(nodes[i%2], attackersAddress, apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		for _, node := range nodes {
			expectWait(logInFrom(node, attackersAddress, apptest.StaffNumber, apptest.StaffPIN), 30)
		}
		for _, node := range nodes {
			node.Clock.Advance(30 * time.Second)
		}
		logInFrom(nodes[1], attackersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
		for i := range 45 {
			logInFrom(nodes[i%2], pool(i), apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		for _, node := range nodes {
			expectLocked(logInFrom(node, partnersAddress, apptest.StaffNumber, apptest.StaffPIN))
		}
		unlocks["unlock"](nodes[0].Admin(), staffID(s))
		logInFrom(nodes[1], partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
	})
}
