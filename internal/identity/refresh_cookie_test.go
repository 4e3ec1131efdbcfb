package identity_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const cookieName = "sirenbase_refresh"

// page is a client that asks for the cookie, as the page of the server does.
func page(s *apptest.Server) *apptest.Client { return s.Anybody().With("X-Refresh-Cookie", "true") }

// withCookie is a client whose browser has the cookie.
func withCookie(c *apptest.Client, token string) *apptest.Client {
	return c.With("Cookie", "theme=dark; "+cookieName+"="+token)
}

// cookieOf is the one cookie that an answer sets.
func cookieOf(t *testing.T, r *apptest.Response) *http.Cookie {
	t.Helper()
	lines := r.Header.Values("Set-Cookie")
	if len(lines) != 1 {
		t.Fatalf("Set-Cookie is %q", lines)
	}
	cookie, err := http.ParseSetCookie(lines[0])
	if err != nil {
		t.Fatal(err)
	}
	return cookie
}

// expectSet fails the test unless the answer has the refresh token in the cookie,
// and nowhere else.
func expectSet(t *testing.T, r *apptest.Response) (token string) {
	t.Helper()
	cookie := cookieOf(t, r)
	want := cookieName + "=" + cookie.Value + "; Path=/api/auth; Max-Age=2592000; HttpOnly; SameSite=Strict"
	if got := r.Header.Get("Set-Cookie"); got != want || strings.Count(cookie.Value, ".") != 2 {
		t.Errorf("Set-Cookie is %q", got)
	}
	if got := r.Value("refresh_token"); got != "" {
		t.Errorf("refresh_token is %q", got)
	}
	if bytes.Contains(r.Body, []byte(cookie.Value)) {
		t.Errorf("the body has the refresh token: %s", r.Body)
	}
	return cookie.Value
}

func expectCleared(t *testing.T, r *apptest.Response) {
	t.Helper()
	if got := r.Header.Values("Set-Cookie"); len(got) != 1 || got[0] != cookieName+"=; Path=/api/auth; Max-Age=0; HttpOnly; SameSite=Strict" {
		t.Errorf("Set-Cookie is %q", got)
	}
}

func expectNoCookie(t *testing.T, r *apptest.Response) {
	t.Helper()
	if got := r.Header.Values("Set-Cookie"); len(got) != 0 {
		t.Errorf("Set-Cookie is %q", got)
	}
}

func logInWithCookie(t *testing.T, s *apptest.Server) (access, refresh string) {
	t.Helper()
	r := page(s).Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectStatus(http.StatusOK)
	return r.Text("token"), expectSet(t, r)
}

func TestAPageKeepsItsRefreshTokenWhereNoScriptCanReadIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		access, refresh := logInWithCookie(t, s)
		s.Anybody().WithToken(access).Get("/api/auth/me").ExpectStatus(http.StatusOK)
		for range 3 {
			r := withCookie(page(s), refresh).Post("/api/auth/refresh", nil).
				Expect(http.StatusOK, `{"token": "<jwt>", "refresh_token": "", "expires_in": 86400}`)
			if sessionOf(t, r.Text("token")) != sessionOf(t, access) {
				t.Error("the session is another one")
			}
			next := expectSet(t, r)
			if next == refresh {
				t.Error("the new token is the old one")
			}
			refresh = next
			s.Anybody().WithToken(r.Text("token")).Get("/api/auth/me").ExpectStatus(http.StatusOK)
		}
	})
}

func TestSetupToo(t *testing.T) {
	eachFresh(t, func(t *testing.T, s *apptest.Server) {
		r := page(s).Post("/api/setup", setup(newCode(t, s), nil)).ExpectStatus(http.StatusCreated)
		withCookie(page(s), expectSet(t, r)).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK)
	})
}

