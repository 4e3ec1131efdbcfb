package identity_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const (
	partnersAddress  = "198.51.100.7"
	attackersAddress = "203.0.113.9"
)

// eachDoor runs a test on a server over each engine that believes what a proxy
// says about the client; again starts another one on the same database. At the
// end the log must be without any address.
func eachDoor(t *testing.T, run func(t *testing.T, s *apptest.Server, again func(*testing.T) *apptest.Server)) {
	t.Helper()
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			url := peopledURL(t, engine)
			again := func(t *testing.T) *apptest.Server {
				settings := apptest.Settings(t, url)
				settings.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128")}
				settings.SignupPolicy, settings.RateLimit = config.SignupOpen, 0
				s := apptest.Start(t, settings)
				t.Cleanup(func() {
					for _, address := range []string{"198.51.100.", "203.0.113.", "100.64.", "2001:db8:", "127.0.0.1"} {
						if strings.Contains(s.Log(), address) {
							t.Errorf("the log has the address %s in it", address)
						}
					}
				})
				return s
			}
			run(t, again(t), again)
		})
	}
}

func peopledURL(t *testing.T, engine database.Engine) string {
	t.Helper()
	if engine == database.SQLite {
		return "sqlite:" + value[string](apptest.New(t, engine), `SELECT file FROM pragma_database_list WHERE name = 'main'`)
	}
	url := dbtest.URL(t, engine)
	apptest.Start(t, apptest.Settings(t, url)).AddPartners()
	return url
}

// logInFrom logs in from an address.
func logInFrom(s *apptest.Server, address, number, pin string) *apptest.Response {
	return s.Anybody().With("X-Forwarded-For", address).Post("/api/auth/login", credentials(number, pin))
}

// wrongPIN is one of a few PINs that nobody has.
func wrongPIN(i int) string { return fmt.Sprintf("%04d", i%10) }

// pool is one of many addresses.
func pool(i int) string { return fmt.Sprintf("100.64.%d.%d", i/250, i%250) }

// failFiftyTimes uses up what an account may fail in a day.
func failFiftyTimes(s *apptest.Server, number string) {
	s.TB.Helper()
	for i := range 50 {
		logInFrom(s, pool(i), number, wrongPIN(i)).ExpectError(401, wrongCredentials)
	}
	expectLocked(logInFrom(s, pool(50), number, wrongPIN(0)))
}

func expectLocked(r *apptest.Response) {
	r.TB.Helper()
	r.Expect(429, `{"error": "Too many attempts. Try again in 86400 seconds.", "locked": true}`)
	if got := r.Header.Get("Retry-After"); got != "86400" {
		r.TB.Errorf("Retry-After is %q", got)
	}
}

func expectWait(r *apptest.Response, seconds int) {
	r.TB.Helper()
	r.ExpectError(429, fmt.Sprintf("Too many attempts. Try again in %d seconds.", seconds))
	if got := r.Header.Get("Retry-After"); got != strconv.Itoa(seconds) {
		r.TB.Errorf("Retry-After is %q, want %d", got, seconds)
	}
}

// newAdminToken is for tests that last longer than a token.
func newAdminToken(s *apptest.Server) *apptest.Client {
	s.TB.Helper()
	r := s.Anybody().Post("/api/auth/login", credentials(apptest.AdminNumber, apptest.AdminPIN)).ExpectStatus(200)
	return s.Anybody().WithToken(r.Text("token"))
}

func staffID(s *apptest.Server) string {
	s.TB.Helper()
	return value[string](s, `SELECT id FROM users WHERE partner_number = $1`, apptest.StaffNumber)
}

