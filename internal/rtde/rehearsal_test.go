package rtde_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/rtde"
)

// rehearsal is one run: the service on one side, the ledger on the other. It
// has a store of its own.
type rehearsal struct {
	ledger
	server *apptest.Server
	store  string
	users  []actor.Actor
}

func TestSessionsDoWhatTheLedgerDoes(t *testing.T) {
	t.Parallel()
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		users := rehearsers(t, s)
		rapid.Check(t, func(t *rapid.T) {
			r := newRehearsal(t, s, users)
			t.Repeat(map[string]func(*rapid.T){
				"start":  r.start,
				"resume": r.resume,
				// What partners do most stands here several times.
				"count":        r.count,
				"count more":   r.count,
				"pull":         r.pull,
				"take over":    r.takeOver,
				"complete":     r.complete,
				"wait":         r.wait,
				"clean up":     r.cleanUp,
				"clean up now": r.cleanUpNow,
				"add item":     r.addItem,
				"hide item":    r.hideItem,
				"delete item":  r.deleteItem,
				"":             r.compare,
			})
			r.compareAll(t)
		})
	})
}

func rehearsers(t *testing.T, s *apptest.Server) []actor.Actor {
	t.Helper()
	kim, err := s.App.Identity.CreateUser(t.Context(), audit.System, identity.NewUser{
		PartnerNumber: "KIM42", Name: "Kim Sato", PIN: "2468", Role: identity.Staff,
	})
	if err != nil {
		t.Fatal(err)
	}
	return []actor.Actor{
		{UserID: s.Staff().UserID, Name: apptest.StaffName},
		{UserID: kim.ID, Name: kim.Name},
		{UserID: s.Admin().UserID, Name: apptest.AdminName, IsAdmin: true},
	}
}

func newRehearsal(t *rapid.T, s *apptest.Server, users []actor.Actor) *rehearsal {
	r := &rehearsal{server: s, users: slices.Clone(users)}
	r.newStore(t)
	for i := range r.users {
		r.users[i].Store = actor.Store{ID: r.store, Location: time.UTC}
	}
	for range 3 {
		r.addItem(t)
	}
	return r
}

// newStore also ends what the run before has left, which the clean-up would
// find.
func (r *rehearsal) newStore(t *rapid.T) {
	ctx := context.Background()
	err := r.server.DB.InTx(ctx, func(tx *database.Handle) error {
		if _, err := tx.Exec(ctx, `DELETE FROM rtde_sessions WHERE status = 'in_progress'`); err != nil {
			return err
		}
		known, err := database.Value[int](ctx, tx, `SELECT count(*) FROM stores`)
		if err != nil {
			return err
		}
		r.store = fmt.Sprintf("store-%d", known+1)
		_, err = tx.Exec(ctx, `
			INSERT INTO stores (id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at)
			VALUES ($1, 'Store', $1, 'UTC', '04:00', '15:00', $2, $2)`, r.store, database.Instant(apptest.Noon))
		return err
	})
	expectRefusal(t, err, "")
}

// expectRefusal compares an error with the message that it should have; "" is none.
func expectRefusal(t *rapid.T, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Fatalf("refused with %q, want %q", got, want)
	}
}

func (r *rehearsal) service() *rtde.Service { return r.server.App.RTDE }
func (r *rehearsal) now() time.Time         { return r.server.Clock.Now() }

func (r *rehearsal) user(t *rapid.T) actor.Actor { return rapid.SampledFrom(r.users).Draw(t, "user") }

// rarely is true once in n times.
func rarely(t *rapid.T, n int, what string) bool { return rapid.IntRange(1, n).Draw(t, what) == n }

// walk is mostly a session that somebody works on, sometimes any, seldom none.
func (r *rehearsal) walk(t *rapid.T) (id string, w *walk) {
	var running []*walk
	for _, w := range r.walks {
		if w.running() {
			running = append(running, w)
		}
	}
	switch {
	case len(r.walks) == 0 || rarely(t, 20, "no session"):
		return "nope", nil
	case len(running) == 0 || rarely(t, 4, "any session"):
		w = rapid.SampledFrom(r.walks).Draw(t, "session")
	default:
		w = rapid.SampledFrom(running).Draw(t, "running session")
	}
	return w.id, w
}

// worker is mostly the owner.
func (r *rehearsal) worker(t *rapid.T, w *walk) actor.Actor {
	if w == nil || rarely(t, 4, "somebody else") {
		return r.user(t)
	}
	return w.owner
}