// A form of another site sends the cookie, and can send no header.
func TestTheCookieIsWorthNothingWithoutTheHeader(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		_, refresh := logInWithCookie(t, s)
		for _, header := range []string{"", "false", "1", "yes", "true, true", "truee"} {
			r := withCookie(s.Anybody().With("X-Refresh-Cookie", header), refresh).Post("/api/auth/refresh", nil).
				ExpectError(http.StatusUnauthorized, missingHeader)
			expectNoCookie(t, r)
		}
		expectNoCookie(t, withCookie(s.Anybody(), refresh).Post("/api/auth/logout", nil).ExpectStatus(http.StatusUnauthorized))
		withCookie(page(s), refresh).Get("/api/auth/me").ExpectError(http.StatusUnauthorized, missingHeader)
		withCookie(page(s), refresh).Get("/api/tracking/items").ExpectError(http.StatusUnauthorized, missingHeader)
		expectSet(t, withCookie(page(s).With("X-Refresh-Cookie", "TRUE"), refresh).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK))
	})
}

// No other origin may send the header, not even one that may call.
func TestNoOriginMaySendTheHeader(t *testing.T) {
	s := apptest.New(t, database.SQLite)
	for _, origin := range []string{"http://localhost:3000", "http://evil.example"} {
		r := s.Anybody().With("Origin", origin).With("Access-Control-Request-Method", "POST").
			With("Access-Control-Request-Headers", "x-refresh-cookie").Do(http.MethodOptions, "/api/auth/refresh", nil)
		if got := r.Header.Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("%s may send it: %v", origin, r.Header)
		}
	}
}

func TestWithoutTheHeaderAllIsAsEver(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		_, other := logInWithCookie(t, s)
		withBoth := device{withCookie(phone.Client, other), phone.refresh}
		r := withBoth.renew().Expect(http.StatusOK, `{"token": "<jwt>", "refresh_token": "<jwt>", "expires_in": 86400}`)
		expectNoCookie(t, r)
		expectNoCookie(t, withBoth.renew().ExpectError(http.StatusUnauthorized, revoked))
		again := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		expectNoCookie(t, withCookie(again.Client, other).Post("/api/auth/logout", nil).ExpectStatus(http.StatusNoContent))
		expectNoCookie(t, withCookie(s.Anybody(), other).Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).
			Expect(http.StatusOK, `{"token": "<jwt>", "refresh_token": "<jwt>", "expires_in": 86400, "user": "<any>"}`))
		withCookie(page(s), other).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK) // it was left alone
	})
}

func TestABearerTokenGoesBeforeTheCookie(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		_, refresh := logInWithCookie(t, s)
		r := withCookie(page(s), refresh).WithToken(phone.refresh).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK)
		if got := expectSet(t, r); sessionOf(t, got) != sessionOf(t, phone.refresh) {
			t.Error("the cookie went first")
		}
		expectCleared(t, withCookie(page(s), refresh).With("Authorization", "Basic eA==").Post("/api/auth/refresh", nil).
			ExpectError(http.StatusUnauthorized, badHeader))
		withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK)
	})
}

func TestARefusedRefreshTakesTheCookieAway(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		access, refresh := logInWithCookie(t, s)
		for sentence, token := range map[string]string{
			invalidToken: access, missingHeader: "",
		} {
			c := page(s)
			if token != "" {
				c = withCookie(c, token)
			}
			expectCleared(t, c.Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, sentence))
		}
		next := expectSet(t, withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK))
		expectCleared(t, withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, revoked)) // again
		expectCleared(t, withCookie(page(s), next).Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, revoked))
		_, late := logInWithCookie(t, s)
		s.Clock.Advance(30 * 24 * time.Hour)
		expectCleared(t, withCookie(page(s), late).Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, "Token has expired"))
	})
}

// What is the server's fault, or may be tried again, takes nothing away.
func TestOtherRefusalsLeaveTheCookie(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		expectNoCookie(t, page(s).Post("/api/auth/login", credentials(apptest.StaffNumber, "0000")).ExpectStatus(http.StatusUnauthorized))
		expectNoCookie(t, page(s).Post("/api/auth/login", "{}").ExpectStatus(http.StatusBadRequest))
		expectNoCookie(t, page(s).Post("/api/setup", setup("AAAA-AAAA-AAAA", nil)).ExpectStatus(http.StatusGone))
		expectNoCookie(t, page(s).Get("/api/auth/refresh").ExpectStatus(http.StatusMethodNotAllowed))
		_, refresh := logInWithCookie(t, s)
		if err := s.DB.Close(); err != nil {
			t.Fatal(err)
		}
		expectNoCookie(t, withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectOneOf(500, 503))
	})
}

