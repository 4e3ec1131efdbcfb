package tracking_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

// A run has a store of its own with only these codes, so that they run out.
var fewCodes = []string{"0001", "0042", "0815", "1000", "1001", "4711", "4821", "9999"}

// allocation is one run: the service on one side, the model on the other.
type allocation struct {
	model
	server *apptest.Server
	store  actor.Store
	users  []actor.Actor
	added  int
}

func TestAllocatorDoesWhatTheModelDoes(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		rapid.Check(t, func(t *rapid.T) {
			a := newAllocation(t, s)
			t.Repeat(map[string]func(*rapid.T){
				"add":             a.add,
				"add with a code": a.addWithCode,
				"add several":     a.addSeveral,
				"remove":          a.remove,
				"remove several":  a.removeSeveral,
				"restore":         a.restore,
				"lease":           a.lease,
				"give back":       a.giveBack,
				"wait":            a.wait,
			})
			a.compare(t)
		})
	})
}

var storesMade atomic.Int64

func newAllocation(t *rapid.T, s *apptest.Server) *allocation {
	a := &allocation{
		model:  model{now: s.Clock.Now(), history: map[string]int{}},
		server: s,
		store:  newStore(s),
	}
	for _, c := range []*apptest.Client{s.Staff(), s.Admin()} {
		a.users = append(a.users, actor.Actor{UserID: c.UserID, Name: "Somebody", Store: a.store})
	}
	for draw, code := range rapid.Permutation(fewCodes).Draw(t, "draw order") {
		a.codes = append(a.codes, &modelCode{code: code, draw: draw})
	}
	a.giveCodes()
	return a
}

func (a *allocation) giveCodes() {
	rows := make([][]any, len(a.codes))
	for n, c := range a.codes {
		rows[n] = []any{a.store.ID, c.code, c.draw}
	}
	insert(a.server, `INSERT INTO tracking_codes (store_id, code, draw)`, rows)
}

func insert(s *apptest.Server, into string, rows [][]any) {
	s.TB.Helper()
	err := s.DB.InTx(context.Background(), func(tx *database.Handle) error {
		return database.InsertRows(context.Background(), tx, into, rows)
	})
	if err != nil {
		s.TB.Fatal(err)
	}
}

// newStore makes a store that has nothing yet, not even codes.
func newStore(s *apptest.Server) actor.Store {
	id := fmt.Sprintf("store-%d", storesMade.Add(1))
	exec(s.TB, s.DB, `
		INSERT INTO stores (id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at)
		VALUES ($1, 'Store', $1, 'America/Los_Angeles', '04:00', '15:00', $2, $2)`, id, database.Instant(apptest.Noon))
	return actor.Store{ID: id, Location: time.UTC}
}

func (a *allocation) service() *tracking.Service { return a.server.App.Tracking }

func (a *allocation) user(t *rapid.T) actor.Actor {
	return a.users[rapid.IntRange(0, len(a.users)-1).Draw(t, "user")]
}

func (a *allocation) code(t *rapid.T) *modelCode {
	return a.find(rapid.SampledFrom(fewCodes).Draw(t, "code"))
}

func (a *allocation) newItem(code *string) tracking.NewItem {
	a.added++
	return tracking.NewItem{Name: fmt.Sprintf("Item %d", a.added), Category: "other", Code: code}
}

// expect compares an error with the sentence or the field that it should name.
func expect(t *rapid.T, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Fatalf("the error is %q, want %q", got, want)
	}
}

func expectCodes(t *rapid.T, got []string, want []*modelCode) {
	t.Helper()
	got = slices.Sorted(slices.Values(got))
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if diff := gocmp.Diff(codesOf(want), got); diff != "" {
		t.Fatalf("the codes differ (-want +got):\n%s", diff)
	}
}

const noneLeft = "All item codes are in use"

func (a *allocation) add(t *rapid.T) {
	n := a.newItem(nil)
	item, err := a.service().Add(context.Background(), a.user(t), n)
	turn := a.turn()
	if len(turn) == 0 {
		expect(t, err, noneLeft)
		return
	}
	expect(t, err, "")
	expectCodes(t, []string{item.Code}, turn[:1])
	a.model.add(turn[0], n.Name)
}

func (a *allocation) addWithCode(t *rapid.T) {
	user, code := a.user(t), a.code(t)
	n := a.newItem(&code.code)
	_, err := a.service().Add(context.Background(), user, n)
	if !a.mayTake(code, user.UserID) {
		expect(t, err, "invalid fields: code")
		return
	}
	expect(t, err, "")
	a.model.add(code, n.Name)
}

func (a *allocation) addSeveral(t *rapid.T) {
	user := a.user(t)
	wanted := rapid.SliceOfNDistinct(rapid.SampledFrom(fewCodes), 0, 3, rapid.ID[string]).Draw(t, "codes")
	drawn := rapid.IntRange(1, 4).Draw(t, "more")
	var all []tracking.NewItem
	var paths []string
	for n := range len(wanted) + drawn {
		var code *string
		if n < len(wanted) {
			code = &wanted[n]
		}
		all = append(all, a.newItem(code))
		paths = append(paths, fmt.Sprintf("items.%d", n))
	}
	items, err := a.service().AddAll(context.Background(), user, all, paths)

	for _, code := range wanted {
		if !a.mayTake(a.find(code), user.UserID) {
			if err == nil {
				t.Fatalf("%s was given out twice", code)
			}
			return
		}
	}
	free := slices.DeleteFunc(a.turn(), func(c *modelCode) bool { return slices.Contains(wanted, c.code) })
	if len(free) < drawn {
		expect(t, err, noneLeft)
		return
	}
	expect(t, err, "")
	var got []string
	for n, item := range items {
		if item.Name != all[n].Name || n < len(wanted) && item.Code != wanted[n] {
			t.Fatalf("item %d is %s with the code %s", n, item.Name, item.Code)
		}
		if n >= len(wanted) {
			got = append(got, item.Code)
		}
	}
	expectCodes(t, got, free[:drawn])
	for _, item := range items {
		a.model.add(a.find(item.Code), item.Name)
	}
}

