package milkcount_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// Every check of the model is a run of so many steps on a real database; ask
// for more of them on the command line.
func init() {
	for name, value := range map[string]string{"rapid.checks": "30", "rapid.steps": "50"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}

// rehearsal is one run: the service on one side, the ledger on the other. It
// has a store of its own.
type rehearsal struct {
	ledger
	server *apptest.Server
	store  actor.Store
	users  []actor.Actor // the last one is an admin
}

func TestSessionsDoWhatTheLedgerDoes(t *testing.T) {
	t.Parallel()
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		users := rehearsers(t, s)
		rapid.Check(t, func(t *rapid.T) {
			r := newRehearsal(t, s, users)
			t.Repeat(map[string]func(*rapid.T){
				"start": r.start,
				// What partners do most stands here several times.
				"save":       r.save,
				"save again": r.save,
				"save more":  r.save,
				"draft":      r.draft,
				"reopen":     r.reopen,
				"set a par":  r.setPar,
				"add milk":   r.addMilk,
				"move milk":  r.moveMilk,
				"wait":       r.wait,
				"turn to":    r.turnTo,
				"":           r.compare,
			})
			r.compareAll(t)
		})
	})
}

func rehearsers(t *testing.T, s *apptest.Server) []actor.Actor {
	t.Helper()
	alex, err := s.App.Identity.CreateUser(t.Context(), audit.System, identity.NewUser{
		PartnerNumber: "ALEX42", Name: "Alex Moreau", PIN: "2468", Role: identity.Staff,
	})
	if err != nil {
		t.Fatal(err)
	}
	return []actor.Actor{
		{UserID: s.Staff().UserID, Name: apptest.StaffName},
		{UserID: alex.ID, Name: alex.Name},
		{UserID: s.Admin().UserID, Name: apptest.AdminName, IsAdmin: true},
	}
}

// beginnings are a little before and after the clocks change, and in between.
var beginnings = []time.Time{
	time.Date(2026, time.March, 7, 1, 0, 0, 0, time.UTC),
	time.Date(2026, time.April, 3, 20, 0, 0, 0, time.UTC),
	time.Date(2026, time.July, 10, 9, 0, 0, 0, time.UTC),
	time.Date(2026, time.September, 4, 22, 0, 0, 0, time.UTC),
	time.Date(2026, time.October, 31, 2, 0, 0, 0, time.UTC),
	time.Date(2026, time.December, 30, 18, 0, 0, 0, time.UTC),
}

func newRehearsal(t *rapid.T, s *apptest.Server, users []actor.Actor) *rehearsal {
	name := rapid.SampledFrom([]string{"America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata", "America/Santiago"}).Draw(t, "zone")
	zone, err := time.LoadLocation(name)
	expectRefusal(t, err, "")
	s.Clock.Set(rapid.SampledFrom(beginnings).Draw(t, "beginning"))
	r := &rehearsal{ledger: ledger{zone: zone}, server: s, users: slices.Clone(users)}
	r.store = actor.Store{
		ID: newRehearsalStore(t, s), Location: zone, BusinessDayStart: 4 * time.Hour, MorningCountCutoff: 15 * time.Hour,
	}
	for i := range r.users {
		r.users[i].Store = r.store
	}
	for range 2 {
		r.addMilk(t)
	}
	return r
}

