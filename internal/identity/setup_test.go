package identity_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const (
	wrongCode = "Invalid or expired setup code"
	setupDone = "Setup is already done"
)

// eachFresh runs a test on a server without users over each engine. Taking the
// users away again is faster than making another store.
func eachFresh(t *testing.T, run func(t *testing.T, s *apptest.Server)) {
	t.Helper()
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			s := apptest.New(t, engine)
			execute(s, `DELETE FROM audit_log`)
			execute(s, `DELETE FROM store_members`)
			execute(s, `DELETE FROM users`)
			run(t, s)
		})
	}
}

func newCode(t *testing.T, s *apptest.Server) string {
	t.Helper()
	code, err := s.App.Identity.NewSetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// setup is a good body, changed as asked for.
func setup(code string, changes map[string]string) map[string]string {
	body := account("owner01", " Olive Park ", "1357")
	body["setup_code"] = code
	maps.Copy(body, changes)
	return body
}

func TestSetupMakesTheFirstAdminAndLogsThemIn(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().Get("/api/setup").Expect(200, `{"needed": true}`)
		code := newCode(t, s)
		if !regexp.MustCompile(`^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$`).MatchString(code) {
			t.Errorf("the code is %q", code)
		}
		r := s.Anybody().Post("/api/setup", setup(code, nil)).Expect(201, `{
			"token": "<jwt>", "refresh_token": "<jwt>", "expires_in": 86400,
			"user": {"id": "<id>", "partner_number": "OWNER01", "name": "Olive Park", "role": "admin", "is_owner": true,
				"created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T20:00:00.123456Z"}}`)
		s.Anybody().WithToken(r.Text("token")).Get("/api/admin/users").ExpectStatus(200)
		s.Anybody().Post("/api/auth/login", credentials("OWNER01", "1357")).ExpectStatus(200)

		s.Anybody().Get("/api/setup").Expect(200, `{"needed": false}`)
		for _, again := range []string{code, strings.ToLower(code), "AAAA-AAAA-AAAA"} {
			s.Anybody().Post("/api/setup", setup(again, nil)).ExpectError(410, setupDone)
		}
		if n := value[int](s, `SELECT count(*) FROM setup_codes`); n != 0 {
			t.Errorf("%d setup codes are left", n)
		}
		if diff := cmp.Diff([]string{"user_created | User Created | Olive Park (OWNER01) | - | System | 1"}, auditLines(s)); diff != "" {
			t.Errorf("the audit log (-want +got):\n%s", diff)
		}
	})
}

func TestASetupCodeForgivesHowItIsTyped(t *testing.T) {
	for name, typed := range map[string]func(code string) string{
		"lower case":     strings.ToLower,
		"without dashes": func(code string) string { return strings.ReplaceAll(code, "-", "") },
		"with spaces":    func(code string) string { return " " + strings.ToLower(strings.ReplaceAll(code, "-", " ")) + "\n" },
	} {
		t.Run(name, func(t *testing.T) {
			eachFresh(t, func(t *testing.T, s *apptest.Server) {
				s.Anybody().Post("/api/setup", setup(typed(newCode(t, s)), nil)).ExpectStatus(201)
			})
		})
	}
}

func TestAWrongOrExpiredSetupCodeIsRefused(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().Post("/api/setup", setup("AAAA-AAAA-AAAA", nil)).ExpectError(403, wrongCode) // there is none
		code := newCode(t, s)
		for _, wrong := range []string{"AAAA-AAAA-AAAA", code[:13], code + "A", code[5:], "-", "%", "' OR 1=1 --", strings.Repeat("A", 5000), "ＡＡＡＡ", "🥛"} {
			s.Anybody().Post("/api/setup", setup(wrong, nil)).ExpectError(403, wrongCode)
		}
		s.Clock.Advance(24 * time.Hour)
		s.Anybody().Post("/api/setup", setup(code, nil)).ExpectError(403, wrongCode)
		s.Anybody().Get("/api/setup").Expect(200, `{"needed": true}`)
		second := newCode(t, s)
		s.Clock.Advance(24*time.Hour - time.Microsecond)
		s.Anybody().Post("/api/setup", setup(second, nil)).ExpectStatus(201)
	})
}

