package demo_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/demo"
	"github.com/sirenbase/sirenbase/internal/rtde"
)

func restocks(t *testing.T, shop demo.Shop) []rtde.Session {
	t.Helper()
	who := actor.Actor{Store: storeOf(t, shop.DB)}
	sessions, _, err := shop.RTDE.History(t.Context(), who, 100, 0)
	if err != nil {
		t.Fatal(err)
	}
	return sessions
}

// checkRestocks holds each restock against the day, and the display against
// the eye.
func checkRestocks(t *testing.T, shop demo.Shop, made int, now time.Time) {
	t.Helper()
	who := actor.Actor{Store: storeOf(t, shop.DB)}
	items, err := shop.RTDE.Items(t.Context(), who, false)
	if err != nil || len(items) != 20 {
		t.Errorf("%d items in the display, want 20; error %v", len(items), err)
	}
	for i, item := range items {
		if item.Icon == nil || item.ParLevel < 2 || item.DisplayOrder != i+1 || !item.UpdatedAt.Before(now) {
			t.Errorf("item %d is %+v", i, item)
		}
	}
	if open, err := shop.RTDE.InProgress(t.Context(), who); err != nil || len(open) != 0 {
		t.Errorf("in progress: %v; error %v", open, err)
	}
	sessions := restocks(t, shop)
	if made != len(sessions) || made < 19 || made > 20 {
		t.Errorf("made %d restocks, found %d, want about 20", made, len(sessions))
	}
	partners, days := map[string]bool{}, map[string]bool{}
	for _, s := range sessions {
		r := s.Record
		partners[s.UserName], days[s.CompletedAt.In(who.Store.Location).Format(time.DateOnly)] = true, true
		if r.ItemsCounted != 20 || r.ItemsPulled < 5 || r.UnitsPulled < r.ItemsPulled || s.UserID != s.StartedBy {
			t.Errorf("the record of %s is %+v", s.CompletedAt, r)
		}
		if r.Duration < 4*time.Minute || r.Duration > 20*time.Minute || !s.CompletedAt.Before(now) {
			t.Errorf("%s took %s", s.CompletedAt, r.Duration)
		}
	}
	if len(partners) < 5 || len(days) != made {
		t.Errorf("%d partners on %d days", len(partners), len(days))
	}
}
