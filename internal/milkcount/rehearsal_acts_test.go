package milkcount_test

import (
	"context"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/milkcount"
)

func (r *rehearsal) start(t *rapid.T) {
	got, started, err := r.service().Start(context.Background(), r.user(t))
	expectRefusal(t, err, "")
	s := r.inTheWay(r.now())
	if started != (s == nil) {
		t.Fatalf("started is %t", started)
	}
	if s == nil {
		s = r.begin(got.ID, r.now())
	}
	expectSession(t, s, got)
}

func (r *rehearsal) save(t *rapid.T) {
	who := r.user(t)
	id, s := r.sheet(t)
	step := rapid.IntRange(0, 3).Draw(t, "step")
	if s != nil && s.step < 4 && !rarely(t, 4, "any step") {
		step = s.step
	}
	counts := r.counts(t, step, false)
	got, err := r.service().Save(context.Background(), who, id, milkcount.Status(ledgerWords[step]), counts)
	refusal := r.ledger.save(who, s, step, counts, r.now())
	expectRefusal(t, err, refusal)
	if refusal == "" {
		expectSession(t, s, got)
	}
}

func (r *rehearsal) draft(t *rapid.T) {
	who := r.user(t)
	id, s := r.sheet(t)
	var counts []milkcount.Count
	refusal := ""
	if s != nil && s.step < 4 {
		counts = r.counts(t, s.step, true)
		if rarely(t, 10, "refused") {
			refusal = "counts array required"
		}
	}
	got, err := r.service().Draft(context.Background(), who, id, func(step milkcount.Status) ([]milkcount.Count, error) {
		if refusal != "" {
			return nil, fault.New(fault.Invalid, "%s", refusal)
		}
		if want := ledgerWords[s.step]; string(step) != want {
			return nil, fault.New(fault.Invalid, "read for %s, want %s", step, want)
		}
		return counts, nil
	})
	refusal = r.ledger.draft(who, s, refusal, counts, r.now())
	expectRefusal(t, err, refusal)
	if refusal == "" {
		r.expectEntries(t, s, got)
	}
}

func (r *rehearsal) reopen(t *rapid.T) {
	who := r.user(t)
	id, s := r.sheet(t)
	to := rapid.SampledFrom(append([]string{"noon"}, ledgerWords[:]...)).Draw(t, "status")
	if s != nil && s.step > 0 && rapid.Bool().Draw(t, "the last step") {
		to = ledgerWords[s.step-1]
	}
	reason := rapid.SampledFrom([]string{"", "typo"}).Draw(t, "reason")
	got, err := r.service().Reopen(context.Background(), who, id, milkcount.Status(to), reason)
	refusal := r.ledger.reopen(who, s, to, reason, r.now())
	expectRefusal(t, err, refusal)
	if refusal == "" {
		expectSession(t, s, got)
	}
}

func (r *rehearsal) setPar(t *rapid.T) {
	milk, par := rapid.SampledFrom(r.milks).Draw(t, "milk"), rapid.IntRange(0, 60).Draw(t, "par")
	got, err := r.service().SetPar(context.Background(), r.admin(), milk.id, par)
	expectRefusal(t, err, "")
	if milk.par = par; got.Par.Value != par {
		t.Fatalf("the par is %d, want %d", got.Par.Value, par)
	}
}

func (r *rehearsal) addMilk(t *rapid.T) {
	if len(r.milks) == 5 {
		t.Skip("that is enough milk")
	}
	milk := &ledgerMilk{name: fmt.Sprintf("Milk %d", len(r.milks)), place: 1, shown: true, par: rapid.IntRange(0, 40).Draw(t, "par")}
	for _, other := range r.milks {
		milk.place = max(milk.place, other.place+1)
	}
	got, err := r.service().AddMilkType(context.Background(), r.admin(), milk.name, milkcount.Dairy, milk.par)
	expectRefusal(t, err, "")
	if milk.id = got.ID; got.DisplayOrder != milk.place {
		t.Fatalf("%s has the place %d, want %d", milk.name, got.DisplayOrder, milk.place)
	}
	r.milks = append(r.milks, milk)
}

// moveMilk puts a milk elsewhere on the shelf, and hides or shows it.
func (r *rehearsal) moveMilk(t *rapid.T) {
	milk := rapid.SampledFrom(r.milks).Draw(t, "milk")
	milk.shown, milk.place = rapid.Bool().Draw(t, "shown"), rapid.IntRange(1, 6).Draw(t, "place")
	_, err := r.service().ChangeMilkType(context.Background(), r.admin(), milk.id,
		milkcount.MilkTypeChange{Active: &milk.shown, DisplayOrder: &milk.place})
	expectRefusal(t, err, "")
}

func (r *rehearsal) wait(t *rapid.T) {
	r.server.Clock.Advance(rapid.SampledFrom([]time.Duration{
		time.Microsecond, time.Minute, 29 * time.Minute, 30 * time.Minute, 2 * time.Hour, 7 * time.Hour, 50 * time.Hour,
	}).Draw(t, "time"))
}

// turnTo waits for one of the minutes at which something changes.
func (r *rehearsal) turnTo(t *rapid.T) {
	at := rapid.SampledFrom([]time.Duration{
		0, 30 * time.Minute, 4*time.Hour - time.Minute, 4 * time.Hour, 15*time.Hour - time.Minute, 15 * time.Hour,
		24*time.Hour - time.Minute,
	}).Draw(t, "wall clock")
	year, month, day := r.now().In(r.zone).Date()
	for days := 0; ; days++ {
		moment := time.Date(year, month, day+days, 0, int(at.Minutes()), 0, 0, r.zone)
		if moment.After(r.now()) {
			r.server.Clock.Set(moment)
			return
		}
	}
}
