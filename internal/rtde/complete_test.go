package rtde_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const completed = `{"message": "RTD&E display restocking completed!"}`

// record is what the history says about a session that was completed within reach.
func record(session, fromUser, fromName, user, name, started, done string, seconds, counted, pulled, units int) string {
	return fmt.Sprintf(`{"id": %q, "started_by": %q, "started_by_name": %q, "user_id": %q, "user_name": %q,
		"started_at": "2026-03-04T%s.123456Z", "completed_at": "2026-03-04T%s.123456Z", "received_at": "2026-03-04T%[7]s.123456Z", "duration_seconds": %d,
		"items_counted": %d, "items_pulled": %d, "units_pulled": %d}`,
		idOf(session), fromUser, fromName, user, name, started, done, seconds, counted, pulled, units)
}

func TestCompletingKeepsARecordAndDropsTheCounts(t *testing.T) {
	eachShop(t, []string{"Panini", "Juice", "Salad", "Wrap", "Soup"}, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Panini>", "counted_quantity": 0},
			{"item_id": "<Juice>", "counted_quantity": 3}, {"item_id": "<Salad>", "counted_quantity": 9}]}`).ExpectStatus(200)
		s.pull(s.staff, session, "Juice", true).ExpectStatus(200)  // 2 units
		s.pull(s.staff, session, "Salad", true).ExpectStatus(200)  // none needed
		s.pull(s.staff, session, "Wrap", true).ExpectStatus(200)   // not counted: 5
		s.pull(s.staff, session, "Panini", true).ExpectStatus(200) // and back again
		s.pull(s.staff, session, "Panini", false).ExpectStatus(200)
		s.Clock.Advance(4*time.Minute + 31*time.Second)
		s.staff.Post(session+"/complete", nil).Expect(200, completed)
		if n := s.number(`SELECT count(*) FROM rtde_session_counts`); n != 0 {
			t.Errorf("%d counts are left", n)
		}
		s.staff.Get(activePath).Expect(200, `{"session": null}`)
		me := s.staff.UserID
		s.admin.Get(historyPath).Expect(200, `{"sessions": [`+
			record(session, me, "Sam Rivera", me, "Sam Rivera", "20:00:00", "20:04:31", 271, 3, 3, 7)+
			`], "total": 1, "limit": 30, "offset": 0}`)
		s.admin.Get(lastPath).Expect(200, `{"last_completed_at": "2026-03-04T20:04:31.123456Z", "user_name": "Sam Rivera"}`)
		expectLines(s.staff, session, "Panini ? of 5, need 5", "Juice ? of 5, need 5", "Salad ? of 5, need 5",
			"Wrap ? of 5, need 5", "Soup ? of 5, need 5")
	})
}

func TestCompletingAgainWithinAMinuteIsARetry(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
		s.Clock.Advance(time.Minute)
		s.staff.Post(session+"/complete", nil).Expect(200, completed)
		history := string(s.staff.Get(historyPath).Body)
		if !strings.Contains(history, `"completed_at":"2026-03-04T20:01:00.123456Z"`) {
			t.Errorf("the history is %s", history)
		}
		for range 2 {
			s.Clock.Advance(30 * time.Second)
			s.staff.Post(session+"/complete", nil).Expect(200, completed)
			s.admin.Post(session+"/complete", nil).ExpectError(403, "Unauthorized - not your session")
		}
		s.Clock.Advance(time.Microsecond)
		s.staff.Post(session+"/complete", nil).ExpectError(409, "Session is already completed")
		if again := string(s.staff.Get(historyPath).Body); again != history {
			t.Errorf("the history was %s, is %s", history, again)
		}
		s.staff.Post(sessionsPath+"/nope/complete", nil).ExpectError(404, "Session not found")
	})
}

func TestACompletedSessionIsNotWritten(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.staff.Post(session+"/complete", nil).Expect(200, completed)
		const already = "Session is already completed"
		for range 2 {
			s.count(s.staff, session, "Panini", 2).ExpectError(409, already)
			s.pull(s.staff, session, "Panini", true).ExpectError(409, already)
			s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Panini>", "counted_quantity": 1}]}`).
				ExpectError(409, already)
			s.put(s.staff, session+"/counts", `{"counts": []}`).ExpectError(409, already)
			s.count(s.admin, session, "Panini", 2).ExpectError(403, "Unauthorized - not your session")
			s.admin.Post(session+"/take-over", nil).ExpectError(409, "Session is not in progress")
			s.staff.Post(session+"/take-over", nil).ExpectError(409, "Session is not in progress")
			s.staff.Post(startPath, resume).ExpectError(400, "No active session to resume")
			s.Clock.Advance(time.Hour)
		}
		// The next one leaves it alone.
		next := s.start(s.staff)
		s.count(s.staff, next, "Panini", 2).ExpectStatus(200)
		if got := s.staff.Get(session).Text("session.status"); got != "completed" {
			t.Errorf("the session is %s", got)
		}
		s.admin.Delete(itemsPath+"/"+s.item["Juice"]).Expect(200, gone)
		if n := s.number(`SELECT count(*) FROM rtde_session_counts`); n != 1 {
			t.Errorf("%d counts, want 1", n)
		}
	})
}

