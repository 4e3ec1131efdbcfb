package identity_test

import (
	"maps"
	"net/http"
	"slices"
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

// operation is one that needs a token.
type operation struct{ method, path string }

// logout and renewal are different from all others: the one ends the session
// that it is called with, the other takes a refresh token.
var (
	logout  = operation{http.MethodPost, "/api/auth/logout"}
	renewal = operation{http.MethodPost, "/api/auth/refresh"}
)

// protected lists the operations that need an access token as the API document
// has them; logging out comes last.
func protected(s *apptest.Server) []operation {
	s.TB.Helper()
	var found []operation
	for path, item := range s.App.API.Document().Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete,
		} {
			if op != nil && len(op.Security) > 0 {
				found = append(found, operation{method, path})
			}
		}
	}
	for _, special := range []operation{logout, renewal} {
		if !slices.Contains(found, special) {
			s.TB.Fatalf("%v is not protected", special)
		}
	}
	found = slices.DeleteFunc(found, func(o operation) bool { return o == logout || o == renewal })
	return append(found, logout)
}

func (o operation) call(c *apptest.Client) *apptest.Response {
	return c.Do(o.method, strings.NewReplacer("{", "", "}", "").Replace(o.path), nil)
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
			"/api/events": true, // its ticket may stand in the query
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

// badHeaders are what no operation takes that wants a token of a kind, with
// what it answers. The kind that it does not want is other.
func badHeaders(t *testing.T, s *apptest.Server, kind, other string) map[string][2]string {
	t.Helper()
	const revoked, inactive = "Token has been revoked", "Account is not active"
	admin, staff := logInAgain(s, apptest.AdminNumber, apptest.AdminPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
	token := admin.token(kind)
	good := strings.Split(token, ".")
	now := s.Clock.Now()
	claims := jwt.MapClaims{"sub": admin.UserID, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(), "type": kind}
	with := func(changes jwt.MapClaims) string {
		all := jwt.MapClaims{"type": kind, "sid": sessionOf(t, token)}
		maps.Copy(all, changes)
		return "Bearer " + forge(admin.Client, now, all)
	}
	loggedOut := logInAgain(s, apptest.AdminNumber, apptest.AdminPIN)
	loggedOut.Post("/api/auth/logout", nil).ExpectStatus(204)
	deleted, pending := device{}, device{}
	for number, d := range map[string]*device{"GONE01": &deleted, "WAIT01": &pending} {
		s.Admin().Post("/api/admin/users", account(number, "Nia", "2468"))
		*d = logInAgain(s, number, "2468")
	}
	s.Admin().Delete("/api/admin/users/" + deleted.UserID).ExpectStatus(200)
	execute(s, `UPDATE users SET status = 'pending' WHERE id = $1`, pending.UserID)
	return map[string][2]string{
		"basic":               {"Basic QURNSU46MTIzNA==", badHeader},
		"no token":            {"Bearer", badHeader},
		"blank token":         {"Bearer  ", badHeader},
		"no scheme":           {token, badHeader},
		"another scheme":      {"Token " + token, badHeader},
		"garbage":             {"Bearer garbage", invalidToken},
		"three parts":         {"Bearer a.b.c", invalidToken},
		"dots":                {"Bearer ..", invalidToken},
		"two tokens":          {"Bearer " + token + " " + token, invalidToken},
		"cut":                 {"Bearer " + token[:len(token)-2], invalidToken},
		"no signature":        {"Bearer " + good[0] + "." + good[1] + ".", invalidToken},
		"other payload":       {"Bearer " + good[0] + "." + strings.Split(staff.token(kind), ".")[1] + "." + good[2], invalidToken},
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
		"type in capitals":    {with(jwt.MapClaims{"type": strings.ToUpper(kind)}), invalidToken},
		"other type":          {with(jwt.MapClaims{"type": other}), invalidToken},
		"old, of other type":  {with(jwt.MapClaims{"type": other, "sid": nil}), invalidToken},
		"ours, of other type": {"Bearer " + admin.token(other), invalidToken},
		"unknown session":     {with(jwt.MapClaims{"sid": "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"}), revoked},
		"session of NUL":      {with(jwt.MapClaims{"sid": "\x00"}), invalidToken},
		"another's session":   {with(jwt.MapClaims{"sid": sessionOf(t, staff.Token)}), revoked},
		"logged out":          {"Bearer " + loggedOut.token(kind), revoked},
		"deleted":             {"Bearer " + deleted.token(kind), inactive},
		"deleted, old":        {with(jwt.MapClaims{"sub": deleted.UserID, "sid": nil}), inactive},
		"pending":             {"Bearer " + pending.token(kind), inactive},
		"pending, old":        {with(jwt.MapClaims{"sub": pending.UserID, "sid": nil}), inactive},
		"another key":         {"Bearer " + sign(jwt.SigningMethodHS256, claims, []byte("another key, just as long as the right one is")), invalidToken},
		"expired, wrong key":  {"Bearer " + sign(jwt.SigningMethodHS256, jwt.MapClaims{"exp": 1}, []byte("x")), invalidToken},
		"empty key":           {"Bearer " + sign(jwt.SigningMethodHS256, claims, []byte{}), invalidToken},
		"HS384":               {"Bearer " + sign(jwt.SigningMethodHS384, claims, []byte(apptest.JWTKey)), invalidToken},
		"HS512":               {"Bearer " + sign(jwt.SigningMethodHS512, claims, []byte(apptest.JWTKey)), invalidToken},
		"none":                {"Bearer " + sign(jwt.SigningMethodNone, claims, jwt.UnsafeAllowNoneSignatureType), invalidToken},
		"array for an object": {"Bearer " + good[0] + ".W10." + good[2], invalidToken},
	}
}

func TestNoProtectedRouteTakesABadToken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		headers := badHeaders(t, s, "access", "refresh")
		for _, o := range protected(s) {
			refused(t, s.Anybody(), o, missingHeader)
			for name, header := range headers {
				if !refused(t, s.Anybody().With("Authorization", header[0]), o, header[1]) {
					t.Errorf("that was: %s", name)
				}
			}
		}
		// The forged ones are refused for what is changed about them alone.
		s.Staff().WithToken(forge(s.Staff(), s.Clock.Now(), jwt.MapClaims{"sid": sessionOf(t, s.Staff().Token)})).
			Get("/api/auth/me").ExpectStatus(200)
	})
}

