package identity_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/golang-jwt/jwt/v5"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	missingHeader = "Missing Authorization Header"
	badHeader     = "Bad Authorization Header. Expected 'Authorization: Bearer <JWT>'"
	invalidToken  = "Invalid token"
)

// protected lists the operations that need a login, and whether they need an admin.
func protected(s *apptest.Server) map[[2]string]bool {
	routes := map[[2]string]bool{}
	for path, item := range s.App.API.Document().Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete,
		} {
			if op != nil && len(op.Security) > 0 {
				routes[[2]string{method, strings.NewReplacer("{", "", "}", "").Replace(path)}] = strings.Contains(path, "/admin/")
			}
		}
	}
	return routes
}

// forge signs claims as the old system did: those of a good token of the
// partner's, changed as asked for. A nil takes a claim out.
func forge(c *apptest.Client, now time.Time, changes jwt.MapClaims) string {
	claims := jwt.MapClaims{
		"sub": c.UserID, "iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Hour).Unix(),
		"jti": "d7e9a3f0-8a55-4b8e-a6d5-0f2f5d1c9b11", "type": "access", "fresh": false,
	}
	maps.Copy(claims, changes)
	maps.DeleteFunc(claims, func(_ string, value any) bool { return value == nil })
	return sign(jwt.SigningMethodHS256, claims, []byte(apptest.JWTKey))
}

func sign(method jwt.SigningMethod, claims jwt.MapClaims, key any) string {
	text, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		panic(err)
	}
	return text
}

func TestOnlyTheDocumentedRoutesArePublic(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		public := map[string]bool{
			"/api/auth/login": true, "/api/auth/signup": true, "/api/setup": true, "/healthz": true, "/readyz": true,
			"/api/openapi.json": true, "/api/docs": true, "/api/version": true, "/metrics": true,
			"/api/auth/refresh": true, // its bearer is a refresh token
			"/api/events":       true, // its ticket may stand in the query
		}
		for path, item := range s.App.API.Document().Paths {
			for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
				if op != nil && len(op.Security) == 0 && !public[path] {
					t.Errorf("%s %s asks for no login", op.Method, path)
				}
			}
		}
		if n := len(protected(s)); n < 15 {
			t.Errorf("only %d operations are protected", n)
		}
	})
}

