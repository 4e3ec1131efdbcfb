package legacy_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/legacy"
	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

// The newest night of the sample is that of 21 February, which the old system
// called the 22nd.
func TestOnTheEveningAfterTheMoveACountCanBeStarted(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		move := prepare(t, s, source, legacy.Options{})
		if want := "The dates of 70 milk counts were the server's (UTC); they are now the store's."; !slices.Contains(move.Notes, want) {
			t.Errorf("%q", move.Notes)
		}
		moveIn(t, s, source)
		s.Clock.Set(time.Date(2026, time.February, 23, 6, 0, 0, 0, time.UTC)) // ten in the evening of the 22nd
		r := s.LogIn("LEE4417", "5678").Post("/api/milk-count/sessions/start", nil).ExpectStatus(http.StatusCreated)
		if r.Text("session.date") != "2026-02-22" {
			t.Errorf("%s", r.Body)
		}
	})
}

const addCount = `INSERT INTO milk_count_sessions (id, session_date, status, created_at) VALUES `

func TestACountThatIsUnderWayStaysTodays(t *testing.T) {
	source := legacytest.Sample(t)
	legacytest.Run(t, source, addCount+`('under-way', '2026-02-23', 'night_foh', '2026-02-23 00:06')`)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		s.Clock.Set(time.Date(2026, time.February, 23, 1, 0, 0, 0, time.UTC)) // an hour after it began
		r := s.LogIn("LEE4417", "5678").Get("/api/milk-count/sessions/today").ExpectStatus(http.StatusOK)
		if r.Text("session.id") != "under-way" || r.Text("session.date") != "2026-02-22" {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestDatesStayWhereTheStoresWouldFallTogetherOrWereNotTheServers(t *testing.T) {
	for name, c := range map[string]struct {
		change string
		told   bool
	}{
		"two of one day":     {addCount + `('second', '2026-02-25', 'night_foh', '2026-02-25 13:00'), ('third', '2026-02-26', 'night_foh', '2026-02-26 01:00')`, true},
		"one of another day": {addCount + `('second', '2026-03-05', 'night_foh', '2026-02-23 00:06')`, false},
	} {
		t.Run(name, func(t *testing.T) {
			source := legacytest.Sample(t)
			legacytest.Run(t, source, c.change)
			eachEmpty(t, func(t *testing.T, s *apptest.Server) {
				move := prepare(t, s, source, legacy.Options{})
				if told := len(move.Notes) > 0; told != c.told {
					t.Errorf("%q", move.Notes)
				}
				moveIn(t, s, source)
				if got := valueOf(t, s.DB, `SELECT id FROM milk_sessions WHERE session_date = '2026-02-22'`); got != "494c9a9c-1ec5-4839-a19a-068f83bc9b14" {
					t.Errorf("the date is now that of %s", got)
				}
			})
		})
	}
}
