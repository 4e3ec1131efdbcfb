package identity_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

func newAdmin(number, pin string) identity.NewUser {
	return identity.NewUser{PartnerNumber: number, Name: "Olive Park", PIN: pin}
}

func TestASignUpWaitsForApprovalByDefault(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().Post("/api/auth/signup", account(" new01 ", "  Nia Okafor ", "2468")).Expect(201, `{
			"message": "Account created successfully",
			"user": {"id": "<id>", "partner_number": "NEW01", "name": "Nia Okafor", "role": "staff", "is_owner": false,
				"status": "pending", "last_login_at": null, "created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T20:00:00.123456Z"}}`)
		lines := auditLines(s)
		if want := "user_created | User Created | Nia Okafor (NEW01) | - | Self sign-up | 1"; lines[len(lines)-1] != want {
			t.Errorf("the audit log says %q, want %q", lines[len(lines)-1], want)
		}
	})
}

func TestTheSignUpPolicyDecides(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			for policy, statuses := range map[config.SignupPolicy][2]int{
				config.SignupOpen: {201, 200}, config.SignupApproval: {201, 403}, config.SignupClosed: {403, 401},
			} {
				settings.SignupPolicy = policy
				s, number := apptest.Start(t, settings), "NEW"+string(policy)
				if _, err := s.App.Identity.CreateFirstAdmin(t.Context(), newAdmin("OWNER01", "1357")); err != nil {
					t.Fatal(err)
				}
				r := s.Anybody().Post("/api/auth/signup", account(number, "Nia", "2468"))
				if policy == config.SignupClosed {
					r.ExpectError(403, "Sign-up is disabled. Please contact an administrator.")
				}
				r.ExpectStatus(statuses[0])
				s.Anybody().Post("/api/auth/login", credentials(number, "2468")).ExpectStatus(statuses[1])
				s.Anybody().Post("/api/auth/signup", `{}`).
					ExpectFields(map[string]string{"partner_number": missing, "name": missing, "pin": missing})
			}
		})
	}
}

func TestASignUpMayNotChooseARole(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, field := range []string{"role", "is_owner", "status", "id", "home_store_id", "Role"} {
			body := account("NEW01", "Nia", "2468")
			body[field] = "admin"
			s.Anybody().Post("/api/auth/signup", body).ExpectFields(map[string]string{field: "Unknown field."})
		}
	})
}

// rules are those for every new account, whoever makes it.
func accountRules(t *testing.T, post func(body any) *apptest.Response) {
	t.Helper()
	const format, pin4 = "Invalid partner number format", "PIN must be exactly 4 digits"
	post(`{"partner_number": "", "name": " ", "pin": ""}`).ExpectFields(map[string]string{
		"partner_number": "Partner number is required", "name": "Name is required", "pin": "PIN is required",
	})
	post(account("abc", "x", "12345")).ExpectFields(map[string]string{
		"partner_number": format, "name": "Name must be at least 2 characters", "pin": pin4,
	})
	post(account(strings.Repeat("A", 21), strings.Repeat("x", 101), "12a4")).ExpectFields(map[string]string{
		"partner_number": format, "name": "Name too long (max 100 characters)", "pin": pin4,
	})
	post(account("ＡＢＣＤ", strings.Repeat("é", 101), "１２３４")).ExpectFields(map[string]string{
		"partner_number": format, "name": "Name too long (max 100 characters)", "pin": pin4,
	})
	post(account("ÄÖÜß", "🥛", "٣٣٣٣")).ExpectFields(map[string]string{
		"partner_number": format, "name": "Name must be at least 2 characters", "pin": pin4,
	})
	post(`{"partner_number": null, "name": ["x"], "pin": 1234, "PIN": "1234"}`).ExpectFields(map[string]string{
		"partner_number": "Field may not be null.", "name": "Not a valid string.", "pin": "Not a valid string.", "PIN": "Unknown field.",
	})
	post(`{"partner_number": "AB12", "name": "a\u0000b", "pin": "12\ud80034"}`).ExpectFields(map[string]string{
		"name": "Not a valid string.", "pin": "Not a valid string.",
	})
	for _, text := range []string{`a\u0001b`, `a\tb`, `a\nb`, `\u001b[2J`, `a\u007f`, `a\u0085b`, `a\u009bb`} {
		post(`{"partner_number": "AB12", "name": "` + text + `", "pin": "1234"}`).
			ExpectFields(map[string]string{"name": "Not a valid string."})
	}
	// The lengths count characters, after trimming.
	post(account("AB12", " éé ", "0000\n")).ExpectStatus(201)
	r := post(account(strings.Repeat("z", 20), "  "+strings.Repeat("🥛", 100)+"  ", "9999")).ExpectStatus(201)
	if got := []rune(r.Text("user.name")); len(got) != 100 || r.Text("user.partner_number") != strings.Repeat("Z", 20) {
		t.Errorf("%s", r.Body)
	}
}

