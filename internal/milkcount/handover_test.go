package milkcount_test

import (
	"strings"
	"testing"
)

func TestASecondStartIsShownTheSession(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.staff.Get(todayPath).Expect(200, `{"session": null}`)
		session := `{"id": "<id>", "date": "2026-03-04", "status": "night_foh", "received_at": "<time>", "created_at": "2026-03-04T20:00:00.123456Z"}`
		r := s.staff.Post(startPath, nil)
		r.Expect(201, `{"message": "Session started", "session": `+session+`}`)
		exists := `{"error": "Session already exists for today", "session": ` + session + `}`
		again := s.admin.Post(startPath, nil)
		again.Expect(400, exists)
		if again.Text("session.id") != r.Text("session.id") {
			t.Error("it is another session")
		}
		s.staff.Post(startPath, `{}`).Expect(400, exists)
		s.staff.Get(todayPath).Expect(200, `{"session": `+session+`}`)
		// Also one that is completed.
		s.bring(s.staff, root+"/sessions/"+r.Text("session.id"), "completed")
		done := s.staff.Post(startPath, nil).ExpectStatus(400)
		if got := done.Text("error") + " " + done.Text("session.status"); got != "Session already exists for today completed" {
			t.Errorf("the answer is %s", done.Body)
		}
	})
}

// The old system lost the night's count at midnight.
func TestANightCountIsFinishedAfterMidnightAndCompletedInTheMorning(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.hire("OTHER01", "Nia Brooks")
		today := func() string { return root + "/sessions/" + s.staff.Get(todayPath).Text("session.id") }
		s.at("2026-03-05 23:50")
		session := s.start()
		s.Clock.Advance(5 * 60e9)
		s.put(s.staff, session+"/night-foh", steps[0].body).ExpectStatus(200)
		s.at("2026-03-06 00:20")
		if got := today(); got != session {
			t.Fatalf("after midnight the session is %s, want %s", got, session)
		}
		s.put(s.staff, session+"/night-boh", steps[1].body).ExpectStatus(200)
		s.at("2026-03-06 05:30")
		if got := today(); got != session {
			t.Fatalf("in the morning the session is %s, want %s", got, session)
		}
		r := s.put(s.partner("OTHER01", "2468"), session+"/morning", steps[2].body).ExpectStatus(200)
		if got := r.Text("session.night_boh_user_name") + ", " + r.Text("session.morning_count_user_name"); got != "Sam Rivera, Nia Brooks" {
			t.Errorf("the back fridges and the morning were counted by %s", got)
		}
		s.at("2026-03-06 06:10")
		s.put(s.admin, session+"/on-order", steps[3].body).ExpectStatus(200)
		want := `{"id": "<id>", "date": "2026-03-05", "status": "completed", "received_at": "<time>", "created_at": "2026-03-06T07:50:00.000000Z",
			"night_foh_saved_at": "2026-03-06T07:55:00.000000Z", "night_count_user_id": "<id>", "night_count_user_name": "Sam Rivera",
			"night_boh_saved_at": "2026-03-06T08:20:00.000000Z", "night_boh_user_id": "<id>", "night_boh_user_name": "Sam Rivera",
			"morning_saved_at": "2026-03-06T13:30:00.000000Z", "morning_count_user_id": "<id>", "morning_count_user_name": "Avery Stone",
			"on_order_saved_at": "2026-03-06T14:10:00.000000Z", "on_order_user_id": "<id>", "on_order_user_name": "Avery Stone",
			"completed_at": "2026-03-06T14:10:00.000000Z"}`
		s.staff.Get(todayPath).Expect(200, `{"session": `+want+`}`)
		s.staff.Get(historyPath).Expect(200, `{"sessions": [`+want+`], "total": 1, "limit": 30, "offset": 0}`)
		s.expectEntries(session, map[string]string{
			"Oat": "3 4 boh_count 9 5 2 Avery Stone", "Soy": "1 2 direct_delivered . 6 0 Avery Stone",
		})
	})
}

func TestWhichSessionIsTodays(t *testing.T) {
	const none = "none"
	eachShop(t, func(t *testing.T, s *shop) {
		look := func(wall, want string) {
			t.Helper()
			s.at(wall)
			got := none
			if r := s.staff.Get(todayPath).ExpectStatus(200); r.Value("session") != nil {
				got = r.Text("session.date") + " " + r.Text("session.status")
			}
			if got != want {
				t.Errorf("at %s the session is %s, want %s", wall, got, want)
			}
		}
		refused := func(want string) {
			t.Helper()
			r := s.staff.Post(startPath, nil).ExpectStatus(400)
			if got := r.Text("error") + ": " + r.Text("session.date"); got != "Session already exists for today: "+want {
				t.Errorf("start answers %s, want the session of %s", r.Body, want)
			}
		}
		look("2026-03-05 03:59", none)
		early := s.start() // belongs to the fourth
		look("2026-03-05 03:59", "2026-03-04 night_foh")
		look("2026-03-05 04:00", "2026-03-04 night_foh")
		refused("2026-03-04")
		look("2026-03-05 14:59", "2026-03-04 night_foh")
		refused("2026-03-04")
		look("2026-03-05 15:00", none)
		if got := s.staff.Get(early).Text("session.status"); got != "night_foh" {
			t.Errorf("the older session is at %s", got)
		}
		second := s.start()
		look("2026-03-05 15:00", "2026-03-05 night_foh")
		// The older one, unfinished, is worked on by its id.
		s.bring(s.staff, early, "completed")
		look("2026-03-05 23:59", "2026-03-05 night_foh")
		look("2026-03-06 00:00", "2026-03-05 night_foh")
		look("2026-03-06 03:59", "2026-03-05 night_foh")
		s.bring(s.staff, second, "completed")
		look("2026-03-06 03:59", "2026-03-05 completed")
		refused("2026-03-05")
		// Done, it is still shown, but a new day may begin.
		look("2026-03-06 04:00", "2026-03-05 completed")
		look("2026-03-06 09:00", "2026-03-05 completed")
		third := s.start()
		look("2026-03-06 09:00", "2026-03-06 night_foh")
		refused("2026-03-06")
		if third == second || !strings.HasPrefix(third, root) {
			t.Errorf("the new session is %s", third)
		}
		look("2026-03-07 14:59", "2026-03-06 night_foh")
		look("2026-03-07 15:00", none)
		look("2026-03-08 04:00", none) // two days old
		s.bring(s.admin, third, "completed")
	})
}