func TestSetupKeepsItsRules(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		code := newCode(t, s)
		post := func(body any) *apptest.Response { return s.Anybody().Post("/api/setup", body) }
		post(`{}`).ExpectFields(map[string]string{"setup_code": missing, "partner_number": missing, "name": missing, "pin": missing})
		post(setup(" ", map[string]string{"partner_number": "x", "name": "", "pin": "１３５７", "store_name": "x", "timezone": "Mars/Base"})).
			ExpectFields(map[string]string{
				"setup_code": "Setup code is required", "partner_number": "Invalid partner number format", "name": "Name is required",
				"pin": "PIN must be exactly 4 digits", "store_name": "Store name must be at least 2 characters", "timezone": "Unknown time zone",
			})
		for _, zone := range []string{"Local", "local", "../../etc/passwd", "/etc/localtime", "America", "PST8", "America/Nowhere", "UTC+1", strings.Repeat("A/", 500), "é"} {
			post(setup(code, map[string]string{"timezone": zone})).ExpectFields(map[string]string{"timezone": "Unknown time zone"})
		}
		post(setup(code, map[string]string{"store_name": strings.Repeat("é", 101)})).
			ExpectFields(map[string]string{"store_name": "Store name too long (max 100 characters)"})
		post(setup(code, map[string]string{"role": "staff"})).ExpectFields(map[string]string{"role": "Unknown field."})
		if n := value[int](s, `SELECT count(*) FROM users`); n != 0 {
			t.Errorf("%d users", n)
		}
		post(setup(code, nil)).ExpectStatus(201) // a slip did not use the code up
	})
}

func TestSetupTakesOverTheNameAndTheZoneOfTheStore(t *testing.T) {
	const store = `SELECT name || ' | ' || timezone || ' | ' || number FROM stores`
	for name, test := range map[string]struct {
		changes map[string]string
		want    string
	}{
		"both":           {map[string]string{"store_name": " Harbour Street ", "timezone": " Europe/Berlin "}, "Harbour Street | Europe/Berlin | 1"},
		"the name":       {map[string]string{"store_name": strings.Repeat("é", 100)}, strings.Repeat("é", 100) + " | America/Los_Angeles | 1"},
		"the zone":       {map[string]string{"timezone": "UTC"}, "Store 1 | UTC | 1"},
		"neither":        {nil, "Store 1 | America/Los_Angeles | 1"},
		"empty as it is": {map[string]string{"store_name": "", "timezone": ""}, "Store 1 | America/Los_Angeles | 1"},
	} {
		t.Run(name, func(t *testing.T) {
			eachFresh(t, func(t *testing.T, s *apptest.Server) {
				code := newCode(t, s)
				s.Anybody().Post("/api/setup", setup("AAAA-AAAA-AAAA", test.changes)).ExpectError(403, wrongCode)
				if got, want := value[string](s, store), "Store 1 | America/Los_Angeles | 1"; got != want {
					t.Errorf("a refused setup left %q", got)
				}
				s.Clock.Advance(time.Minute)
				s.Anybody().Post("/api/setup", setup(code, test.changes)).ExpectStatus(201)
				if got := value[string](s, store); got != test.want {
					t.Errorf("the store is %q, want %q", got, test.want)
				}
			})
		})
	}
}

func TestOfSimultaneousSetupsOneSucceeds(t *testing.T) {
	for name, different := range map[string]bool{"one code": false, "a code each": true} {
		t.Run(name, func(t *testing.T) {
			eachFresh(t, func(t *testing.T, s *apptest.Server) {
				codes := make([]string, 8)
				for i := range codes {
					if codes[i] = codes[0]; different || i == 0 {
						codes[i] = newCode(t, s)
					}
				}
				c := s.Anybody()
				answers := together(8, func(i int) *apptest.Response {
					return c.Post("/api/setup", setup(codes[i], map[string]string{
						"partner_number": fmt.Sprintf("OWNER%02d", i), "store_name": fmt.Sprintf("Shop %d", i),
					}))
				})
				if diff := cmp.Diff(map[int]int{201: 1, 410: 7}, statuses(answers)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				for i, r := range answers {
					if r.Status == 201 {
						if got := value[string](s, `SELECT name FROM stores`); got != fmt.Sprintf("Shop %d", i) {
							t.Errorf("%d was first, and the store is %q", i, got)
						}
					}
				}
				if n := value[int](s, `SELECT count(*) FROM users`); n != 1 {
					t.Errorf("%d users", n)
				}
				if n := value[int](s, `SELECT count(*) FROM setup_codes`); n != 0 {
					t.Errorf("%d setup codes are left", n)
				}
			})
		})
	}
}

func TestTheSetupCodeIsKeptOnlyAsAHash(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		code := newCode(t, s)
		kept := value[string](s, `SELECT code_hash FROM setup_codes`)
		if contains(strings.ToUpper(kept), code, strings.ReplaceAll(code, "-", "")) || len(kept) != 64 {
			t.Errorf("kept as %q", kept)
		}
	})
}