// unlocks are the ways in which an admin opens a locked account; neither makes
// another PIN of apptest.StaffPIN.
var unlocks = map[string]func(admin *apptest.Client, id string){
	"unlock": func(admin *apptest.Client, id string) {
		r := admin.Put("/api/admin/users/"+id, map[string]string{"status": "active"}).ExpectStatus(200)
		if got := r.Text("user.status"); got != "active" {
			r.TB.Errorf("an unlocked user is %s", got)
		}
	},
	"reset": func(admin *apptest.Client, id string) {
		admin.Put("/api/admin/users/"+id+"/pin", map[string]string{"pin": apptest.StaffPIN}).
			Expect(200, `{"message": "PIN reset successfully"}`)
	},
}

// attack tries PINs from one address for a while, as fast as it is let, and
// returns how many were really tried, and when the last one was.
func attack(t *testing.T, s *apptest.Server, number string, during time.Duration) (tried int, last time.Time) {
	t.Helper()
	for end := s.Clock.Now().Add(during); s.Clock.Now().Before(end); {
		r := logInFrom(s, attackersAddress, number, wrongPIN(tried)).ExpectOneOf(401, 429)
		if r.Status == http.StatusUnauthorized {
			tried, last = tried+1, s.Clock.Now()
			continue
		}
		seconds, err := strconv.Atoi(r.Header.Get("Retry-After"))
		if err != nil || seconds < 1 {
			t.Fatalf("Retry-After is %q", r.Header.Get("Retry-After"))
		}
		s.Clock.Advance(time.Duration(seconds) * time.Second)
	}
	return tried, last
}

func TestAnAttackerWhoWaitsAsToldTriesFiftyPINsAndNoMore(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		began := s.Clock.Now()
		tried, last := attack(t, s, apptest.StaffNumber, 24*time.Hour)
		t.Logf("one address, 24 hours: %d PINs tried, the last after %v", tried, last.Sub(began))
		if tried != 50 {
			t.Errorf("%d PINs tried within a day, want 50", tried)
		}
		for range 6 {
			if _, err := s.App.Identity.CleanUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			if tried, _ := attack(t, s, apptest.StaffNumber, 24*time.Hour); tried != 0 {
				t.Errorf("%d more PINs tried on a later day", tried)
			}
		}
		expectLocked(logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN))
		for name, open := range unlocks {
			open(newAdminToken(s), staffID(s))
			if tried, _ := attack(t, s, apptest.StaffNumber, 3*24*time.Hour); tried != 50 {
				t.Errorf("after a %s %d PINs were tried, want 50", name, tried)
			}
		}
	})
}

// Each address tries another PIN; ten thousand of them try all there are.
func TestAnyNumberOfAddressesTogetherTryFiftyPINsAndNoMore(t *testing.T) {
	const phones = 50
	for name, addresses := range map[string]int{"at once": 1_000, "over a day": 10_000} {
		t.Run(name, func(t *testing.T) {
			pause := time.Duration(0)
			if name == "over a day" {
				pause = time.Duration(phones * int(24*time.Hour) / addresses)
			}
			eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
				answers := make([]string, addresses)
				for first := 0; first < addresses; first += phones {
					var all sync.WaitGroup
					for i := first; i < first+phones; i++ {
						all.Go(func() {
							_, _, err := s.App.Identity.Login(t.Context(), apptest.StaffNumber, fmt.Sprintf("%04d", i), pool(i))
							answers[i] = fmt.Sprint(err)
						})
					}
					all.Wait()
					s.Clock.Advance(pause)
				}
				counts := map[string]int{}
				for _, answer := range answers {
					counts[answer]++
				}
				t.Logf("%d addresses %s: %v", addresses, name, counts)
				if counts[wrongCredentials] != 50 || counts["Too many attempts. Try again in 86400 seconds."] != addresses-50 {
					t.Errorf("the answers are %v, want 50 of %q", counts, wrongCredentials)
				}
			})
		})
	}
}

