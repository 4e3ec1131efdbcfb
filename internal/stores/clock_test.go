package stores_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const milk = "/api/milk-count"

// startedOn begins a milk count in a store and returns its business date.
func startedOn(s *apptest.Server, store string) string {
	s.TB.Helper()
	return in(s.Admin(), store).Post(milk+"/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session.date")
}

func expectDate(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("business date %s, want %s", got, want)
	}
}

func change(s *apptest.Server, store, field, value string) {
	s.TB.Helper()
	s.Admin().Put(storesPath+"/"+store, map[string]string{field: value}).ExpectStatus(http.StatusOK)
}

func TestEachStoreHasABusinessDateOfItsOwn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		tokyo := addStore(s, "B-2", "Asia/Tokyo")                    // 05:01 of the day after
		baker := addStore(s, "C-3", "Etc/GMT+12")                    // 08:02
		expectDate(t, startedOn(s, homeOf(s.Admin())), "2026-03-04") // 12:02
		expectDate(t, startedOn(s, tokyo), "2026-03-05")
		expectDate(t, startedOn(s, baker), "2026-03-04")
		for store, want := range map[string]string{"": "2026-03-04", tokyo: "2026-03-05", baker: "2026-03-04"} {
			expectDate(t, in(s.Admin(), store).Get(milk+"/sessions/today").Text("session.date"), want)
			expectDate(t, in(s.Admin(), store).Get(milk+"/usage").Text("to"), want)
		}
		// What a date means in the history of the inventory is the store's own, too.
		in(s.Admin(), tokyo).Post("/api/tracking/items", `{"name": "Oat Cups", "category": "cups"}`).ExpectStatus(http.StatusCreated)
		const history = "/api/tracking/history?from=2026-03-05"
		if n := in(s.Admin(), tokyo).Get(history).Value("count"); n != 1.0 {
			t.Errorf("%v entries of today, want 1", n)
		}
		s.Admin().Post("/api/tracking/items", `{"name": "Oat Cups", "category": "cups"}`).ExpectStatus(http.StatusCreated)
		if n := s.Admin().Get(history).Value("count"); n != 0.0 {
			t.Errorf("%v entries of tomorrow", n)
		}
	})
}

func TestANewTimeZoneCountsAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		store := addStore(s, "B-2", "Asia/Tokyo")
		expectDate(t, startedOn(s, store), "2026-03-05")
		change(s, store, "timezone", "America/Los_Angeles")
		in(s.Admin(), store).Get(milk+"/sessions/today").Expect(http.StatusOK, `{"session": null}`)
		expectDate(t, startedOn(s, store), "2026-03-04")
		change(s, store, "timezone", "Asia/Tokyo")
		expectDate(t, in(s.Admin(), store).Get(milk+"/sessions/today").Text("session.date"), "2026-03-05")
	})
}

func TestANewBeginOfTheDayCountsAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		store := addStore(s, "B-2", "America/Los_Angeles") // 12:01
		change(s, store, "business_day_start", "12:02")
		expectDate(t, startedOn(s, store), "2026-03-03")
		change(s, store, "morning_count_cutoff", "04:00") // so that the one of the day before is not in the way
		change(s, store, "business_day_start", "12:01")
		expectDate(t, startedOn(s, store), "2026-03-04")
	})
}

func TestANewCutoffCountsAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		store := addStore(s, "B-2", "America/Los_Angeles")
		expectDate(t, startedOn(s, store), "2026-03-04")
		s.Clock.Advance(23 * time.Hour) // a token is good for a day
		there := in(s.Admin(), store)
		expectDate(t, there.Get(milk+"/sessions/today").Text("session.date"), "2026-03-04")
		change(s, store, "morning_count_cutoff", "11:01")
		there.Get(milk+"/sessions/today").Expect(http.StatusOK, `{"session": null}`)
		change(s, store, "morning_count_cutoff", "11:02")
		expectDate(t, there.Get(milk+"/sessions/today").Text("session.date"), "2026-03-04")
		change(s, store, "morning_count_cutoff", "04:00")
		expectDate(t, startedOn(s, store), "2026-03-05")
	})
}
