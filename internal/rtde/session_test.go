package rtde_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestASessionIsStartedAndResumed(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		s.staff.Get(activePath).Expect(200, `{"session": null}`)
		s.staff.Post(startPath, resume).ExpectError(400, "No active session to resume")
		r := s.staff.Post(startPath, nil).Expect(201, `{"session_id": "<id>", "expires_at": "2026-03-04T20:30:00.123456Z"}`)
		id := r.Text("session_id")
		s.staff.Get(activePath).Expect(200, `{"session": {"id": "`+id+`", "started_at": "2026-03-04T20:00:00.123456Z",
			"expires_at": "2026-03-04T20:30:00.123456Z", "items_counted": 0, "total_items": 3}}`)
		s.admin.Get(activePath).Expect(200, `{"session": null}`)
		s.admin.Post(startPath, resume).ExpectError(400, "No active session to resume")

		s.Clock.Advance(30*time.Minute - time.Microsecond)
		s.staff.Post(startPath, resume).Expect(200, `{"session_id": "`+id+`", "expires_at": "2026-03-04T21:00:00.123455Z"}`)
		session := sessionsPath + "/" + id
		s.count(s.staff, session, "Panini", 0).ExpectStatus(200)
		s.count(s.staff, session, "Juice", 7).ExpectStatus(200)
		s.pull(s.staff, session, "Salad", true).ExpectStatus(200)
		s.staff.Get(activePath).Expect(200, `{"session": {"id": "`+id+`", "started_at": "2026-03-04T20:00:00.123456Z",
			"expires_at": "2026-03-04T21:00:00.123455Z", "items_counted": 2, "total_items": 3}}`)
		s.admin.Put(itemsPath+"/"+s.item["Juice"], `{"active": false}`).ExpectStatus(200)
		s.staff.Get(activePath).Expect(200, `{"session": {"id": "`+id+`", "started_at": "<time>",
			"expires_at": "<time>", "items_counted": 1, "total_items": 2}}`)
	})
}

func TestANewSessionReplacesTheOldOne(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		others := s.start(s.admin)
		session := s.start(s.staff)
		for _, body := range []any{nil, `{}`, `{"action": "new"}`, `{"action": " new "}`} {
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			next := sessionsPath + "/" + s.staff.Post(startPath, body).ExpectStatus(201).Text("session_id")
			if next == session {
				t.Errorf("%v went on with the old session", body)
			}
			s.staff.Get(session).ExpectError(404, "Session not found")
			s.count(s.staff, session, "Panini", 2).ExpectError(404, "Session not found")
			s.pull(s.staff, session, "Panini", true).ExpectError(404, "Session not found")
			s.put(s.staff, session+"/counts", `{"counts": []}`).ExpectError(404, "Session not found")
			s.staff.Get(session+"/pull-list").ExpectError(404, "Session not found")
			s.staff.Post(session+"/complete", nil).ExpectError(404, "Session not found")
			s.admin.Post(session+"/take-over", nil).ExpectError(404, "Session not found")
			expectLines(s.staff, next, "Panini ? of 5, need 5", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
			session = next
		}
		s.admin.Get(others).ExpectStatus(200) // nobody else's
		if n := s.number(`SELECT count(*) FROM rtde_sessions`); n != 2 {
			t.Errorf("%d sessions, want 2", n)
		}
		// An expired one is replaced as well.
		s.Clock.Advance(time.Hour)
		s.start(s.staff)
		s.staff.Get(session).ExpectError(404, "Session not found")
	})
}

func TestOnlyTwoActionsAreKnown(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		for body, want := range map[string]fields{
			`{"action": "continue"}`:      {"action": "Must be one of: new, resume."},
			`{"action": "NEW"}`:           {"action": "Must be one of: new, resume."},
			`{"action": ""}`:              {"action": "Must be one of: new, resume."},
			`{"action": null}`:            {"action": null},
			`{"action": 1}`:               {"action": notString},
			`{"action": "new", "user":1}`: {"user": unknown},
		} {
			s.staff.Post(startPath, body).ExpectFields(want)
		}
		s.staff.Post(startPath, `"new"`).ExpectError(400, "Request body must be a JSON object")
		s.staff.With("Content-Type", "text/plain").Post(startPath, `{}`).
			ExpectError(415, "Content-Type must be application/json")
		s.staff.Get(session).ExpectStatus(200)
	})
}

