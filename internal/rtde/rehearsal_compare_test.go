package rtde_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/rtde"
)

// compare looks at the store, and at one partner's part of it; what is slow to
// look at for all, and all the time, compareAll looks at in the end.
func (r *rehearsal) compare(t *rapid.T) {
	r.compareNumbers(t)
	r.compareProgress(t)
	who := r.user(t)
	r.compareActive(t, who)
	if w := r.current(who); w != nil {
		r.compareWalk(t, w, who)
	}
}

func (r *rehearsal) compareAll(t *rapid.T) {
	for _, who := range r.users {
		r.compareActive(t, who)
	}
	for _, w := range r.walks {
		r.compareWalk(t, w, r.users...)
	}
	r.compareHistory(t)
}

// compareNumbers looks into the tables: one session in progress for each
// partner at most, and no counts but in those.
func (r *rehearsal) compareNumbers(t *rapid.T) {
	running, notes := 0, 0
	for _, w := range r.walks {
		if w.running() {
			running++
			for _, i := range r.shelf {
				_, counted := w.counted[i.id]
				_, ticked := w.pulled[i.id]
				if counted || ticked {
					notes++
				}
			}
		}
	}
	want := fmt.Sprint(running, running, notes)
	got, err := database.Value[string](context.Background(), r.server.DB.Read(), `
		SELECT (SELECT count(*) || ' ' || count(DISTINCT user_id) FROM rtde_sessions
		        WHERE store_id = $1 AND status = 'in_progress') || ' ' ||
		       (SELECT count(*) FROM rtde_session_counts WHERE store_id = $1)`, r.store)
	expectRefusal(t, err, "")
	if got != want {
		t.Fatalf("sessions in progress, partners with one, counts: %s, want %s", got, want)
	}
}

// seen is a session in a list.
type seen struct {
	ID, Owner, OwnerName, Starter, StarterName string
	Begun, Until                               time.Time
	Counted, Total                             int
}

func (r *rehearsal) compareProgress(t *rapid.T) {
	list, err := r.service().InProgress(context.Background(), r.users[0])
	expectRefusal(t, err, "")
	var got, want []seen
	for _, p := range list {
		got = append(got, seenOf(p))
	}
	for _, w := range r.walks {
		if w.running() && !w.asleep(r.now()) {
			want = append(want, r.seen(w))
		}
	}
	byID := cmpopts.SortSlices(func(a, b seen) int { return strings.Compare(a.ID, b.ID) })
	if diff := gocmp.Diff(want, got, byID); diff != "" {
		t.Fatalf("what is in progress differs (-want +got):\n%s", diff)
	}
	if !slices.IsSortedFunc(got, func(a, b seen) int { return b.Begun.Compare(a.Begun) }) {
		t.Fatalf("what is in progress is in no order: %v", got)
	}
}

func (r *rehearsal) compareActive(t *rapid.T, who actor.Actor) {
	p, err := r.service().Active(context.Background(), who)
	expectRefusal(t, err, "")
	w := r.current(who)
	switch {
	case w == nil || w.asleep(r.now()):
		if p != nil {
			t.Fatalf("%s is offered %s", who.Name, p.ID)
		}
	case p == nil:
		t.Fatalf("%s is not offered %s", who.Name, w.id)
	default:
		if diff := gocmp.Diff(r.seen(w), seenOf(*p)); diff != "" {
			t.Fatalf("what %s is offered differs (-want +got):\n%s", who.Name, diff)
		}
	}
}

func seenOf(p rtde.Progress) seen {
	return seen{
		p.ID, p.UserID, p.UserName, p.StartedBy, p.StartedByName, p.StartedAt, p.ExpiresAt, p.ItemsCounted, p.TotalItems,
	}
}

func (r *rehearsal) seen(w *walk) seen {
	shown := r.shown()
	s := seen{
		w.id, w.owner.UserID, w.owner.Name, w.starter.UserID, w.starter.Name, w.begun, w.worked.Add(30 * time.Minute), 0,
		len(shown),
	}
	for _, i := range shown {
		if _, counted := w.counted[i.id]; counted {
			s.Counted++
		}
	}
	return s
}

// note is what a session says about an item.
type note struct {
	Item              string
	Counted           *int
	Need              int
	Pulled, InAllList bool
	InCountedList     bool
}

// compareWalk looks at a session as these partners see it.
func (r *rehearsal) compareWalk(t *rapid.T, w *walk, users ...actor.Actor) {
	for _, who := range users {
		session, lines, err := r.service().Session(context.Background(), who, w.id)
		why := mayUse(w, who)
		expectRefusal(t, err, why)
		if why != "" {
			continue
		}
		status := "in_progress"
		switch {
		case w.done != nil:
			status = "completed"
		case w.asleep(r.now()):
			status = "expired"
		}
		if string(session.Status) != status {
			t.Fatalf("%s is %s, want %s", w.id, session.Status, status)
		}
		var got, want []note
		all, counted := rtde.PullList(lines, false), rtde.PullList(lines, true)
		for _, line := range lines {
			in := func(list []rtde.Line) bool {
				return slices.ContainsFunc(list, func(l rtde.Line) bool { return l.Item.ID == line.Item.ID })
			}
			got = append(got, note{line.Item.ID, line.Counted, line.Need(), line.IsPulled, in(all), in(counted)})
		}
		for _, i := range r.shown() {
			n := note{Item: i.id, Need: i.par, Pulled: w.pulled[i.id]}
			if number, counted := w.counted[i.id]; counted {
				n.Counted, n.Need = &number, missingTo(i.par, number)
			}
			n.InAllList, n.InCountedList = n.Need > 0, n.Need > 0 && n.Counted != nil
			want = append(want, n)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("the lines of %s differ (-want +got):\n%s", w.id, diff)
		}
	}
}

func (r *rehearsal) compareHistory(t *rapid.T) {
	sessions, total, err := r.service().History(context.Background(), r.users[0], 1000, 0)
	expectRefusal(t, err, "")
	type ended struct {
		ID, Owner, Starter string
		Done               time.Time
		Result             [3]int
		Took               time.Duration
	}
	var got, want []ended
	for _, s := range sessions {
		got = append(got, ended{
			s.ID, s.UserName, s.StartedByName, *s.CompletedAt,
			[3]int{s.Record.ItemsCounted, s.Record.ItemsPulled, s.Record.UnitsPulled},
			s.Record.Duration,
		})
	}
	for _, w := range r.walks {
		if w.done != nil {
			took := w.done.Sub(w.begun).Truncate(time.Second)
			want = append(want, ended{w.id, w.owner.Name, w.starter.Name, *w.done, w.result, took})
		}
	}
	slices.SortFunc(want, func(a, b ended) int {
		if c := b.Done.Compare(a.Done); c != 0 {
			return c
		}
		return strings.Compare(b.ID, a.ID)
	})
	if diff := gocmp.Diff(want, got); diff != "" || total != len(want) {
		t.Fatalf("the history differs, of %d (-want +got):\n%s", total, diff)
	}
}
