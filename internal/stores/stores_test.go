package stores_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

var begin = time.Date(2026, time.March, 4, 20, 0, 0, 123456000, time.UTC)

func firstStore() stores.Store {
	return stores.Store{
		Name: "Store 1", Number: "1", Timezone: "America/Los_Angeles", BusinessDayStart: "04:00", MorningCountCutoff: "15:00",
		CreatedAt: begin,
	}
}

// room keeps what it has given to stores in a table that is there anyway.
type room struct {
	given int
	err   error
}

func (r *room) StoresToProvision(ctx context.Context, h *database.Handle) ([]string, error) {
	return database.Values[string](ctx, h, `
		SELECT id FROM stores s WHERE NOT EXISTS (SELECT 1 FROM setup_codes c WHERE c.code_hash = s.id)`)
}

func (r *room) ProvisionStore(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error {
	if _, err := tx.Exec(ctx, `INSERT INTO setup_codes (code_hash, expires_at) VALUES ($1, $2)`,
		storeID, database.Instant(now)); err != nil {
		return err
	}
	r.given++
	return r.err
}

func TestTheFirstStoreIsMadeOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		for range 3 {
			if err := stores.EnsureFirst(t.Context(), db, firstStore()); err != nil {
				t.Fatal(err)
			}
		}
		got, err := stores.First(t.Context(), db.Read())
		if err != nil {
			t.Fatal(err)
		}
		want := firstStore()
		want.ID, want.UpdatedAt = got.ID, begin
		if diff := cmp.Diff(want, got); diff != "" || len(got.ID) != 36 {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestAStoreGetsItsFirstRunDataOnceAndAgainWhenItIsGone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		if err := stores.EnsureFirst(t.Context(), db, firstStore()); err != nil {
			t.Fatal(err)
		}
		tool := &room{}
		for want, forget := range []bool{true, false} {
			for range 2 {
				if err := stores.Provision(t.Context(), db, begin, tool); err != nil {
					t.Fatal(err)
				}
			}
			if tool.given != want+1 {
				t.Errorf("given %d times, want %d", tool.given, want+1)
			}
			if !forget {
				continue
			}
			if err := db.InTx(t.Context(), func(tx *database.Handle) error {
				_, err := tx.Exec(t.Context(), `DELETE FROM setup_codes`)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestNodesThatStartAtOnceMakeOneStore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = stores.EnsureFirst(t.Context(), db, firstStore()) })
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if n, err := database.Value[int](t.Context(), db.Read(), `SELECT count(*) FROM stores`); n != 1 || err != nil {
			t.Errorf("%d stores (%v)", n, err)
		}
	})
}

func TestAToolThatFailsLeavesNothingHalfGiven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		if err := stores.EnsureFirst(t.Context(), db, firstStore()); err != nil {
			t.Fatal(err)
		}
		broken := &room{err: errors.New("no codes")}
		if err := stores.Provision(t.Context(), db, begin, broken); !errors.Is(err, broken.err) {
			t.Errorf("%v", err)
		}
		if n, err := database.Value[int](t.Context(), db.Read(), `SELECT count(*) FROM setup_codes`); n != 0 || err != nil {
			t.Errorf("%d rows (%v)", n, err)
		}
	})
}

