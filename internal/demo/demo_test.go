package demo_test

import (
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/demo"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/rtde"
	"github.com/sirenbase/sirenbase/internal/stores"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const adminNumber, adminPIN = "ADMIN001", "1234"

// newShop is a fresh installation, with nobody in it but the admin.
func newShop(t *testing.T, engine database.Engine, now time.Time) demo.Shop {
	t.Helper()
	past := clock.NewManual(demo.Beginning(now))
	program, err := app.New(t.Context(), apptest.Settings(t, dbtest.URL(t, engine)), app.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: past.Now,
		HashCost: identity.HashCost{MemoryKiB: 64, Passes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := program.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := program.Identity.CreateFirstAdmin(t.Context(), identity.NewUser{
		PartnerNumber: adminNumber, Name: "Morgan Hale", PIN: adminPIN,
	}); err != nil {
		t.Fatal(err)
	}
	return demo.Shop{
		DB: program.DB, Identity: program.Identity, Tracking: program.Tracking, Milk: program.Milk, RTDE: program.RTDE,
		Clock: past,
		Admin: adminNumber, PINs: map[string]string{adminNumber: adminPIN, demo.StaffNumber: "5678"},
	}
}

func fill(t *testing.T, shop demo.Shop, now time.Time) demo.Summary {
	t.Helper()
	made, err := demo.Fill(t.Context(), shop, now)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// content is what the data says, without ids.
func content(t *testing.T, shop demo.Shop) (items []tracking.Item, history []tracking.HistoryEntry) {
	t.Helper()
	who := actor.Actor{Store: storeOf(t, shop.DB)}
	items, _, err := shop.Tracking.Items(t.Context(), who, tracking.ItemFilter{})
	if err != nil {
		t.Fatal(err)
	}
	history, _, err = shop.Tracking.History(t.Context(), who, tracking.HistoryFilter{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	return items, history
}

func storeOf(t *testing.T, db *database.DB) actor.Store {
	t.Helper()
	first, err := stores.First(t.Context(), db.Read())
	if err != nil {
		t.Fatal(err)
	}
	store, err := first.Clock()
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// At any hour, with the shop's day just begun or nearly over, and over a change
// of the clocks, the data is of the past three weeks and none of it is late.
func TestFill(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC),
		time.Date(2026, time.March, 10, 7, 0, 1, 0, time.UTC),     // a second past midnight in the shop
		time.Date(2026, time.November, 3, 7, 59, 59, 0, time.UTC), // a second before it
	} {
		t.Run(now.Format(time.DateOnly), func(t *testing.T) {
			for _, engine := range dbtest.Engines() {
				t.Run(string(engine), func(t *testing.T) {
					t.Parallel()
					shop := newShop(t, engine, now)
					made := fill(t, shop, now)
					items, history := content(t, shop)
					if made.Items != len(items) || len(items) < 55 || len(items) > 65 {
						t.Errorf("made %d items, found %d, want about 60", made.Items, len(items))
					}
					checkVariety(t, items)
					checkHistory(t, shop, history, now)
					checkMilk(t, shop, made.Counts, now)
					checkRestocks(t, shop, made.Restocks, now)
					checkFilledOnce(t, shop, now, len(history))
				})
			}
		})
	}
}

func checkVariety(t *testing.T, items []tracking.Item) {
	t.Helper()
	categories, partners := map[string]bool{}, map[string]bool{}
	for _, item := range items {
		categories[item.Category], partners[item.AddedByName] = true, true
		if item.Code >= "9000" {
			t.Errorf("code %s is taken", item.Code)
		}
	}
	if len(categories) != len(tracking.Categories) || len(partners) < 4 {
		t.Errorf("%d categories, %d partners", len(categories), len(partners))
	}
}

// checkHistory holds each entry against when its partner came and went.
func checkHistory(t *testing.T, shop demo.Shop, history []tracking.HistoryEntry, now time.Time) {
	t.Helper()
	users, err := shop.Identity.Everyone(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]identity.User{}
	for _, user := range users {
		byID[user.ID] = user
		if user.LastLoginAt == nil || user.LastLoginAt.Before(user.CreatedAt) || !user.LastLoginAt.Before(now) {
			t.Errorf("%s logged in at %v", user.PartnerNumber, user.LastLoginAt)
		}
	}
	actions := map[tracking.Action]int{}
	for _, entry := range history {
		actions[entry.Action]++
		user := byID[entry.UserID]
		gone := user.DeletedAt != nil && entry.Timestamp.After(*user.DeletedAt)
		if entry.Timestamp.Before(user.CreatedAt) || gone || !entry.Timestamp.Before(now) {
			t.Errorf("%s at %s, by %s", *entry.Notes, entry.Timestamp, user.PartnerNumber)
		}
	}
	if actions[tracking.Removed] < 20 || actions[tracking.Restored] != 3 {
		t.Errorf("actions: %v", actions)
	}
}

// checkFilledOnce sees that the second time adds nothing.
func checkFilledOnce(t *testing.T, shop demo.Shop, now time.Time, entries int) {
	t.Helper()
	delete(shop.PINs, adminNumber) // only who makes an account knows its PIN
	if again := fill(t, shop, now); again != (demo.Summary{}) {
		t.Errorf("the second time made %+v", again)
	}
	if _, history := content(t, shop); len(history) != entries {
		t.Errorf("%d entries became %d", entries, len(history))
	}
}

func TestFillIsDeterministic(t *testing.T) {
	now := apptest.Noon
	type entry struct {
		when       time.Time
		what, whom string
	}
	run := func() (all []entry) {
		shop := newShop(t, database.SQLite, now)
		fill(t, shop, now)
		_, history := content(t, shop)
		for _, e := range history {
			all = append(all, entry{e.Timestamp, *e.Notes, e.UserName})
		}
		for _, s := range restocks(t, shop) {
			all = append(all, entry{*s.CompletedAt, fmt.Sprintf("%+v", s.Record), s.UserName})
		}
		return all
	}
	// The entries of one instant come in any order.
	anyOrder := cmpopts.SortSlices(func(a, b entry) int {
		return cmp.Or(a.when.Compare(b.when), strings.Compare(a.what, b.what))
	})
	if diff := gocmp.Diff(run(), run(), gocmp.AllowUnexported(entry{}), anyOrder); diff != "" {
		t.Error(diff)
	}
}

// A shop that is in use keeps its inventory as it is.
func TestFillLeavesUsedToolsAlone(t *testing.T) {
	shop := newShop(t, database.SQLite, apptest.Noon)
	admin, err := shop.Identity.UserByNumber(t.Context(), adminNumber)
	if err != nil {
		t.Fatal(err)
	}
	who := actor.Actor{UserID: admin.ID, Name: admin.Name, Store: storeOf(t, shop.DB)}
	if _, err := shop.Tracking.Add(t.Context(), who, tracking.NewItem{Name: "Our own", Category: "other"}); err != nil {
		t.Fatal(err)
	}
	if _, err := shop.RTDE.AddItem(t.Context(), who, rtde.Item{Name: "Our own", ParLevel: 1}); err != nil {
		t.Fatal(err)
	}
	if made := fill(t, shop, apptest.Noon); made.Items != 0 || made.Restocks != 0 {
		t.Errorf("made %d items, %d restocks", made.Items, made.Restocks)
	}
	if items, _ := content(t, shop); len(items) != 1 {
		t.Errorf("%d items", len(items))
	}
}