func TestNoProtectedRouteTakesABadToken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		now := s.Clock.Now()
		good := strings.Split(admin.Token, ".")
		login := s.Anybody().Post("/api/auth/login", credentials(apptest.AdminNumber, apptest.AdminPIN))
		claims := jwt.MapClaims{"sub": admin.UserID, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(), "type": "access"}
		with := func(changes jwt.MapClaims) string { return "Bearer " + forge(admin, now, changes) }
		headers := map[string][2]string{ // what is sent, and what is answered
			"basic":               {"Basic QURNSU46MTIzNA==", badHeader},
			"no token":            {"Bearer", badHeader},
			"blank token":         {"Bearer  ", badHeader},
			"no scheme":           {admin.Token, badHeader},
			"another scheme":      {"Token " + admin.Token, badHeader},
			"garbage":             {"Bearer garbage", invalidToken},
			"three parts":         {"Bearer a.b.c", invalidToken},
			"dots":                {"Bearer ..", invalidToken},
			"two tokens":          {"Bearer " + admin.Token + " " + admin.Token, invalidToken},
			"cut":                 {"Bearer " + admin.Token[:len(admin.Token)-2], invalidToken},
			"no signature":        {"Bearer " + good[0] + "." + good[1] + ".", invalidToken},
			"other payload":       {"Bearer " + good[0] + "." + strings.Split(staff.Token, ".")[1] + "." + good[2], invalidToken},
			"bytes":               {"Bearer \xff\xfe", invalidToken},
			"long":                {"Bearer " + strings.Repeat("x", 20000), invalidToken},
			"expired":             {with(jwt.MapClaims{"exp": now.Unix()}), "Token has expired"},
			"long expired":        {with(jwt.MapClaims{"exp": now.Add(-48 * time.Hour).Unix()}), "Token has expired"},
			"not yet":             {with(jwt.MapClaims{"nbf": now.Add(time.Hour).Unix()}), invalidToken},
			"not for a minute":    {with(jwt.MapClaims{"nbf": now.Unix() + 62}), invalidToken},
			"from the future":     {with(jwt.MapClaims{"iat": now.Unix() + 62}), invalidToken},
			"never expires":       {with(jwt.MapClaims{"exp": nil}), invalidToken},
			"no subject":          {with(jwt.MapClaims{"sub": nil}), invalidToken},
			"empty subject":       {with(jwt.MapClaims{"sub": ""}), invalidToken},
			"subject of number":   {with(jwt.MapClaims{"sub": 1}), invalidToken},
			"subject of NUL":      {with(jwt.MapClaims{"sub": "\x00"}), invalidToken},
			"unknown user":        {with(jwt.MapClaims{"sub": "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"}), invalidToken},
			"no issue date":       {with(jwt.MapClaims{"iat": nil}), invalidToken},
			"no type":             {with(jwt.MapClaims{"type": nil}), invalidToken},
			"other type":          {with(jwt.MapClaims{"type": "Access"}), invalidToken},
			"refresh":             {with(jwt.MapClaims{"type": "refresh"}), invalidToken},
			"our refresh":         {"Bearer " + login.Text("refresh_token"), invalidToken},
			"unknown session":     {with(jwt.MapClaims{"sid": "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"}), "Token has been revoked"},
			"session of NUL":      {with(jwt.MapClaims{"sid": "\x00"}), invalidToken},
			"another's session":   {with(jwt.MapClaims{"sid": sessionOf(t, staff.Token)}), "Token has been revoked"},
			"another key":         {"Bearer " + sign(jwt.SigningMethodHS256, claims, []byte("another key, just as long as the right one is")), invalidToken},
			"expired, wrong key":  {"Bearer " + sign(jwt.SigningMethodHS256, jwt.MapClaims{"exp": 1}, []byte("x")), invalidToken},
			"empty key":           {"Bearer " + sign(jwt.SigningMethodHS256, claims, []byte{}), invalidToken},
			"HS384":               {"Bearer " + sign(jwt.SigningMethodHS384, claims, []byte(apptest.JWTKey)), invalidToken},
			"HS512":               {"Bearer " + sign(jwt.SigningMethodHS512, claims, []byte(apptest.JWTKey)), invalidToken},
			"none":                {"Bearer " + sign(jwt.SigningMethodNone, claims, jwt.UnsafeAllowNoneSignatureType), invalidToken},
			"array for an object": {"Bearer " + good[0] + ".W10." + good[2], invalidToken},
		}
		for route := range protected(s) {
			refused(t, s.Anybody(), route, missingHeader)
			for name, header := range headers {
				if !refused(t, s.Anybody().With("Authorization", header[0]), route, header[1]) {
					t.Errorf("that was: %s", name)
				}
			}
		}
		admin.Get("/api/auth/me").ExpectStatus(200) // the real one is good all the while
	})
}

// refused says whether the route answered 401 as the contract has it.
func refused(t *testing.T, c *apptest.Client, route [2]string, sentence string) bool {
	t.Helper()
	r := c.Do(route[0], route[1], nil)
	var body map[string]string
	r.Into(&body)
	ok := r.Status == 401 && len(body) == 2 && body["error"] == sentence && body["msg"] == sentence &&
		r.Header.Get("WWW-Authenticate") == "Bearer"
	if !ok {
		t.Errorf("%v: %d %s, WWW-Authenticate %q; want %q", route, r.Status, r.Body, r.Header.Get("WWW-Authenticate"), sentence)
	}
	return ok
}

func sessionOf(t *testing.T, token string) string {
	t.Helper()
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil {
		t.Fatal(err)
	}
	sid, _ := claims["sid"].(string)
	if sid == "" {
		t.Fatalf("a token without session: %v", claims)
	}
	return sid
}

