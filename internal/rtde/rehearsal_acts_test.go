package rtde_test

import (
	"context"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/rtde"
)

func (r *rehearsal) start(t *rapid.T) {
	who := r.user(t)
	got, err := r.service().Start(context.Background(), who)
	expectRefusal(t, err, "")
	r.ledger.start(got.ID, who, r.now())
}

func (r *rehearsal) resume(t *rapid.T) {
	who := r.user(t)
	got, err := r.service().Resume(context.Background(), who)
	w, refusal := r.ledger.resume(who, r.now())
	expectRefusal(t, err, refusal)
	if w != nil && got.ID != w.id {
		t.Fatalf("resumed %s, want %s", got.ID, w.id)
	}
}

func (r *rehearsal) count(t *rapid.T) {
	id, w := r.walk(t)
	who := r.worker(t, w)
	// Each item at most once, and seldom one that is no more.
	var items []*ledgerItem
	var counts []rtde.Count
	for _, i := range r.shelf {
		if rapid.Bool().Draw(t, i.name) && (!i.gone || rarely(t, 6, "though it is gone")) {
			items = append(items, i)
			counts = append(counts, rtde.Count{ItemID: i.id, Quantity: rapid.IntRange(0, 8).Draw(t, "quantity")})
		}
	}
	err := r.service().SaveCounts(context.Background(), who, id, counts)
	refusal := r.write(w, who, items, r.now())
	expectRefusal(t, err, refusal)
	if refusal == "" {
		for _, c := range counts {
			w.counted[c.ItemID] = c.Quantity
		}
	}
}

func (r *rehearsal) pull(t *rapid.T) {
	id, w := r.walk(t)
	who := r.worker(t, w)
	item, ticked := r.anItem(t), rapid.Bool().Draw(t, "ticked")
	err := r.service().SavePull(context.Background(), who, id, item.id, ticked)
	usedBefore := item.used
	refusal := r.write(w, who, []*ledgerItem{item}, r.now())
	expectRefusal(t, err, refusal)
	switch {
	case refusal != "":
	case ticked || w.mentions(item):
		w.pulled[item.id] = ticked
	default: // taking back a tick that never was leaves no trace
		item.used = usedBefore
	}
}

func (r *rehearsal) takeOver(t *rapid.T) {
	who := r.user(t)
	id, w := r.walk(t)
	got, err := r.service().TakeOver(context.Background(), who, id)
	refusal := r.ledger.takeOver(w, who, r.now())
	expectRefusal(t, err, refusal)
	if refusal == "" && (got.ID != id || !got.ExpiresAt.Equal(r.now().Add(30*time.Minute))) {
		t.Fatalf("took over %s until %s", got.ID, got.ExpiresAt)
	}
}

func (r *rehearsal) complete(t *rapid.T) {
	id, w := r.walk(t)
	who := r.worker(t, w)
	err := r.service().Complete(context.Background(), who, id)
	expectRefusal(t, err, r.ledger.complete(w, who, r.now()))
}

func (r *rehearsal) wait(t *rapid.T) {
	r.server.Clock.Advance(rapid.SampledFrom([]time.Duration{
		time.Microsecond, time.Minute, 29 * time.Minute, 30*time.Minute - time.Microsecond, 30 * time.Minute,
		6 * time.Hour, 12 * time.Hour, 12*time.Hour + 30*time.Minute - time.Microsecond,
	}).Draw(t, "time"))
}

func (r *rehearsal) cleanUp(t *rapid.T) {
	got, err := r.service().CleanUp(context.Background())
	expectRefusal(t, err, "")
	if want := r.sweep(30*time.Minute+12*time.Hour, r.now()); got != want {
		t.Fatalf("cleaned up %d sessions, want %d", got, want)
	}
}

func (r *rehearsal) cleanUpNow(t *rapid.T) {
	got, err := r.service().CleanUpNow(context.Background())
	expectRefusal(t, err, "")
	if want := r.sweep(30*time.Minute, r.now()); got != want {
		t.Fatalf("cleaned up %d sessions, want %d", got, want)
	}
}

func (r *rehearsal) anItem(t *rapid.T) *ledgerItem {
	if items := r.shown(); len(items) > 0 && !rarely(t, 6, "any item") {
		return rapid.SampledFrom(items).Draw(t, "shown item")
	}
	return rapid.SampledFrom(r.shelf).Draw(t, "item")
}

func (r *rehearsal) addItem(t *rapid.T) {
	if len(r.shelf) == 8 {
		t.Skip("that is enough")
	}
	item := &ledgerItem{name: fmt.Sprintf("Item %d", len(r.shelf)), par: rapid.IntRange(1, 8).Draw(t, "par")}
	got, err := r.service().AddItem(context.Background(), r.users[2], rtde.Item{
		Name: item.name, ParLevel: item.par, Active: true,
	})
	expectRefusal(t, err, "")
	item.id = got.ID
	r.shelf = append(r.shelf, item)
}

// hideItem hides an item or shows it again, and changes its par.
func (r *rehearsal) hideItem(t *rapid.T) {
	item, hide, par := r.anItem(t), rapid.Bool().Draw(t, "hide"), rapid.IntRange(1, 8).Draw(t, "par")
	_, err := r.service().ChangeItem(context.Background(), r.users[2], item.id, func(i *rtde.Item) {
		i.Active, i.ParLevel = !hide, par
	})
	if item.gone {
		expectRefusal(t, err, "Item not found")
		return
	}
	expectRefusal(t, err, "")
	item.hidden, item.par = hide, par
}

func (r *rehearsal) deleteItem(t *rapid.T) {
	item := r.anItem(t)
	permanently, err := r.service().DeleteItem(context.Background(), r.users[2], item.id)
	if item.gone {
		expectRefusal(t, err, "Item not found")
		return
	}
	expectRefusal(t, err, "")
	if permanently == item.used {
		t.Fatalf("%s was used: %t; deleted: %t", item.name, item.used, permanently)
	}
	item.gone, item.hidden = permanently, true
}