func TestASignUpKeepsTheRulesForAccounts(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		accountRules(t, func(body any) *apptest.Response { return s.Anybody().Post("/api/auth/signup", body) })
	})
}

func TestANumberThatIsTakenIsRefusedInAnyCase(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		before := auditLines(s)
		for _, number := range []string{"TEST123", "test123", " tEsT123"} {
			s.Anybody().Post("/api/auth/signup", account(number, "Nia", "2468")).ExpectError(409, numberTaken)
			s.Admin().Post("/api/admin/users", account(number, "Nia", "2468")).ExpectError(409, numberTaken)
		}
		s.Admin().Delete("/api/admin/users/" + s.Staff().UserID).ExpectStatus(200)
		s.Anybody().Post("/api/auth/signup", account("test123", "Nia", "2468")).
			ExpectError(409, "Partner number was previously used. Please contact an administrator.")
		s.Admin().Post("/api/admin/users", account("test123", "Nia", "2468")).ExpectError(409, numberTaken)
		if diff := cmp.Diff(before, auditLines(s)[:len(before)]); diff != "" || len(auditLines(s)) != len(before)+1 {
			t.Errorf("the audit log tells of what did not happen: %v", auditLines(s))
		}
	})
}

func TestOfSimultaneousSignUpsWithOneNumberOneSucceeds(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Anybody()
		answers := together(8, func(i int) *apptest.Response {
			number := []string{"NEW01", "new01"}[i%2]
			return c.Post("/api/auth/signup", account(number, "Nia", "2468"))
		})
		if diff := cmp.Diff(map[int]int{201: 1, 409: 7}, statuses(answers)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for _, r := range answers {
			if r.Status == 409 {
				r.ExpectError(409, numberTaken)
			}
		}
		if n := value[int](s, `SELECT count(*) FROM audit_log WHERE description = 'Nia (NEW01)'`); n != 1 {
			t.Errorf("%d audit entries tell of one sign-up", n)
		}
	})
}

// Every way in trims, the command line's too.
func TestAnAccountFromTheCommandLineIsTrimmed(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		made, err := s.App.Identity.CreateUser(t.Context(), actorSystem, identity.NewUser{
			PartnerNumber: "\tnew01 ", Name: " Nia Okafor\u00a0\n", PIN: " 2468\r\n", Role: identity.Staff,
		})
		if err != nil || made.PartnerNumber != "NEW01" || made.Name != "Nia Okafor" {
			t.Fatalf("%+v, %v", made, err)
		}
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectStatus(200)
		if err := s.App.Identity.ResetPIN(t.Context(), actorSystem, made.ID, " 8642\n"); err != nil {
			t.Fatal(err)
		}
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "8642")).ExpectStatus(200)
		if found, err := s.App.Identity.UserByNumber(t.Context(), " new01\n"); err != nil || found.ID != made.ID {
			t.Errorf("%+v, %v", found, err)
		}
		for _, name := range []string{"a\x00b", "a\xffb", "a\uFFFDb", "a\x1b[2Jb"} {
			_, err := s.App.Identity.CreateUser(t.Context(), actorSystem, identity.NewUser{
				PartnerNumber: "NEW02", Name: name, PIN: "2468", Role: identity.Staff,
			})
			var f *fault.Error
			if !errors.As(err, &f) || len(f.Fields["name"]) != 1 || f.Fields["name"][0] != "Not a valid string." {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}
