package demo_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/demo"
	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// checkMilk looks for what a manager would expect of three weeks, and for what
// goes wrong in them.
func checkMilk(t *testing.T, shop demo.Shop, made int, now time.Time) {
	t.Helper()
	who := actor.Actor{Store: storeOf(t, shop.DB)}
	sessions, _, err := shop.Milk.History(t.Context(), who, "", 100, 0)
	if err != nil {
		t.Fatal(err)
	}
	completed, missed, overnight := 0, 0, 0
	for _, s := range sessions {
		switch {
		case s.Status == milkcount.Completed:
			completed++
			if !s.CompletedAt.Before(now) {
				t.Errorf("%s was completed at %s, which is yet to come", s.Date, s.CompletedAt)
			}
		case s.Status == milkcount.NightBOH && s.Date != sessions[0].Date:
			missed++
		}
		overnight += usedOvernight(t, shop, who, s.ID)
	}
	if completed != made || made < 18 || missed != 1 || overnight == 0 {
		t.Errorf("%d counts completed of %d made, %d missed, %d used overnight", completed, made, missed, overnight)
	}
	checkSuggestions(t, shop, who)
}

func usedOvernight(t *testing.T, shop demo.Shop, who actor.Actor, id string) int {
	t.Helper()
	_, entries, err := shop.Milk.Session(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	rows, totals := milkcount.Summarize(entries)
	used := 0
	for _, row := range rows {
		used += row.UsedOvernight
		if row.Total > 60 {
			t.Errorf("%d of %s is more than a fridge holds", row.Total, row.MilkType)
		}
	}
	if totals.Order > 200 {
		t.Errorf("an order of %d", totals.Order)
	}
	return used
}

// checkSuggestions: pars that were set sensibly are near what use suggests.
func checkSuggestions(t *testing.T, shop demo.Shop, who actor.Actor) {
	t.Helper()
	from, to := shop.Milk.LastDays(who.Store)
	usages, err := shop.Milk.Usage(t.Context(), who, from, to)
	if err != nil || len(usages) != 9 {
		t.Fatalf("%d milks are used; error %v", len(usages), err)
	}
	for _, u := range usages {
		if u.SuggestedPar == nil || *u.SuggestedPar < 1 || *u.SuggestedPar > 2*u.MilkType.Par.Value+4 {
			t.Errorf("%s: par %d, suggested %v from %d days", u.MilkType.Name, u.MilkType.Par.Value, u.SuggestedPar, len(u.Days))
		}
	}
}