func TestASessionShowsEveryItemInOrder(t *testing.T) {
	eachShop(t, []string{"Juice", "Salad"}, func(_ *testing.T, s *shop) {
		id := s.admin.Post(itemsPath, `{"name": "Panini", "par_level": 6, "brand": "Field Kitchen",
			"image_filename": "panini.webp", "icon": "🥪"}`).ExpectStatus(201).Text("item.id")
		s.item["Panini"] = id
		s.put(s.admin, reorderPath, `{"item_orders": [{"id": "<Panini>", "display_order": 0}]}`).ExpectStatus(200)
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 0).ExpectStatus(200)
		s.Clock.Advance(time.Minute)
		s.count(s.staff, session, "Salad", 8).ExpectStatus(200)
		s.pull(s.staff, session, "Panini", true).ExpectStatus(200)
		want := `{"session": {"id": "` + idOf(session) + `", "user_id": "` + s.staff.UserID + `", "user_name": "Sam Rivera",
			"started_by": "` + s.staff.UserID + `", "started_by_name": "Sam Rivera", "status": %q,
			"received_at": "<time>", "started_at": "2026-03-04T20:00:00.123456Z", "expires_at": "2026-03-04T20:31:00.123456Z"%s}, "items": [
			{"item_id": "` + id + `", "name": "Panini", "brand": "Field Kitchen", "image_filename": "panini.webp",
			"icon": "🥪", "par_level": 6, "display_order": 0, "counted_quantity": 0, "is_counted": %t, "need_quantity": 6,
			"is_pulled": %t},
			{"item_id": "<id>", "name": "Juice", "brand": null, "image_filename": null, "icon": null, "par_level": 5,
			"display_order": 1, "counted_quantity": 0, "is_counted": false, "need_quantity": 5, "is_pulled": false},
			{"item_id": "<id>", "name": "Salad", "brand": null, "image_filename": null, "icon": null, "par_level": 5,
			"display_order": 2, "counted_quantity": %d, "is_counted": %t, "need_quantity": %d, "is_pulled": false}]}`
		s.staff.Get(session).Expect(200, fmt.Sprintf(want, "in_progress", "", true, true, 8, true, 0))
		s.admin.Get(session).ExpectError(403, "Unauthorized - not your session")
		s.staff.Get(sessionsPath+"/nope").ExpectError(404, "Session not found")
		s.Clock.Advance(30 * time.Minute)
		s.staff.Get(session).Expect(200, fmt.Sprintf(want, "expired", "", true, true, 8, true, 0))
		s.staff.Post(session+"/complete", nil).ExpectStatus(200)
		s.staff.Get(session).Expect(200, fmt.Sprintf(want, "completed", `, "completed_at": "2026-03-04T20:31:00.123456Z"`,
			false, false, 0, false, 5))
		s.admin.Get(session).ExpectError(403, "Unauthorized - not your session")
	})
}

// Hidden items are left out, and what was counted of them is there when they
// are shown again.
func TestHiddenItemsAreLeftOut(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Juice", 2).ExpectStatus(200)
		s.admin.Put(itemsPath+"/"+s.item["Juice"], `{"active": false}`).ExpectStatus(200)
		expectLines(s.staff, session, "Panini ? of 5, need 5", "Salad ? of 5, need 5")
		s.admin.Put(itemsPath+"/"+s.item["Juice"], `{"active": true, "par_level": 3}`).ExpectStatus(200)
		expectLines(s.staff, session, "Panini ? of 5, need 5", "Juice 2 of 3, need 1", "Salad ? of 5, need 5")
	})
}

func TestTheStoreSeesWhoIsAtWork(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		s.staff.Get(inProgressPath).Expect(200, `{"sessions": []}`)
		first := s.start(s.staff)
		s.count(s.staff, first, "Panini", 0).ExpectStatus(200)
		s.Clock.Advance(10 * time.Minute)
		second := s.start(s.admin)
		line := func(session string, c *apptest.Client, name string, started, expires string, counted int) string {
			return fmt.Sprintf(`{"id": %q, "user_id": %q, "user_name": %q, "started_by": %q, "started_by_name": %q,
				"started_at": "2026-03-04T%s:00.123456Z", "expires_at": "2026-03-04T%s:00.123456Z",
				"items_counted": %d, "total_items": 3}`, idOf(session), c.UserID, name, c.UserID, name, started, expires, counted)
		}
		admins := line(second, s.admin, apptest.AdminName, "20:10", "20:40", 0)
		s.staff.Get(inProgressPath).Expect(200, `{"sessions": [`+admins+`, `+
			line(first, s.staff, apptest.StaffName, "20:00", "20:30", 1)+`]}`)
		s.Clock.Advance(20 * time.Minute)
		s.staff.Get(inProgressPath).Expect(200, `{"sessions": [`+admins+`]}`)
		s.count(s.staff, first, "Juice", 3).ExpectStatus(200)
		s.admin.Get(inProgressPath).Expect(200, `{"sessions": [`+admins+`, `+
			line(first, s.staff, apptest.StaffName, "20:00", "21:00", 2)+`]}`)
		s.admin.Post(second+"/complete", nil).ExpectStatus(200)
		s.admin.Get(inProgressPath).Expect(200, `{"sessions": [`+
			line(first, s.staff, apptest.StaffName, "20:00", "21:00", 2)+`]}`)
	})
}
