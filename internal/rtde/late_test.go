package rtde_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// outOfReach is a phone that tells of what was done that long ago.
func (s *shop) outOfReach(c *apptest.Client, ago time.Duration) *apptest.Client {
	return c.With("X-Recorded-At", s.Clock.Now().Add(-ago).Format(time.RFC3339Nano))
}

func TestTheCleanUpLeavesAloneWhatAPhoneIsStillSending(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		const ago = 14 * time.Hour
		session := s.start(s.outOfReach(s.staff, ago))
		s.cleanUp(0)
		s.count(s.outOfReach(s.staff, ago-time.Minute), session, "Panini", 2).ExpectStatus(200)
		s.cleanUp(0)
		s.outOfReach(s.staff, ago-2*time.Minute).Post(session+"/complete", nil).Expect(200, completed)
		late := record(session, s.staff.UserID, "Sam Rivera", s.staff.UserID, "Sam Rivera", "06:00:00", "06:02:00", 2*60, 1, 0, 0)
		late = strings.Replace(late, `"received_at": "2026-03-04T06:02:00`, `"received_at": "2026-03-04T20:00:00`, 1)
		s.staff.Get(historyPath).Expect(200, `{"sessions": [`+late+`], "total": 1, "limit": 30, "offset": 0}`)
		// What nothing more comes for is cleaned up all the same.
		s.start(s.outOfReach(s.staff, ago))
		s.wait(12 * time.Hour)
		s.cleanUp(1)
	})
}

func TestALateStartFindsWhatWasBegunSince(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
		late := s.outOfReach(s.staff, 3*time.Hour).Post(startPath, nil).ExpectStatus(201)
		if got := late.Text("session_id"); got != idOf(session) {
			s.TB.Errorf("it began %s", got)
		}
		expectLines(s.staff, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
		// Another partner's is no reason, and what was begun before gives way.
		if got := s.start(s.outOfReach(s.admin, 3*time.Hour)); got == session {
			s.TB.Error("it found another partner's session")
		}
		s.Clock.Advance(time.Hour)
		if got := s.start(s.outOfReach(s.staff, time.Minute)); got == session {
			s.TB.Error("it found what was begun before")
		}
	})
}

func TestALateTakeOverLeavesASessionItsTime(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		s.start(s.admin)
		s.Clock.Advance(time.Hour)
		session := s.start(s.staff)
		until := s.staff.Get(session).Text("session.expires_at")
		s.outOfReach(s.admin, 40*time.Minute).Post(session+"/take-over", nil).
			Expect(200, `{"session_id": "`+idOf(session)+`", "expires_at": "`+until+`"}`)
		if got := s.admin.Get(session).Text("session.expires_at"); got != until {
			s.TB.Errorf("it expires at %s, not at %s", got, until)
		}
		s.count(s.admin, session, "Panini", 2).ExpectStatus(200)
	})
}