func TestARefreshTakesNothingButAGoodRefreshToken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		headers := badHeaders(t, s, "refresh", "access")
		// It looks for the newest token of the session, which a forged one is not.
		headers["old system's"] = [2]string{
			"Bearer " + forge(s.Staff(), s.Clock.Now(), jwt.MapClaims{"type": "refresh"}), "Token has been revoked",
		}
		refused(t, s.Anybody(), renewal, missingHeader)
		for name, header := range headers {
			if !refused(t, s.Anybody().With("Authorization", header[0]), renewal, header[1]) {
				t.Errorf("that was: %s", name)
			}
		}
		phone.renew().ExpectStatus(200)
	})
}

// refused says whether the operation answered 401 as the contract has it.
func refused(t *testing.T, c *apptest.Client, o operation, sentence string) bool {
	t.Helper()
	r := o.call(c)
	var body map[string]any
	r.Into(&body)
	ok := r.Status == 401 && len(body) == 2 && body["error"] == sentence && body["msg"] == sentence &&
		r.Header.Get("WWW-Authenticate") == "Bearer"
	if !ok {
		t.Errorf("%v: %d %s, WWW-Authenticate %q; want %q", o, r.Status, r.Body, r.Header.Get("WWW-Authenticate"), sentence)
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

func TestTheTokensOfADeletedPartnerStopWorkingAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		old := staff.WithToken(forge(staff.Client, s.Clock.Now(), nil))
		old.Get("/api/auth/me").ExpectStatus(200)
		s.Admin().Delete("/api/admin/users/" + staff.UserID).ExpectStatus(200)
		for _, o := range protected(s) {
			refused(t, staff.Client, o, "Account is not active")
			refused(t, old, o, "Account is not active")
		}
		staff.renew().ExpectError(401, "Account is not active")
	})
}

func TestARevokedSessionIsOver(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, other := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		execute(s, `UPDATE login_sessions SET revoked_at = created_at WHERE id = $1`, sessionOf(t, staff.Token))
		for _, o := range protected(s) {
			refused(t, staff.Client, o, "Token has been revoked")
		}
		staff.renew().ExpectError(401, "Token has been revoked")
		other.Get("/api/auth/me").ExpectStatus(200)
		other.renew().ExpectStatus(200)
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