func TestTheFirstAdminIsMadeOnceFromTheCommandLine(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		code := newCode(t, s)
		for _, want := range []bool{true, false} {
			made, err := s.App.Identity.CreateFirstAdmin(t.Context(), newAdmin("OWNER01", "1357"))
			if err != nil || made != want {
				t.Errorf("made: %t (%v), want %t", made, err, want)
			}
		}
		s.Anybody().Post("/api/setup", setup(code, nil)).ExpectError(410, setupDone)
		if r := s.Anybody().Post("/api/auth/login", credentials("OWNER01", "1357")); r.Value("user.is_owner") != true {
			t.Errorf("%s", r.Body)
		}
	})
}

const signUpDisabled = "Sign-up is disabled. Please contact an administrator."

func TestASignUpDoesNotSpoilTheSetup(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		code := newCode(t, s)
		s.Anybody().Post("/api/auth/signup", account("NEW01", "Nia", "2468")).ExpectError(403, signUpDisabled)
		s.Anybody().Get("/api/setup").Expect(200, `{"needed": true}`)
		s.Anybody().Post("/api/setup", setup(code, nil)).ExpectStatus(201)
		s.Anybody().Post("/api/auth/signup", account("NEW01", "Nia", "2468")).ExpectStatus(201)
	})
}

// insertPending makes somebody who waits, as an earlier version let them in.
func insertPending(s *apptest.Server, number string) {
	execute(s, `INSERT INTO users (id, home_store_id, partner_number, name, pin_hash, role, is_owner, status, created_at, updated_at)
		SELECT $1, id, $1, 'Nia', 'x', 'staff', false, 'pending', created_at, created_at FROM stores`, number)
}

func TestWhoWaitsDoesNotCloseTheSetup(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		insertPending(s, "OWNER01")
		s.Anybody().Get("/api/setup").Expect(200, `{"needed": true}`)
		code := newCode(t, s)
		s.Anybody().Post("/api/setup", setup(code, nil)).ExpectError(409, numberTaken)
		s.Anybody().Post("/api/setup", setup(code, map[string]string{"partner_number": "OWNER02"})).ExpectStatus(201)
		s.Anybody().Get("/api/setup").Expect(200, `{"needed": false}`)
	})
}

func TestADeletedAdminKeepsTheSetupClosed(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		execute(s, `UPDATE users SET status = 'deleted', deleted_at = created_at WHERE role = 'admin'`)
		s.Anybody().Get("/api/setup").Expect(200, `{"needed": false}`)
		s.Anybody().Post("/api/setup", setup(newCode(t, s), nil)).ExpectError(410, setupDone)
		if active, err := s.App.Identity.HasActiveAdmin(t.Context()); active || err != nil {
			t.Errorf("an active admin: %t (%v)", active, err)
		}
	})
}

func TestASignUpDuringTheSetupComesBeforeOrAfterIt(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		code, c := newCode(t, s), s.Anybody()
		answers := together(8, func(i int) *apptest.Response {
			if i == 0 {
				return c.Post("/api/setup", setup(code, nil))
			}
			return c.Post("/api/auth/signup", account(fmt.Sprintf("NEW%02d", i), "Nia", "2468"))
		})
		answers[0].ExpectStatus(201)
		for _, r := range answers[1:] {
			r.ExpectOneOf(201, 403)
		}
	})
}
