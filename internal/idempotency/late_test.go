package idempotency_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const item = `{"name": "Oat", "category": "other"}`

func recorded(c *apptest.Client, at time.Time) *apptest.Client {
	return c.With("X-Recorded-At", at.Format(time.RFC3339Nano))
}

// logInAnew is for when the token has expired; the user is the same.
func logInAnew(s *apptest.Server) *apptest.Client {
	return s.Anybody().WithToken(s.Anybody().Post("/api/auth/login", map[string]string{
		"partner_number": apptest.StaffNumber, "pin": apptest.StaffPIN,
	}).Text("token"))
}

// A phone sends again what it recorded, though it is too old to be done by now.
func TestAnAnswerIsReplayedForLongerThanARequestIsTaken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		keyed := func(c *apptest.Client) *apptest.Client {
			return recorded(c, apptest.Noon).With("Idempotency-Key", "k")
		}
		first := keyed(s.Staff()).Post(items, item).ExpectStatus(201)
		s.Clock.Advance(49 * time.Hour)
		fresh := logInAnew(s)
		recorded(fresh, apptest.Noon).Post(items, item).ExpectError(400, "Invalid X-Recorded-At")
		again := keyed(fresh).Post(items, item).ExpectStatus(201)
		if string(again.Body) != string(first.Body) || again.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%s, first was %s", again.Body, first.Body)
		}
	})
}

func TestARefusedTimeDoesNotUseAKeyUp(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		keyed := s.Staff().With("Idempotency-Key", "k")
		recorded(keyed, apptest.Noon.Add(time.Hour)).Post(items, item).ExpectError(400, "Invalid X-Recorded-At")
		keyed.With("X-Recorded-At", "yesterday").Post(items, item).ExpectError(400, "Invalid X-Recorded-At")
		if n := rows(t, s, "idempotency_answers"); n != 0 {
			t.Errorf("%d answers are kept", n)
		}
		recorded(keyed, apptest.Noon).Post(items, item).ExpectStatus(201)
	})
}