func TestAnUpdateLeavesWhenTheStoreWasMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		if err := stores.EnsureFirst(t.Context(), db, firstStore()); err != nil {
			t.Fatal(err)
		}
		var want stores.Store
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			store, err := stores.LockFirst(t.Context(), tx)
			if err != nil {
				return err
			}
			store.Name, store.Timezone, store.UpdatedAt = "Harbour Street", "Europe/Berlin", begin.Add(time.Hour)
			store.Number, store.BusinessDayStart, store.MorningCountCutoff = "2", "05:00", "14:00"
			want = store
			store.CreatedAt = begin.Add(time.Hour)
			return stores.Update(t.Context(), tx, store)
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := stores.First(t.Context(), db.Read())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestAStoreTellsItsTime(t *testing.T) {
	store := firstStore()
	store.ID = "s1"
	clock, err := store.Clock()
	if err != nil {
		t.Fatal(err)
	}
	if clock.ID != "s1" || clock.Location.String() != "America/Los_Angeles" || clock.BusinessDayStart != 4*time.Hour || clock.MorningCountCutoff != 15*time.Hour {
		t.Errorf("%+v", clock)
	}
	for name, change := range map[string]func(*stores.Store){
		"zone":   func(s *stores.Store) { s.Timezone = "Mars/Base" },
		"no day": func(s *stores.Store) { s.BusinessDayStart = "" },
		"day":    func(s *stores.Store) { s.BusinessDayStart = "24:00" },
		"cutoff": func(s *stores.Store) { s.MorningCountCutoff = "3pm" },
	} {
		broken := firstStore()
		change(&broken)
		if clock, err := broken.Clock(); err == nil {
			t.Errorf("%s: %+v", name, clock)
		}
	}
}

func TestTimesOfDayAreWrittenAsTheyAreRead(t *testing.T) {
	for text, since := range map[string]time.Duration{
		"00:00": 0, "04:00": 4 * time.Hour, "09:05": 9*time.Hour + 5*time.Minute, "23:59": 24*time.Hour - time.Minute,
	} {
		if got := stores.FormatTimeOfDay(since); got != text {
			t.Errorf("%v is written %q, want %q", since, got, text)
		}
		store := firstStore()
		store.BusinessDayStart = text
		if clock, err := store.Clock(); err != nil || clock.BusinessDayStart != since {
			t.Errorf("%q is read as %v (%v)", text, clock.BusinessDayStart, err)
		}
	}
}

func TestOnlyIANANamesAreZones(t *testing.T) {
	for range 2 { // the second time from memory
		for _, name := range []string{"UTC", "America/Los_Angeles", "Asia/Kathmandu", "America/Argentina/Ushuaia"} {
			if zone, err := stores.Location(name); err != nil || zone.String() != name {
				t.Errorf("%s: %v, %v", name, zone, err)
			}
		}
		for _, name := range []string{"", "Local", "Mars/Base", "../etc/passwd", "/etc/localtime", "America", "UTC+1", "\x00", " UTC"} {
			if zone, err := stores.Location(name); err == nil {
				t.Errorf("%q is %v", name, zone)
			}
		}
	}
}

func TestTheFirstStoreTakesTheClockThatIsAskedForUntilItIsSet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		if err := stores.EnsureFirst(ctx, db, firstStore()); err != nil {
			t.Fatal(err)
		}
		retime := func(asked, want stores.Store) {
			t.Helper()
			if err := stores.Retime(ctx, db, asked); err != nil {
				t.Fatal(err)
			}
			got, err := stores.First(ctx, db.Read())
			want.ID, want.Name, want.Number, want.CreatedAt = got.ID, got.Name, got.Number, begin
			want.UpdatedAt = got.UpdatedAt
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		}
		paris := stores.Store{Timezone: "Europe/Paris", BusinessDayStart: "04:00", MorningCountCutoff: "15:00"}
		early := stores.Store{Timezone: "Europe/Paris", BusinessDayStart: "03:00", MorningCountCutoff: "14:00"}
		retime(stores.Store{}, firstStore())
		retime(stores.Store{Timezone: "Europe/Paris"}, paris)
		retime(stores.Store{BusinessDayStart: "03:00", MorningCountCutoff: "14:00"}, early)

		// Who set it by hand meant it.
		err := db.InTx(ctx, func(tx *database.Handle) error {
			store, err := stores.LockFirst(ctx, tx)
			if err != nil {
				return err
			}
			store.UpdatedAt = begin.Add(time.Hour)
			return stores.Update(ctx, tx, store)
		})
		if err != nil {
			t.Fatal(err)
		}
		retime(paris, early)
	})
}