func (a *allocation) remove(t *rapid.T) {
	code := a.code(t)
	item, err := a.service().Remove(context.Background(), a.user(t), code.code)
	switch {
	case code.active != "":
		expect(t, err, "")
		if item.Name != code.active {
			t.Fatalf("removed %s, want %s", item.Name, code.active)
		}
		a.model.remove(code)
	case len(code.removed) > 0:
		expect(t, err, "Item already removed")
	default:
		expect(t, err, "Item not found")
	}
}

func (a *allocation) removeSeveral(t *rapid.T) {
	codes := rapid.SliceOfNDistinct(rapid.SampledFrom(fewCodes), 1, 4, rapid.ID[string]).Draw(t, "codes")
	_, err := a.service().RemoveAll(context.Background(), a.user(t), codes)
	if slices.ContainsFunc(codes, func(code string) bool { return a.find(code).active == "" }) {
		if err == nil {
			t.Fatalf("removed %v, not all of which are active", codes)
		}
		return
	}
	expect(t, err, "")
	for _, code := range codes {
		a.model.remove(a.find(code))
	}
}

func (a *allocation) restore(t *rapid.T) {
	user, code := a.user(t), a.code(t)
	item, err := a.service().Restore(context.Background(), user, code.code)
	switch {
	case len(code.removed) == 0 && code.active == "":
		expect(t, err, "Item not found")
	case len(code.removed) == 0:
		expect(t, err, "Item is not removed")
	case !a.mayTake(code, user.UserID):
		expect(t, err, "Code already in use")
	default:
		expect(t, err, "")
		if last := code.removed[len(code.removed)-1]; item.Name != last {
			t.Fatalf("restored %s, want %s", item.Name, last)
		}
		a.model.restore(code)
	}
}

func (a *allocation) lease(t *rapid.T) {
	user := a.user(t)
	n := rapid.IntRange(1, 4).Draw(t, "count")
	lifetime := time.Duration(rapid.IntRange(1, 30).Draw(t, "minutes")) * time.Minute
	codes, until, err := a.service().LeaseCodes(context.Background(), user, n, lifetime)
	turn := a.leasable()
	if len(turn) < n {
		expect(t, err, noneLeft)
		return
	}
	expect(t, err, "")
	expectCodes(t, codes, turn[:n])
	for _, c := range turn[:n] {
		c.lessee, c.until = user.UserID, until
	}
}

func (a *allocation) giveBack(t *rapid.T) {
	user := a.user(t)
	codes := rapid.SliceOfNDistinct(rapid.SampledFrom(fewCodes), 1, 3, rapid.ID[string]).Draw(t, "codes")
	expect(t, a.service().ReturnCodes(context.Background(), user, codes), "")
	for _, code := range codes {
		if c := a.find(code); c.lessee == user.UserID {
			c.lessee = ""
		}
	}
}

func (a *allocation) wait(t *rapid.T) {
	a.server.Clock.Advance(rapid.SampledFrom([]time.Duration{
		time.Microsecond, time.Minute, 10 * time.Minute, 30 * time.Minute, 72 * time.Hour,
	}).Draw(t, "time"))
	a.now = a.server.Clock.Now()
}

// compare looks at everything that is stored.
func (a *allocation) compare(t *rapid.T) {
	items, _, err := a.service().Items(context.Background(), a.users[0], tracking.ItemFilter{IncludeRemoved: true})
	expect(t, err, "")
	active, removed := map[string]string{}, map[string]int{}
	for _, item := range items {
		if item.IsRemoved {
			removed[item.Code]++
			continue
		}
		if other, twice := active[item.Code]; twice {
			t.Fatalf("%s is the code of %s and of %s", item.Code, other, item.Name)
		}
		active[item.Code] = item.Name
	}
	inUse, err := database.All(context.Background(), a.server.DB.Read(), func(row database.Row) (code string, err error) {
		return code, row.Scan(&code)
	}, `SELECT code FROM tracking_codes WHERE store_id = $1 AND in_use`, a.store.ID)
	expect(t, err, "")
	expectCodes(t, inUse, slices.DeleteFunc(slices.Clone(a.codes), func(c *modelCode) bool { return c.active == "" }))

	wantActive, wantRemoved := map[string]string{}, map[string]int{}
	for _, c := range a.codes {
		if c.active != "" {
			wantActive[c.code] = c.active
		}
		if len(c.removed) > 0 {
			wantRemoved[c.code] = len(c.removed)
		}
	}
	if diff := gocmp.Diff(wantActive, active) + gocmp.Diff(wantRemoved, removed); diff != "" {
		t.Fatalf("the items differ (-want +got):\n%s", diff)
	}
	recorded := map[string]int{}
	for action := range maps.Keys(a.history) {
		recorded[action] = count(a.server.TB, a.server.DB,
			`SELECT count(*) FROM tracking_history WHERE store_id = $1 AND action = $2`, a.store.ID, action)
	}
	if diff := gocmp.Diff(a.history, recorded); diff != "" {
		t.Fatalf("the record differs (-want +got):\n%s", diff)
	}
}
