package milkcount_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// recorded is a phone that says that something was done at that time.
func recorded(c *apptest.Client, at time.Time) *apptest.Client {
	return c.With("X-Recorded-At", at.Format(time.RFC3339Nano))
}

func TestWhatAPhoneSaysOfTheTimeGivesNobodyTheRightToReopen(t *testing.T) {
	eachShop(t, func(_ *testing.T, s *shop) {
		session := s.start()
		s.bring(s.staff, session, "night_boh")
		saved := s.Clock.Now()
		s.Clock.Advance(30*time.Minute + time.Microsecond)
		for _, at := range []time.Time{saved, saved.Add(time.Minute), saved.Add(30 * time.Minute)} {
			reopen(recorded(s.staff, at), session, "night_foh").ExpectError(403, onlyAdmin)
		}
		s.expectStatus(session, "night_boh")
	})
}

func TestASessionTellsWhenTheServerLastHeardOfWorkOnIt(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.bring(s.staff, session, "night_boh")
		heard := func(what string) {
			t.Helper()
			want := s.Clock.Now().Format("2006-01-02T15:04:05.000000Z")
			if got := s.staff.Get(session).Text("session.received_at"); got != want {
				t.Errorf("after a %s it was heard of at %s, want %s", what, got, want)
			}
		}
		begun := s.Clock.Now()
		s.Clock.Advance(10 * time.Minute)
		s.put(recorded(s.staff, begun), session+"/draft", `{"counts": [{"milk_type_id": "<Oat>", "boh_count": 2}]}`).ExpectStatus(200)
		heard("draft")
		s.Clock.Advance(10 * time.Minute)
		reopen(recorded(s.staff, begun), session, "night_foh").ExpectStatus(200)
		heard("reopening")
	})
}
