package milkcount_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func reopen(c *apptest.Client, session, to string, reason ...string) *apptest.Response {
	body := object{"status": to}
	if len(reason) > 0 {
		body["reason"] = reason[0]
	}
	return c.Post(session+"/reopen", body)
}

const onlyAdmin = "Only an admin can reopen this step, or who saved it within 30 minutes and before the next step"

// nextDay turns to an afternoon when a session can be begun.
func (s *shop) nextDay() {
	s.TB.Helper()
	s.at(s.Clock.Now().In(storeZone).AddDate(0, 0, 1).Format("2006-01-02") + " 16:00")
}

func TestOnlyASavedStepCanBeReopened(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		statuses := []string{"night_foh", "night_boh", "morning", "on_order", "completed"}
		for i, status := range statuses {
			s.bring(s.staff, session, status)
			for _, to := range append([]string{"", "foh", "NIGHT_FOH"}, statuses[i:]...) {
				reopen(s.admin, session, to, "typo").
					ExpectError(400, fmt.Sprintf("Cannot reopen to %s - session status is %s", to, status))
			}
			s.expectStatus(session, status)
		}
		if n := len(s.audit("milk_session_reopened")); n != 0 {
			t.Errorf("%d reopenings on record, want none", n)
		}
	})
}

func TestReopeningForgetsTheSavesAndKeepsTheEntries(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		fields := []string{
			`"night_foh_saved_at": "<time>", "night_count_user_id": "<id>", "night_count_user_name": "Sam Rivera"`,
			`"night_boh_saved_at": "<time>", "night_boh_user_id": "<id>", "night_boh_user_name": "Sam Rivera"`,
			`"morning_saved_at": "<time>", "morning_count_user_id": "<id>", "morning_count_user_name": "Sam Rivera"`,
		}
		session := s.start()
		head := `"id": "<id>", "received_at": "<time>", "created_at": "<time>", "date": "2026-03-04"`
		for i, to := range []string{"night_foh", "night_boh", "morning", "on_order"} {
			for _, from := range []string{"night_boh", "morning", "on_order", "completed"}[i:] {
				s.bring(s.staff, session, from)
				entries := s.entries(session)
				want := strings.Join(append([]string{head, `"status": "` + to + `"`}, fields[:i]...), ", ")
				reopen(s.admin, session, to, "a typo").Expect(200, `{"message": "Session reopened", "session": {`+want+`}}`)
				s.expectEntries(session, entries)
			}
		}
		// It can be completed again, by anybody.
		s.bring(s.admin, session, "completed")
		if got := s.staff.Get(session).Text("session.on_order_user_name"); got != "Avery Stone" {
			t.Errorf("on order was saved by %s", got)
		}
	})
}

func TestWhoMayReopen(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		other := s.hire("OTHER01", "Nia Brooks")
		session := s.start()
		s.bring(s.staff, session, "morning")
		// Who saved the step, while nobody has saved the next, and for half an hour.
		reopen(s.staff, session, "night_foh").ExpectError(403, onlyAdmin)
		reopen(s.staff, session, "night_foh", "please").ExpectError(403, onlyAdmin)
		reopen(other, session, "night_boh", "please").ExpectError(403, onlyAdmin)
		reopen(s.staff, session, "night_boh").ExpectStatus(200)
		reopen(s.staff, session, "night_foh").ExpectStatus(200)
		s.bring(other, session, "night_boh")
		reopen(s.staff, session, "night_foh").ExpectError(403, onlyAdmin)
		s.Clock.Advance(30 * time.Minute)
		reopen(other, session, "night_foh").ExpectStatus(200)
		s.bring(other, session, "night_boh")
		s.Clock.Advance(30*time.Minute + time.Microsecond)
		reopen(other, session, "night_foh").ExpectError(403, onlyAdmin)
		// An admin at any time, who says why unless it is their own step.
		for _, reason := range []string{"", "  "} {
			reopen(s.admin, session, "night_foh", reason).ExpectFields(map[string]string{"reason": "Reason is required"})
		}
		reopen(s.admin, session, "night_foh").ExpectFields(map[string]string{"reason": "Reason is required"})
		reopen(s.admin, session, "night_foh", strings.Repeat("ü", 201)).
			ExpectFields(map[string]string{"reason": "Reason too long (max 200 characters)"})
		s.expectStatus(session, "night_boh")
		reopen(s.admin, session, "night_foh", strings.Repeat("ü", 200)).ExpectStatus(200)
		s.bring(s.admin, session, "completed")
		reopen(s.admin, session, "on_order").ExpectStatus(200)
		s.bring(s.admin, session, "completed")
		reopen(s.admin, session, "morning").ExpectFields(map[string]string{"reason": "Reason is required"})
		s.Clock.Advance(31 * time.Minute)
		reopen(s.admin, session, "on_order").ExpectFields(map[string]string{"reason": "Reason is required"})
		reopen(s.admin, session, "night_foh", "recount").ExpectStatus(200)
	})
}