func TestTheHistoryIsTheStores(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		s.staff.Get(lastPath).Expect(200, `{"last_completed_at": null}`)
		s.staff.Get(historyPath).Expect(200, `{"sessions": [], "total": 0, "limit": 30, "offset": 0}`)
		open := s.start(s.admin) // in no history
		want := []string{}
		for i := range 3 {
			session := s.start(s.staff)
			started := s.Clock.Now().Format("15:04:05")
			s.Clock.Advance(time.Minute)
			s.staff.Post(session+"/complete", nil).Expect(200, completed)
			me := s.staff.UserID
			want = append([]string{record(session, me, "Sam Rivera", me, "Sam Rivera", started,
				s.Clock.Now().Format("15:04:05"), 60, 0, 0, 0)}, want...)
			if i == 1 {
				// One that began before and ends after comes last, whoever asks.
				s.Clock.Advance(time.Second)
				s.admin.Post(open+"/complete", nil).Expect(200, completed)
				me = s.admin.UserID
				want = append([]string{record(open, me, "Avery Stone", me, "Avery Stone", "20:00:00",
					s.Clock.Now().Format("15:04:05"), 121, 0, 0, 0)}, want...)
				s.staff.Get(lastPath).Expect(200, `{"last_completed_at": "2026-03-04T20:02:01.123456Z", "user_name": "Avery Stone"}`)
			}
		}
		page := func(sessions []string, limit, offset int) string {
			return fmt.Sprintf(`{"sessions": [%s], "total": 4, "limit": %d, "offset": %d}`,
				strings.Join(sessions, ","), limit, offset)
		}
		s.staff.Get(historyPath).Expect(200, page(want, 30, 0))
		s.admin.Get(historyPath+"?limit=2").Expect(200, page(want[:2], 2, 0))
		s.admin.Get(historyPath+"?limit=2&offset=1&_t=5").Expect(200, page(want[1:3], 2, 1))
		s.admin.Get(historyPath+"?limit=5000&offset=3").Expect(200, page(want[3:], 100, 3))
		s.admin.Get(historyPath+"?offset=4").Expect(200, page(nil, 30, 4))
		for _, bad := range []string{"limit=0", "limit=-1", "limit=x", "limit=1.5", "limit=", "limit=99999999999999999999"} {
			s.admin.Get(historyPath+"?"+bad).ExpectError(400, "Invalid limit parameter")
		}
		for _, bad := range []string{"offset=-1", "offset=x", "offset=1e3"} {
			s.admin.Get(historyPath+"?"+bad).ExpectError(400, "Invalid offset parameter")
		}
	})
}