func TestAdminRoutesRefuseEverybodyElse(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Admin().Post("/api/admin/users", `{"partner_number": "BOSS02", "name": "Bo", "pin": "2222", "role": "admin"}`).
			ExpectStatus(201)
		demoted := s.LogIn("BOSS02", "2222")
		demoted.Get("/api/admin/users").ExpectStatus(200)
		execute(s, `UPDATE users SET role = 'staff' WHERE id = $1`, demoted.UserID)
		for route, adminOnly := range protected(s) {
			for _, c := range []*apptest.Client{s.Staff(), demoted} {
				if r := c.Do(route[0], route[1], nil); adminOnly {
					r.ExpectError(403, "Admin access required")
					if r.Header.Get("WWW-Authenticate") != "" {
						t.Errorf("%v: a 403 asks for a login", route)
					}
				} else if r.Status == 401 || r.Status == 403 {
					t.Errorf("%v: %d %s", route, r.Status, r.Body)
				}
			}
		}
		execute(s, `UPDATE users SET role = 'admin' WHERE id = $1`, demoted.UserID)
		demoted.Get("/api/admin/users").ExpectStatus(200)
	})
}

func TestTheTokensOfADeletedPartnerStopWorkingAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		old := staff.WithToken(forge(staff, s.Clock.Now(), nil))
		old.Get("/api/auth/me").ExpectStatus(200)
		s.Admin().Delete("/api/admin/users/" + staff.UserID).ExpectStatus(200)
		for route := range protected(s) {
			refused(t, staff, route, "Account is not active")
			refused(t, old, route, "Account is not active")
		}
	})
}

func TestARevokedSessionIsOver(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		again := s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN))
		other := staff.WithToken(again.Text("token"))
		execute(s, `UPDATE login_sessions SET revoked_at = created_at WHERE id = $1`, sessionOf(t, staff.Token))
		for route := range protected(s) {
			refused(t, staff, route, "Token has been revoked")
		}
		other.Get("/api/auth/me").ExpectStatus(200)
	})
}

func TestANewPINEndsEverySessionAndEveryOldToken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		old := staff.WithToken(forge(staff, s.Clock.Now(), nil))
		s.Clock.Advance(time.Second)
		if err := s.App.Identity.ResetPIN(t.Context(), actorSystem, staff.UserID, "8642"); err != nil {
			t.Fatal(err)
		}
		for _, c := range []*apptest.Client{staff, old} {
			c.Get("/api/auth/me").ExpectError(401, "Token has been revoked")
		}
		s.Clock.Advance(time.Second)
		fresh := staff.WithToken(forge(staff, s.Clock.Now(), nil))
		fresh.Get("/api/auth/me").ExpectStatus(200)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectError(401, wrongCredentials)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, "8642")).ExpectStatus(200)
	})
}

func TestATokenOfTheOldSystemIsAccepted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for name, changes := range map[string]jwt.MapClaims{
			"as issued":      {},
			"with csrf":      {"csrf": "c3a1b2d4-0000-4000-8000-1234567890ab"},
			"fresh":          {"fresh": true},
			"without nbf":    {"nbf": nil},
			"without jti":    {"jti": nil},
			"with more":      {"iss": "x", "aud": "y", "identity": 5, "user_claims": map[string]any{"role": "admin"}},
			"fractions":      {"iat": 1772654400.25, "nbf": 1772654400.75},
			"without fresh":  {"fresh": nil},
			"ahead":          {"iat": s.Clock.Now().Unix() + 60, "nbf": s.Clock.Now().Unix() + 60},
			"almost expired": {"exp": s.Clock.Now().Unix() + 1},
		} {
			c := s.Staff().WithToken(forge(s.Staff(), s.Clock.Now(), changes))
			if r := c.Get("/api/auth/me"); r.Status != 200 {
				t.Errorf("%s: %d %s", name, r.Status, r.Body)
			}
			c.Get("/api/admin/users").ExpectError(403, "Admin access required")
		}
		for _, scheme := range []string{"Bearer ", "bearer ", "BEARER  "} {
			s.Anybody().With("Authorization", scheme+s.Staff().Token).Get("/api/auth/me").ExpectStatus(200)
		}
	})
}
