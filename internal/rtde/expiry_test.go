package rtde_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// Every write of the owner brings an expired session back, for half an hour.
func TestALateWriteRevivesASession(t *testing.T) {
	writes := map[string]func(s *shop, session string) *apptest.Response{
		"count": func(s *shop, session string) *apptest.Response { return s.count(s.staff, session, "Juice", 1) },
		"counts": func(s *shop, session string) *apptest.Response {
			return s.put(s.staff, session+"/counts", `{"counts": []}`)
		},
		"pull": func(s *shop, session string) *apptest.Response { return s.pull(s.staff, session, "Juice", true) },
	}
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		for name, write := range writes {
			t.Log(name)
			session := s.start(s.staff)
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			for _, late := range []time.Duration{30 * time.Minute, 12*time.Hour + 29*time.Minute} {
				s.wait(late)
				s.staff.Get(activePath).Expect(200, `{"session": null}`)
				s.staff.Get(inProgressPath).Expect(200, `{"sessions": []}`)
				s.staff.Post(startPath, resume).ExpectError(400, "No active session to resume")
				s.admin.Post(session+"/take-over", nil).ExpectError(409, "Session is not in progress")
				r := s.staff.Get(session)
				if got := r.Text("session.status"); got != "expired" {
					t.Errorf("after %s it is %s", late, got)
				}
				s.cleanUp(0)
				write(s, session).ExpectStatus(200)
				r = s.staff.Get(session)
				if got := r.Text("session.status"); got != "in_progress" {
					t.Errorf("after a write it is %s", got)
				}
				want := s.Clock.Now().Add(30 * time.Minute).Format("2006-01-02T15:04:05.000000Z")
				if got := r.Text("session.expires_at"); got != want {
					t.Errorf("it expires at %s, want %s", got, want)
				}
				if got := lines(s.staff, session)[0]; got != "Panini 2 of 5, need 3" {
					t.Errorf("it says %s", got)
				}
				s.staff.Post(startPath, resume).ExpectStatus(200)
			}
		}
	})
}

// A write that is refused does not bring it back.
func TestARefusedWriteRevivesNothing(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.wait(time.Hour)
		s.count(s.admin, session, "Juice", 1).ExpectError(403, "Unauthorized - not your session")
		s.put(s.staff, session+"/count", `{"item_id": "nope", "counted_quantity": 1}`).ExpectError(404, "Item not found")
		s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Juice>", "counted_quantity": 1},
			{"item_id": "nope", "counted_quantity": 1}]}`).ExpectError(404, "Item not found")
		s.put(s.staff, session+"/pull", `{"item_id": "nope", "is_pulled": true}`).ExpectError(404, "Item not found")
		s.staff.Get(activePath).Expect(200, `{"session": null}`)
		expectLines(s.staff, session, "Panini ? of 5, need 5", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
		s.staff.Post(session+"/complete", nil).Expect(200, completed)
	})
}

func TestTheCleanUpWaitsTwelveHours(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		done := s.start(s.staff)
		s.staff.Post(done+"/complete", nil).ExpectStatus(200)
		old := s.start(s.staff)
		s.count(s.staff, old, "Panini", 2).ExpectStatus(200)
		s.wait(6 * time.Hour)
		young := s.start(s.admin)
		s.wait(6*time.Hour + 30*time.Minute - time.Microsecond)
		s.cleanUp(0)
		s.staff.Get(old).ExpectStatus(200)
		s.Clock.Advance(time.Microsecond)
		s.cleanUp(1)
		s.cleanUp(0)
		s.staff.Get(old).ExpectError(404, "Session not found")
		s.count(s.staff, old, "Panini", 2).ExpectError(404, "Session not found")
		s.admin.Get(young).ExpectStatus(200)
		s.staff.Get(done).ExpectStatus(200)
		if n := s.number(`SELECT count(*) FROM rtde_session_counts`); n != 0 {
			t.Errorf("%d counts are left", n)
		}
		// A start in between is of its own time.
		fresh := s.start(s.staff)
		s.wait(6 * time.Hour)
		s.cleanUp(1)
		s.admin.Get(young).ExpectError(404, "Session not found")
		s.staff.Get(fresh).ExpectStatus(200)
	})
}

func TestCleaningUpNowTakesWhatHasExpired(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		now := func(want int64) {
			t.Helper()
			if n, err := s.App.RTDE.CleanUpNow(t.Context()); err != nil || n != want {
				t.Errorf("%d sessions were cleaned up, want %d; error %v", n, want, err)
			}
		}
		first := s.start(s.staff)
		s.count(s.staff, first, "Panini", 2).ExpectStatus(200)
		s.Clock.Advance(10 * time.Minute)
		second := s.start(s.admin)
		s.Clock.Advance(20*time.Minute - time.Microsecond)
		now(0)
		s.Clock.Advance(time.Microsecond)
		now(1)
		s.staff.Get(first).ExpectError(404, "Session not found")
		s.admin.Get(second).ExpectStatus(200)
		s.admin.Delete(itemsPath+"/"+s.item["Panini"]).Expect(200, hidden)
		s.Clock.Advance(time.Hour)
		now(1)
		now(0)
	})
}