func TestTheBodyOfAReopening(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.bring(s.staff, session, "night_boh")
		for body, want := range map[string]map[string]string{
			`{}`:                               {"status": "Missing data for required field."},
			`{"status": null, "reason": null}`: {"status": "Field may not be null.", "reason": "Field may not be null."},
			`{"status": 3, "reason": 4}`:       {"status": "Not a valid string.", "reason": "Not a valid string."},
			`{"status": "night_foh", "to": 1, "reason": "` + strings.Repeat("x", 201) + `"}`: {
				"to": "Unknown field.", "reason": "Reason too long (max 200 characters)",
			},
		} {
			try(t, body, func() *apptest.Response { return s.staff.Post(session+"/reopen", body) },
				func(r *apptest.Response) { r.ExpectFields(want) })
		}
		s.expectStatus(session, "night_boh")
	})
}

func TestACorrectionIsOnRecordWithOldAndNewValues(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.put(s.staff, session+"/draft", `{"counts": [{"milk_type_id": "<Whole>", "foh_count": 0}]}`).ExpectStatus(200)
		s.bring(s.staff, session, "night_boh")
		if n := len(s.audit("milk_session_corrected")); n != 0 {
			t.Errorf("%d corrections on record before any reopening", n)
		}
		reopen(s.admin, session, "night_foh", " wrong fridge ").ExpectStatus(200)
		// What is drafted and then left out of the save is corrected too.
		s.put(s.staff, session+"/draft", `{"counts": [{"milk_type_id": "<Soy>", "foh_count": 11}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/night-foh", `{"counts": [{"milk_type_id": "<Oat>", "foh_count": 30}]}`).ExpectStatus(200)

		reopened := s.audit("milk_session_reopened")
		if len(reopened) != 1 {
			t.Fatalf("%d reopenings on record, want 1", len(reopened))
		}
		old, _ := reopened[0].Details["old"].([]any)
		delete(reopened[0].Details, "old")
		if diff := cmp.Diff(auditRow{
			"milk_session_reopened", "Session for 2026-03-04: night_foh", "Avery Stone",
			object{"from": "night_boh", "to": "night_foh", "reason": "wrong fridge"},
		}, reopened[0]); diff != "" {
			t.Errorf("the reopening differs (-want +got):\n%s", diff)
		}
		corrected := s.audit("milk_session_corrected")
		if len(corrected) != 1 {
			t.Fatalf("%d corrections on record, want 1", len(corrected))
		}
		now, _ := corrected[0].Details["new"].([]any)
		if corrected[0].Actor != "Sam Rivera" || corrected[0].Description != "Session for 2026-03-04: night_foh" ||
			corrected[0].Details["step"] != "night_foh" {
			t.Errorf("the correction is %v", corrected[0])
		}
		for name, want := range map[string][2]any{"Oat": {3.0, 30.0}, "Soy": {1.0, 11.0}, "Whole": {0.0, 0.0}} {
			if got := [2]any{s.fohIn(old, name), s.fohIn(now, name)}; got != want {
				t.Errorf("%s was %v and is %v on record, want %v", name, got[0], got[1], want)
			}
		}
		// Every later step is a correction too.
		s.bring(s.staff, session, "completed")
		if n := len(s.audit("milk_session_corrected")); n != 4 {
			t.Errorf("%d corrections on record, want 4", n)
		}
	})
}

// fohIn is the front count of a milk among counts on record.
func (s *shop) fohIn(counts []any, name string) any {
	for _, count := range counts {
		if c, _ := count.(object); c["milk_type_id"] == s.milk[name] {
			return c["foh_count"]
		}
	}
	return nil
}
