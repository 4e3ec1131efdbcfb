package identity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

var actorSystem = audit.System

const (
	deactivated        = "Account has been deactivated. Please contact an administrator."
	waitingForApproval = "Account is awaiting approval. Please contact an administrator."
)

func TestALoginAnswersWithTokensAndTheUser(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).Expect(200, `{
			"token": "<jwt>", "refresh_token": "<jwt>", "expires_in": 86400,
			"user": {"id": "<id>", "partner_number": "TEST123", "name": "Sam Rivera", "role": "staff", "is_owner": false,
				"created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T20:00:00.123456Z"}}`)
		r := s.Anybody().Post("/api/auth/login", credentials(apptest.AdminNumber, apptest.AdminPIN))
		if r.Text("user.role") != "admin" || r.Value("user.is_owner") != true {
			t.Errorf("the first admin is %s", r.Body)
		}
	})
}

func TestPartnerNumbersAreComparedWithoutRegardToCase(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, number := range []string{"test123", "TeSt123", " TEST123 ", "test123\n"} {
			r := s.Anybody().Post("/api/auth/login", credentials(number, "\t5678\r\n")).ExpectStatus(200)
			if got := r.Text("user.partner_number"); got != "TEST123" {
				t.Errorf("%q logged in as %q", number, got)
			}
		}
	})
}

func TestALoginWithoutCredentialsIsToldWhatIsMissing(t *testing.T) {
	const format, pin4 = "Invalid partner number format", "PIN must be exactly 4 digits"
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Anybody()
		c.Post("/api/auth/login", `{}`).ExpectFields(map[string]string{"partner_number": missing, "pin": missing})
		c.Post("/api/auth/login", `{"partner_number": " ", "pin": "\n"}`).
			ExpectFields(map[string]string{"partner_number": "Partner number is required", "pin": "PIN is required"})
		c.Post("/api/auth/login", `{"partner_number": 1, "pin": 5678, "remember": true}`).ExpectFields(map[string]string{
			"partner_number": "Not a valid string.", "pin": "Not a valid string.", "remember": "Unknown field.",
		})
		for _, number := range []string{
			"abc", strings.Repeat("A", 21), "AB-12", "AB 12", "ÄÖÜ1", "ＡＢＣＤ", "٠١٢٣٤", "TEST123'--", "a\tbc", "TEST\n123", "ﬀ12", "\u212a123",
		} {
			c.Post("/api/auth/login", credentials(number, apptest.StaffPIN)).
				ExpectFields(map[string]string{"partner_number": format})
		}
		for _, pin := range []string{
			"567", "56789", "567a", "５６７８", "٥٦٧٨", "5 78", "-567", "+567", "5.78", "0x12", "56\n78", "5678\u200b", "१२३४", "5️⃣678",
		} {
			c.Post("/api/auth/login", credentials(apptest.StaffNumber, pin)).ExpectFields(map[string]string{"pin": pin4})
		}
	})
}

func TestAnUnknownNumberAndAWrongPINGetTheSameAnswer(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, body := range []map[string]string{
			credentials("NOBODY1", apptest.StaffPIN), credentials(apptest.StaffNumber, "0000"),
			credentials(apptest.AdminNumber, apptest.StaffPIN), credentials(apptest.StaffNumber+"4", apptest.StaffPIN),
		} {
			s.Anybody().Post("/api/auth/login", body).Expect(401, `{"error": "Invalid credentials"}`)
		}
	})
}

func TestADeletedPartnerIsToldSoOnlyWithTheRightPIN(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Admin().Delete("/api/admin/users/" + s.Staff().UserID).ExpectStatus(200)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectError(403, deactivated)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, "0000")).ExpectError(401, wrongCredentials)
		if n := value[int](s, `SELECT count(*) FROM login_sessions WHERE user_id = $1 AND revoked_at IS NULL`, s.Staff().UserID); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
	})
}

func TestAPendingPartnerWaits(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		r := s.Anybody().Post("/api/auth/signup", account("NEW01", "Nia", "2468")).ExpectStatus(201)
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectError(403, waitingForApproval)
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "0000")).ExpectError(401, wrongCredentials)
		if _, err := s.App.Identity.Activate(t.Context(), actorSystem, r.Text("user.id"), identity.Pending); err != nil {
			t.Fatal(err)
		}
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectStatus(200)
	})
}

func TestMeIsWhoIsLoggedInAsTheDatabaseKnowsThem(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		execute(s, `UPDATE users SET name = 'Samantha', role = 'admin' WHERE id = $1`, staff.UserID)
		staff.Get("/api/auth/me").Expect(200, `{"user": {"id": "<id>", "partner_number": "TEST123", "name": "Samantha",
			"role": "admin", "is_owner": false, "created_at": "<time>", "updated_at": "<time>"}}`)
	})
}

func TestAnAccessTokenLivesForADayAndARefreshTokenForThirty(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		r := s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN))
		now := s.Clock.Now()
		ids := map[any]bool{}
		for field, want := range map[string]jwt.MapClaims{
			"token":         {"type": "access", "exp": float64(now.Add(24 * time.Hour).Unix())},
			"refresh_token": {"type": "refresh", "exp": float64(now.Add(30 * 24 * time.Hour).Unix())},
		} {
			got := jwt.MapClaims{}
			token, _, err := jwt.NewParser().ParseUnverified(r.Text(field), got)
			if err != nil || token.Header["alg"] != "HS256" {
				t.Fatalf("%s: %v, %v", field, err, token.Header)
			}
			want["sub"], want["iat"], want["nbf"], want["fresh"] = r.Text("user.id"), float64(now.Unix()), float64(now.Unix()), false
			for name, value := range want {
				if got[name] != value {
					t.Errorf("%s: %s is %v, want %v", field, name, got[name], value)
				}
			}
			ids[got["jti"]] = true
		}
		if len(ids) != 2 || ids[nil] || ids[""] {
			t.Errorf("the tokens' ids are %v", ids)
		}
		c := s.Anybody().WithToken(r.Text("token"))
		s.Clock.Advance(24*time.Hour - time.Second)
		c.Get("/api/auth/me").ExpectStatus(200)
		s.Clock.Advance(time.Second)
		c.Get("/api/auth/me").ExpectError(401, "Token has expired")
	})
}

func TestALoginIsNotedWithoutTouchingTheAccount(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		admin := s.Admin()
		s.Clock.Advance(90 * time.Minute)
		s.Staff()
		for _, user := range admin.Get("/api/admin/users").Value("users").([]any) {
			u := user.(map[string]any)
			want := map[string]string{"TEST123": "2026-03-04T21:30:00.123456Z", "ADMIN001": "2026-03-04T20:00:00.123456Z"}
			if u["last_login_at"] != want[u["partner_number"].(string)] || u["updated_at"] != "2026-03-04T20:00:00.123456Z" {
				t.Errorf("%v", u)
			}
		}
	})
}

func TestAPINHashNeedsThePepperOfItsServer(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			first := apptest.Start(t, settings)
			first.Anybody().Get("/healthz")
			if _, err := first.App.Identity.CreateFirstAdmin(t.Context(), newAdmin("OWNER1", "1357")); err != nil {
				t.Fatal(err)
			}
			settings.SecretKey = "another pepper, which is just as long as the first one"
			execute(first, `DELETE FROM key_checks`) // else the second would not start
			second := apptest.Start(t, settings)
			first.Anybody().Post("/api/auth/login", credentials("OWNER1", "1357")).ExpectStatus(200)
			second.Anybody().Post("/api/auth/login", credentials("OWNER1", "1357")).ExpectError(401, wrongCredentials)
		})
	}
}
