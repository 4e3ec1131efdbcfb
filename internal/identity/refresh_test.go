package identity_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const revoked = "Token has been revoked"

// device is where somebody logged in.
type device struct {
	*apptest.Client
	refresh string
}

// logInAgain begins another session.
func logInAgain(s *apptest.Server, number, pin string) device {
	s.TB.Helper()
	r := s.Anybody().Post("/api/auth/login", credentials(number, pin)).ExpectStatus(200)
	d := device{s.Anybody().WithToken(r.Text("token")), r.Text("refresh_token")}
	d.UserID = r.Text("user.id")
	return d
}

// token is the device's token of a kind.
func (d device) token(kind string) string {
	if kind == "refresh" {
		return d.refresh
	}
	return d.Token
}

// renew trades the refresh token for new tokens.
func (d device) renew() *apptest.Response {
	d.TB.Helper()
	return d.WithToken(d.refresh).Post("/api/auth/refresh", nil)
}

// renewed is the device with its new tokens.
func (d device) renewed() device {
	d.TB.Helper()
	r := d.renew().Expect(200, `{"token": "<jwt>", "refresh_token": "<jwt>", "expires_in": 86400}`)
	return device{d.WithToken(r.Text("token")), r.Text("refresh_token")}
}

// dead fails the test if one of the tokens is still good.
func (d device) dead(sentence string) {
	d.TB.Helper()
	d.Get("/api/auth/me").ExpectError(401, sentence)
	d.renew().ExpectError(401, sentence)
}

func TestARefreshAnswersWithNewTokensForTheSameSession(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		first := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		before := auditLines(s)
		second := first.renewed()
		third := second.renewed()
		if first.Token == second.Token || first.refresh == second.refresh || second.refresh == third.refresh {
			t.Error("a new token is the old one")
		}
		for _, d := range []device{first, second, third} {
			d.Get("/api/auth/me").ExpectStatus(200)
			if sessionOf(t, d.Token) != sessionOf(t, first.Token) || sessionOf(t, d.refresh) != sessionOf(t, first.Token) {
				t.Error("the session is another one")
			}
		}
		if n := value[int](s, `SELECT count(*) FROM login_sessions WHERE user_id = $1`, first.UserID); n != 1 {
			t.Errorf("%d sessions", n)
		}
		if diff := cmp.Diff(before, auditLines(s)); diff != "" {
			t.Errorf("a refresh is on record: %s", diff)
		}
	})
}

func TestARefreshTokenThatIsUsedAgainEndsItsSessionAndNoOther(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Clock.Advance(time.Second)
		stolen, tablet := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		old := s.Staff().WithToken(forge(s.Staff(), s.Clock.Now(), nil))
		second := stolen.renewed()
		third := second.renewed()

		stolen.renew().ExpectError(401, revoked)
		for _, d := range []device{third, second, stolen} {
			d.dead(revoked)
		}
		tablet.Get("/api/auth/me").ExpectStatus(200)
		tablet.renewed().Get("/api/auth/me").ExpectStatus(200)
		old.Get("/api/auth/me").ExpectStatus(200)
		s.Admin().Get("/api/admin/activity?limit=2").Expect(200, `{"count": 2, "activities": [
			{"id": "<id>", "type": "refresh_token_reused", "title": "Refresh Token Reused", "description": "Sam Rivera (TEST123)",
				"admin_name": "System", "timestamp": "2026-03-04T20:00:01.123456Z", "details": null},
			{"id": "<id>", "type": "user_created", "title": "User Created", "description": "Sam Rivera (TEST123)",
				"admin_name": "System", "timestamp": "2026-03-04T20:00:00.123456Z", "details": null}]}`)
		logInAgain(s, apptest.StaffNumber, apptest.StaffPIN).Get("/api/auth/me").ExpectStatus(200)
	})
}

func TestOfSimultaneousRefreshesWithOneTokenOneSucceedsAndTheSessionEnds(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for round := range 4 {
			phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
			answers := together(10, func(int) *apptest.Response { return phone.renew() })
			if diff := cmp.Diff(map[int]int{200: 1, 401: 9}, statuses(answers)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			phone.dead(revoked)
			for _, r := range answers {
				if r.Status == 200 {
					device{phone.WithToken(r.Text("token")), r.Text("refresh_token")}.dead(revoked)
				} else {
					r.ExpectError(401, revoked)
				}
			}
			if n := value[int](s, `SELECT count(*) FROM audit_log WHERE type = 'refresh_token_reused'`); n != round+1 {
				t.Errorf("%d entries tell of %d reuses", n, round+1)
			}
		}
	})
}

func TestARefreshExtendsTheSessionThirtyDaysFromNow(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		const month = 30 * 24 * time.Hour
		kept, left := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN), logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		for range 3 {
			s.Clock.Advance(month - time.Second)
			kept.Get("/api/auth/me").ExpectError(401, "Token has expired")
			if _, err := s.App.Identity.CleanUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			kept = kept.renewed()
			kept.Get("/api/auth/me").ExpectStatus(200)
		}
		left.dead("Token has expired")
		s.Clock.Advance(month)
		kept.dead("Token has expired")
	})
}

func TestARefreshMakesUseOfWhatTheDatabaseKnows(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		phone := logInAgain(s, apptest.StaffNumber, apptest.StaffPIN)
		execute(s, `UPDATE users SET status = 'pending' WHERE id = $1`, phone.UserID)
		phone.dead("Account is not active")
		execute(s, `UPDATE users SET status = 'active' WHERE id = $1`, phone.UserID)
		phone = phone.renewed()
		s.Admin().Delete("/api/admin/users/" + phone.UserID).ExpectStatus(200)
		phone.dead("Account is not active")
		if n := value[int](s, `SELECT count(*) FROM audit_log WHERE type = 'refresh_token_reused'`); n != 0 {
			t.Error("what is no reuse is on record as one")
		}
	})
}

// Two who refresh and delete at once leave nobody in.
func TestARefreshDuringADeletionGivesNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for i := range 6 {
			number := "NEW0" + string(rune('0'+i))
			s.Admin().Post("/api/admin/users", account(number, "Nia", "2468")).ExpectStatus(201)
			phone, admin := logInAgain(s, number, "2468"), s.Admin()
			answers := together(2, func(i int) *apptest.Response {
				if i == 0 {
					return phone.renew()
				}
				return admin.Delete("/api/admin/users/" + phone.UserID)
			})
			answers[1].ExpectStatus(200)
			if answers[0].ExpectOneOf(200, 401).Status == 200 {
				phone = device{phone.WithToken(answers[0].Text("token")), answers[0].Text("refresh_token")}
			}
			admin.Put("/api/admin/users/"+phone.UserID, `{"status": "active"}`).ExpectStatus(200)
			phone.dead(revoked)
		}
	})
}