func TestALogoutTakesTheCookieAwayEvenIfItIsRefused(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		access, refresh := logInWithCookie(t, s)
		r := withCookie(page(s), refresh).WithToken(access).Post("/api/auth/logout", nil).ExpectStatus(http.StatusNoContent)
		expectCleared(t, r)
		expectCleared(t, withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, revoked))
		expectCleared(t, withCookie(page(s), refresh).WithToken(access).Post("/api/auth/logout", nil).ExpectError(http.StatusUnauthorized, revoked))
		expectCleared(t, page(s).Post("/api/auth/logout", nil).ExpectError(http.StatusUnauthorized, missingHeader))
	})
}

func TestTheCookieIsSecureWhereTheRequestCameByTLS(t *testing.T) {
	settings := apptest.Settings(t, dbtest.URL(t, database.SQLite))
	settings.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	behind, direct := apptest.Start(t, settings), apptest.New(t, database.SQLite)
	behind.AddPartners()
	for proto, secure := range map[string]bool{
		"https": true, "HTTPS": true, "https, http": true, "http, https": true, "http": false, "": false, "httpsx": false, "wss": false,
	} {
		send := func(s *apptest.Server) *http.Cookie {
			return cookieOf(t, page(s).With("X-Forwarded-Proto", proto).Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)))
		}
		if got := send(behind).Secure; got != secure {
			t.Errorf("behind a proxy that says %q: %t", proto, got)
		}
		if send(direct).Secure {
			t.Errorf("a client is believed that says %q", proto)
		}
	}
	expectSecureOverTLS(t, direct)
}

func expectSecureOverTLS(t *testing.T, s *apptest.Server) {
	t.Helper()
	server := httptest.NewTLSServer(s.App.API)
	defer server.Close()
	body, err := json.Marshal(credentials(apptest.StaffNumber, apptest.StaffPIN))
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, server.URL+"/api/auth/login", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Refresh-Cookie", "true")
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if cookies := response.Cookies(); len(cookies) != 1 || !cookies[0].Secure {
		t.Errorf("the cookies are %v", cookies)
	}
}

func TestTheCookieLivesAsLongAsItsToken(t *testing.T) {
	settings := apptest.Settings(t, dbtest.URL(t, database.SQLite))
	settings.RefreshTokenExpires = 90 * time.Minute
	s := apptest.Start(t, settings)
	s.AddPartners()
	r := page(s).Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectStatus(http.StatusOK)
	if got := cookieOf(t, r).MaxAge; got != 5400 {
		t.Errorf("Max-Age is %d", got)
	}
}

func TestACookieThatIsNoTokenIsRefused(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, value := range []string{"x", "a.b.c", "..", `"quoted"`, strings.Repeat("x", 20000), "%00", "null"} {
			r := withCookie(page(s), value).Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, invalidToken)
			expectCleared(t, r)
		}
		for _, header := range []string{"", ";;;", "=", cookieName, "other=1", cookieName + "2=x", "\xff=\xfe"} {
			page(s).With("Cookie", header).Post("/api/auth/refresh", nil).ExpectError(http.StatusUnauthorized, missingHeader)
		}
	})
}

// The log of every server is searched for what clients send; see apptest.
func TestTheLogNeverHasTheCookie(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		_, refresh := logInWithCookie(t, s)
		next := expectSet(t, withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK))
		withCookie(page(s), refresh).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusUnauthorized)
		for _, secret := range []string{refresh, next, cookieName} {
			if strings.Contains(s.Log(), secret) {
				t.Errorf("the log has %.20s…", secret)
			}
		}
	})
}