func newRehearsalStore(t *rapid.T, s *apptest.Server) string {
	var id string
	err := s.DB.InTx(context.Background(), func(tx *database.Handle) error {
		known, err := database.Value[int](context.Background(), tx, `SELECT count(*) FROM stores`)
		if err != nil {
			return err
		}
		id = fmt.Sprintf("store-%d", known+1)
		_, err = tx.Exec(context.Background(), `
			INSERT INTO stores (id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at)
			VALUES ($1, 'Store', $1, 'UTC', '04:00', '15:00', $2, $2)`, id, database.Instant(apptest.Noon))
		return err
	})
	expectRefusal(t, err, "")
	return id
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

func (r *rehearsal) service() *milkcount.Service { return r.server.App.Milk }
func (r *rehearsal) now() time.Time              { return r.server.Clock.Now() }
func (r *rehearsal) admin() actor.Actor          { return r.users[len(r.users)-1] }

func (r *rehearsal) user(t *rapid.T) actor.Actor { return rapid.SampledFrom(r.users).Draw(t, "user") }

// rarely is true once in n times.
func rarely(t *rapid.T, n int, what string) bool { return rapid.IntRange(1, n).Draw(t, what) == n }

// sheet is mostly the one on the wall, sometimes an older one, seldom none.
func (r *rehearsal) sheet(t *rapid.T) (id string, s *sheet) {
	s = r.today(r.now())
	if len(r.sheets) > 0 && (s == nil || rarely(t, 5, "an older one")) {
		s = rapid.SampledFrom(r.sheets).Draw(t, "session")
	}
	if s == nil || rarely(t, 20, "nowhere") {
		return "nowhere", nil
	}
	return s.id, s
}

// counts are of some milks, for a step; a draft may leave values open.
func (r *rehearsal) counts(t *rapid.T, step int, draft bool) []milkcount.Count {
	counts := []milkcount.Count{}
	for _, milk := range r.milks {
		if rapid.Bool().Draw(t, milk.name) {
			counts = append(counts, newCount(t, milk.id, step, draft))
		}
	}
	if rarely(t, 15, "unknown milk") {
		counts = append(counts, newCount(t, "skimmed", step, draft))
	}
	if len(counts) > 0 && rarely(t, 15, "twice") {
		counts = append(counts, newCount(t, counts[0].MilkTypeID, step, draft))
	}
	return counts
}

func newCount(t *rapid.T, milkID string, step int, draft bool) milkcount.Count {
	value := rapid.Ptr(rapid.IntRange(0, 30), draft)
	c := milkcount.Count{MilkTypeID: milkID}
	switch step {
	case 0:
		c.FOH = value.Draw(t, "foh")
	case 1:
		c.BOH = value.Draw(t, "boh")
	case 2:
		c.Method = rapid.Ptr(rapid.SampledFrom([]milkcount.Method{milkcount.BOHCount, milkcount.DirectDelivered}), draft).Draw(t, "method")
		switch {
		case c.Method == nil:
		case *c.Method == milkcount.BOHCount:
			c.CurrentBOH = value.Draw(t, "current")
		default:
			c.Delivered = value.Draw(t, "delivered")
		}
	case 3:
		c.OnOrder = value.Draw(t, "on order")
	}
	return c
}

// compare looks at what a partner sees now: today's session and the last one.
func (r *rehearsal) compare(t *rapid.T) {
	got, err := r.service().Today(context.Background(), r.users[0])
	expectRefusal(t, err, "")
	want := r.today(r.now())
	if (got == nil) != (want == nil) {
		t.Fatalf("at %s today's session is %v, want %v", r.wall(r.now()), got, want)
	}
	if want != nil {
		expectSession(t, want, *got)
	}
	for _, s := range r.sheets[max(0, len(r.sheets)-1):] {
		r.compareSheet(t, s)
	}
}

func (r *rehearsal) compareSheet(t *rapid.T, s *sheet) {
	session, entries, err := r.service().Session(context.Background(), r.users[0], s.id)
	expectRefusal(t, err, "")
	expectSession(t, s, session)
	r.expectEntries(t, s, entries)
	r.expectSummary(t, s, entries)
}

// compareAll looks at everything that is stored.
func (r *rehearsal) compareAll(t *rapid.T) {
	for _, s := range r.sheets {
		r.compareSheet(t, s)
	}
	sessions, total, err := r.service().History(context.Background(), r.users[0], "", 1000, 0)
	expectRefusal(t, err, "")
	var got, want []string
	for _, session := range sessions {
		got = append(got, string(session.Date))
	}
	for _, s := range slices.Backward(r.sheets) {
		want = append(want, s.date)
	}
	if diff := gocmp.Diff(want, got); diff != "" || total != len(want) {
		t.Fatalf("the history has %d sessions (-want +got):\n%s", total, diff)
	}
	r.compareUsage(t)
}

func (r *rehearsal) compareUsage(t *rapid.T) {
	usages, err := r.service().Usage(context.Background(), r.users[0], "2026-01-01", "2028-12-31")
	expectRefusal(t, err, "")
	shown := r.shelf(func(m *ledgerMilk) bool { return m.shown })
	if len(usages) != len(shown) {
		t.Fatalf("usage of %d milks, want %d", len(usages), len(shown))
	}
	for i, milk := range shown {
		if diff := gocmp.Diff(r.used(milk.id), usages[i].Days); diff != "" || usages[i].MilkType.ID != milk.id {
			t.Fatalf("usage of %s (-want +got):\n%s", milk.name, diff)
		}
	}
}
