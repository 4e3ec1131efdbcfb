package app_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const instant = "2006-01-02T15:04:05.000000Z"

// offline is a client that says when it did what it sends now.
func offline(c *apptest.Client, at time.Time) *apptest.Client {
	return c.With("X-Recorded-At", at.Format(instant))
}

func TestWhatWasDoneOutOfReachIsOnRecordAtItsTime(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		done, heard := apptest.Noon.Add(-3*time.Hour), apptest.Noon
		add := offline(s.Staff(), done).Post("/api/tracking/items", `{"name": "Oat", "category": "other", "code": "4821"}`)
		if got := add.ExpectStatus(http.StatusCreated).Text("item.added_at"); got != done.Format(instant) {
			t.Errorf("added at %s", got)
		}
		offline(s.Staff(), done.Add(time.Minute)).Delete("/api/tracking/items/4821").ExpectStatus(http.StatusOK)
		offline(s.Staff(), done.Add(2*time.Minute)).Post("/api/tracking/items/4821/restore", nil).ExpectStatus(http.StatusOK)
		history := s.Staff().Get("/api/tracking/history")
		feed := s.Staff().Get("/api/activity/recent")
		for i, want := range []time.Time{done.Add(2 * time.Minute), done.Add(time.Minute), done} {
			line := []string{"history.0.", "history.1.", "history.2."}[i]
			if got := history.Text(line + "timestamp"); got != want.Format(instant) {
				t.Errorf("line %d is of %s, want %v", i, got, want)
			}
			if got := history.Text(line + "received_at"); got != heard.Format(instant) {
				t.Errorf("line %d was heard of at %s", i, got)
			}
			entry := []string{"activities.0.", "activities.1.", "activities.2."}[i]
			if got := feed.Text(entry + "timestamp"); got != want.Format(instant) {
				t.Errorf("entry %d of the feed is of %s, want %v", i, got, want)
			}
		}
	})
}

func TestTheAuditLogTellsWhenAnAdminDidIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		done := apptest.Noon.Add(-5 * time.Hour)
		offline(s.Admin(), done).Post("/api/rtde/admin/items", `{"name": "Panini", "par_level": 4}`).ExpectStatus(http.StatusCreated)
		s.Admin().Post("/api/admin/users", `{"partner_number": "NIA01", "name": "Nia Brooks", "pin": "2468"}`).ExpectStatus(http.StatusCreated)
		log := s.Admin().Get("/api/admin/activity?limit=30")
		found := false
		for _, entry := range log.Value("activities").([]any) {
			e := entry.(map[string]any)
			found = found || e["type"] == "rtde_item_created" && e["timestamp"] == done.Format(instant)
		}
		if !found {
			t.Errorf("no entry of %v in %s", done, log.Body)
		}
	})
}

// The night shift counted before the day turned, and its phone found the
// network the next noon.
func TestANightCountThatArrivesLateIsOfItsNight(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		night := apptest.Noon.Add(-13 * time.Hour) // 23:00 the day before, store time
		session := offline(s.Staff(), night).Post("/api/milk-count/sessions/start", nil).ExpectStatus(http.StatusCreated)
		if got := session.Text("session.date"); got != "2026-03-03" {
			t.Errorf("the session is of %s", got)
		}
		id := session.Text("session.id")
		saved := offline(s.Staff(), night.Add(time.Minute)).
			Put("/api/milk-count/sessions/"+id+"/night-foh", `{"counts": []}`).ExpectStatus(http.StatusOK)
		if got := saved.Text("session.night_foh_saved_at"); got != night.Add(time.Minute).Format(instant) {
			t.Errorf("saved at %s", got)
		}
		if got := saved.Text("session.received_at"); got != apptest.Noon.Format(instant) {
			t.Errorf("heard of at %s", got)
		}
		if got := s.Staff().Get("/api/milk-count/sessions/today").Text("session.id"); got != id {
			t.Error("the morning shift does not find it")
		}
	})
}

func TestWhetherADisplaySessionHadExpiredIsJudgedByWhenTheWorkWasDone(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		start := "/api/rtde/sessions/start"
		id := s.Staff().Post(start, nil).ExpectStatus(http.StatusCreated).Text("session_id")
		s.Clock.Advance(2 * time.Hour)
		s.Staff().Post(start, `{"action": "resume"}`).ExpectError(http.StatusBadRequest, "No active session to resume")
		done := apptest.Noon.Add(20 * time.Minute)
		offline(s.Staff(), done).Post(start, `{"action": "resume"}`).
			Expect(http.StatusOK, `{"session_id": "`+id+`", "expires_at": "`+done.Add(30*time.Minute).Format(instant)+`"}`)
		// What comes in the wrong order takes nothing back.
		offline(s.Staff(), done.Add(-10*time.Minute)).Post(start, `{"action": "resume"}`).
			Expect(http.StatusOK, `{"session_id": "`+id+`", "expires_at": "`+done.Add(30*time.Minute).Format(instant)+`"}`)
		complete := "/api/rtde/sessions/" + id + "/complete"
		offline(s.Staff(), done.Add(5*time.Minute)).Post(complete, nil).ExpectStatus(http.StatusOK)
		got := s.Staff().Get("/api/rtde/history")
		if got.Text("sessions.0.completed_at") != done.Add(5*time.Minute).Format(instant) || got.Value("sessions.0.duration_seconds") != 1500.0 {
			t.Errorf("the record is %s", got.Body)
		}
		if heard := got.Text("sessions.0.received_at"); heard != s.Clock.Now().Format(instant) {
			t.Errorf("heard of at %s", heard)
		}
	})
}

func TestOnlyATimeNearTheServersIsTaken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		body := `{"name": "Oat", "category": "other"}`
		for _, at := range []time.Time{
			apptest.Noon.Add(-48 * time.Hour), apptest.Noon.Add(2 * time.Minute), apptest.Noon,
		} {
			offline(s.Staff(), at).Post("/api/tracking/items", body).ExpectStatus(http.StatusCreated)
		}
		for _, text := range []string{
			apptest.Noon.Add(-48*time.Hour - time.Microsecond).Format(instant),
			apptest.Noon.Add(2*time.Minute + time.Microsecond).Format(instant),
			"yesterday", "2026-03-04", "2026-03-04T20:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1772654400",
		} {
			s.Staff().With("X-Recorded-At", text).Post("/api/tracking/items", body).
				ExpectError(http.StatusBadRequest, "Invalid X-Recorded-At")
		}
		s.Staff().With("X-Recorded-At", "2026-03-04T21:00:00+01:00").Post("/api/tracking/items", body).ExpectStatus(http.StatusCreated)
		s.Staff().With("X-Recorded-At", "yesterday").Get("/api/tracking/items").ExpectStatus(http.StatusOK)
	})
}
