package rtde_test

import (
	"fmt"
	"testing"
	"time"
)

func TestASessionIsTakenOver(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		kim := s.hire("KIM42", "Kim Sato")
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
		s.pull(s.staff, session, "Juice", true).ExpectStatus(200)
		own := s.start(kim)
		s.count(kim, own, "Salad", 1).ExpectStatus(200)

		s.Clock.Advance(29 * time.Minute)
		kim.Post(session+"/take-over", nil).
			Expect(200, `{"session_id": "`+idOf(session)+`", "expires_at": "2026-03-04T20:59:00.123456Z"}`)
		expectLines(kim, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5, pulled", "Salad ? of 5, need 5")
		kim.Get(own).ExpectError(404, "Session not found")
		names := fmt.Sprintf(`"user_id": %q, "user_name": "Kim Sato", "started_by": %q, "started_by_name": "Sam Rivera"`,
			kim.UserID, s.staff.UserID)
		line := `{"id": "` + idOf(session) + `", ` + names + `, "started_at": "2026-03-04T20:00:00.123456Z",
			"expires_at": "2026-03-04T20:59:00.123456Z"`
		s.staff.Get(inProgressPath).Expect(200, `{"sessions": [`+line+`, "items_counted": 1, "total_items": 3}]}`)
		kim.Get(session).Expect(200, `{"session": `+line+`, "received_at": "<time>", "status": "in_progress"}, "items": "<any>"}`)
		if got := kim.Get(activePath).Text("session.id"); got != idOf(session) {
			t.Errorf("the taker's session is %s", got)
		}

		const notYours = "Unauthorized - not your session"
		s.staff.Get(session).ExpectError(403, notYours)
		s.staff.Get(session+"/pull-list").ExpectError(403, notYours)
		s.count(s.staff, session, "Panini", 9).ExpectError(403, notYours)
		s.put(s.staff, session+"/counts", `{"counts": []}`).ExpectError(403, notYours)
		s.pull(s.staff, session, "Panini", true).ExpectError(403, notYours)
		s.staff.Post(session+"/complete", nil).ExpectError(403, notYours)
		s.staff.Get(activePath).Expect(200, `{"session": null}`)
		s.staff.Post(startPath, resume).ExpectError(400, "No active session to resume")

		// What the old owner begins now is another session.
		s.start(s.staff)
		s.count(kim, session, "Salad", 4).ExpectStatus(200)
		kim.Post(session+"/complete", nil).Expect(200, completed)
		s.staff.Get(historyPath).Expect(200, `{"sessions": [`+record(session, s.staff.UserID, "Sam Rivera", kim.UserID, "Kim Sato",
			"20:00:00", "20:29:00", 29*60, 2, 1, 5)+`], "total": 1, "limit": 30, "offset": 0}`)
		s.staff.Get(lastPath).Expect(200, `{"last_completed_at": "2026-03-04T20:29:00.123456Z", "user_name": "Kim Sato"}`)
	})
}

func TestOnlyASessionInProgressIsTakenOver(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session, own := s.start(s.staff), s.start(s.admin)
		s.count(s.admin, own, "Panini", 1).ExpectStatus(200)
		s.admin.Post(sessionsPath+"/nope/take-over", nil).ExpectError(404, "Session not found")
		s.Clock.Advance(30 * time.Minute)
		s.count(s.admin, own, "Juice", 1).ExpectStatus(200)
		for _, c := range []string{"expired", "expired", "completed"} {
			if c == "completed" {
				s.staff.Post(session+"/complete", nil).ExpectStatus(200)
			}
			s.admin.Post(session+"/take-over", nil).ExpectError(409, "Session is not in progress")
		}
		// Whoever is refused keeps what they have.
		expectLines(s.admin, own, "Panini 1 of 5, need 4", "Juice 1 of 5, need 4", "Salad ? of 5, need 5")
	})
}

func TestTakingOverOnesOwnSessionGivesItTime(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
		s.Clock.Advance(20 * time.Minute)
		s.staff.Post(session+"/take-over", nil).
			Expect(200, `{"session_id": "`+idOf(session)+`", "expires_at": "2026-03-04T20:50:00.123456Z"}`)
		expectLines(s.staff, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
		s.Clock.Advance(30 * time.Minute)
		s.staff.Post(session+"/take-over", nil).ExpectError(409, "Session is not in progress")
	})
}

// Whoever has a session that expired, which a late write would bring back,
// loses it by taking over another.
func TestAnExpiredSessionIsDroppedForTheOneTakenOver(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		own := s.start(s.admin)
		s.Clock.Advance(time.Hour)
		session := s.start(s.staff)
		s.admin.Post(session+"/take-over", nil).ExpectStatus(200)
		s.count(s.admin, own, "Panini", 2).ExpectError(404, "Session not found")
		// And back again.
		s.count(s.admin, session, "Panini", 2).ExpectStatus(200)
		s.staff.Post(session+"/take-over", nil).ExpectStatus(200)
		expectLines(s.staff, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
	})
}
