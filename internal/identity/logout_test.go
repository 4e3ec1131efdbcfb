package identity_test

import (
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// logOut ends the session of a client.
func logOut(c *apptest.Client) {
	c.TB.Helper()
	if r := c.Post("/api/auth/logout", nil).ExpectStatus(204); len(r.Body) != 0 {
		c.TB.Errorf("a 204 with a body: %s", r.Body)
	}
}

func TestALogoutEndsItsSessionAndNoOther(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Clock.Advance(time.Second)
		phone, tablet := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		old := s.Staff().WithToken(forge(s.Staff(), s.Clock.Now(), nil))
		logOut(phone.Client)
		phone.dead(revoked)
		phone.Post("/api/auth/logout", nil).ExpectError(401, revoked)
		old.Get("/api/auth/me").ExpectStatus(200)
		tablet.Get("/api/auth/me").ExpectStatus(200)
		tablet.renewed().Get("/api/auth/me").ExpectStatus(200)
		s.Admin().Get("/api/admin/users").ExpectStatus(200)
		if n := value[int](s, `SELECT count(*) FROM audit_log WHERE type = 'refresh_token_reused'`); n != 0 {
			t.Error("what is no reuse is on record as one")
		}
	})
}

func TestALogoutEndsTheTokensOfEveryRefreshOfItsSession(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		first := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		second := first.renewed()
		third := second.renewed()
		logOut(first.Client) // by an access token from before
		for _, d := range []device{first, second, third} {
			d.dead(revoked)
		}
	})
}

func TestSimultaneousLogoutsAreNoError(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		old := phone.WithToken(forge(phone.Client, s.Clock.Now(), nil))
		for _, c := range []*apptest.Client{phone.Client, old} {
			for _, r := range together(6, func(int) *apptest.Response { return c.Post("/api/auth/logout", nil) }) {
				r.ExpectOneOf(204, 401)
			}
			c.Get("/api/auth/me").ExpectError(401, revoked)
		}
	})
}

func TestATokenOfTheOldSystemCanBeLoggedOutToo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, now := s.Staff(), s.Clock.Now()
		out := staff.WithToken(forge(staff, now, nil))
		others := []*apptest.Client{
			staff.WithToken(forge(staff, now, jwt.MapClaims{"jti": "another"})),
			staff.WithToken(forge(staff, now, jwt.MapClaims{"iat": now.Unix() - 1})),
			s.Admin().WithToken(forge(s.Admin(), now, nil)), // the same id, of somebody else
			staff,
		}
		logOut(out)
		// Written anew, with the same claims, it is the same token.
		again := staff.WithToken(forge(staff, now, jwt.MapClaims{"fresh": true}))
		check := func() {
			t.Helper()
			out.Get("/api/auth/me").ExpectError(401, revoked)
			again.Get("/api/auth/me").ExpectError(401, revoked)
			for _, c := range others {
				c.Get("/api/auth/me").ExpectStatus(200)
			}
		}
		check()
		s.Clock.Advance(59 * time.Minute)
		cleanUp(s)
		check()
		s.Clock.Advance(time.Minute)
		out.Get("/api/auth/me").ExpectError(401, "Token has expired")
		s.Clock.Advance(time.Minute) // another node's clock may be behind
		cleanUp(s)
		if n := value[int](s, `SELECT count(*) FROM login_sessions WHERE id LIKE 'old-%'`); n != 0 {
			t.Errorf("%d rows are left of a token that expired", n)
		}
		out.Get("/api/auth/me").ExpectError(401, "Token has expired")
	})
}

func cleanUp(s *apptest.Server) (deleted int64) {
	s.TB.Helper()
	deleted, err := s.App.Identity.CleanUp(s.TB.Context())
	if err != nil {
		s.TB.Fatal(err)
	}
	return deleted
}