func TestOfAHundredWrongPINsAtOnceOnlyAsManyAreTriedAsMayFail(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, again func(*testing.T) *apptest.Server) {
		other := again(t) // a second node
		for name, c := range map[string]struct {
			number string
			node   func(i int) *apptest.Server
			from   func(i int) string
			most   int
		}{
			"from one address": {"VICTIM1", func(int) *apptest.Server { return s }, func(int) string { return attackersAddress }, 5},
			"from a hundred":   {"VICTIM2", func(int) *apptest.Server { return s }, pool, 50},
			"from one address, at two nodes": {
				"VICTIM3", func(i int) *apptest.Server { return []*apptest.Server{s, other}[i%2] },
				func(int) string { return attackersAddress }, 5,
			},
			"from a hundred, at two nodes": {"VICTIM4", func(i int) *apptest.Server { return []*apptest.Server{s, other}[i%2] }, pool, 50},
		} {
			got := statuses(apptest.AtOnce(100, func(i int) *apptest.Response {
				return logInFrom(c.node(i), c.from(i), c.number, wrongPIN(i))
			}))
			t.Logf("%s: %v", name, got)
			if got[401] != c.most || got[429] != 100-c.most {
				t.Errorf("%s: answers by status: %v, want %d of 401", name, got, c.most)
			}
		}
	})
}

func TestNobodyIsThrottledByTheirOwnPhones(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		for i := range 4 { // one more wrong one, and they would wait
			logInFrom(s, partnersAddress, apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		for range 3 {
			got := statuses(apptest.AtOnce(30, func(int) *apptest.Response {
				return logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN)
			}))
			if got[200] != 30 {
				t.Fatalf("30 right logins at once were answered %v", got)
			}
		}
		if n := value[int](s, `SELECT count(*) FROM login_failures`); n != 4 {
			t.Errorf("there are %d failures, want 4", n)
		}
	})
}

func TestAPartnerGetsInWhileAnAttackerAtAnotherAddressTries(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		answers := apptest.AtOnce(60, func(i int) *apptest.Response {
			if i%2 == 0 {
				return logInFrom(s, attackersAddress, apptest.StaffNumber, wrongPIN(i))
			}
			return logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN)
		})
		attackers, partners := map[int]int{}, map[int]int{}
		for i, r := range answers {
			if i%2 == 0 {
				attackers[r.Status]++
			} else {
				partners[r.Status]++
			}
		}
		if attackers[401] != 5 || attackers[429] != 25 || partners[200] != 30 {
			t.Errorf("the attacker's answers are %v, the partner's %v", attackers, partners)
		}
	})
}

// Behind one address a success ends the row, as it does for who mistyped; the
// day's count goes on.
func TestAtTheAddressOfAPartnerFiftyPINsCanBeTriedInADayAndNoMore(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		tried := 0
		for range 30 {
			for range 4 {
				if r := logInFrom(s, partnersAddress, apptest.StaffNumber, wrongPIN(tried)).ExpectOneOf(401, 429); r.Status == 401 {
					tried++
				}
			}
			logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN).ExpectOneOf(200, 429)
		}
		if tried != 50 {
			t.Errorf("%d PINs tried, want 50", tried)
		}
		expectLocked(logInFrom(s, partnersAddress, apptest.StaffNumber, apptest.StaffPIN))
	})
}

func TestAStolenTokenIsNoWayToTryPINsEither(t *testing.T) {
	eachDoor(t, func(t *testing.T, s *apptest.Server, _ func(*testing.T) *apptest.Server) {
		thief := s.Staff().With("X-Forwarded-For", attackersAddress)
		change := func(current string) *apptest.Response {
			return thief.Put("/api/auth/pin", map[string]string{"current_pin": current, "new_pin": "0099"})
		}
		for i := range 5 {
			change(wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectWait(change(apptest.StaffPIN), 30)
		expectWait(logInFrom(s, attackersAddress, apptest.StaffNumber, apptest.StaffPIN), 30)
		for i := range 45 {
			logInFrom(s, pool(i), apptest.StaffNumber, wrongPIN(i)).ExpectError(401, wrongCredentials)
		}
		expectLocked(change(apptest.StaffPIN))
	})
}
