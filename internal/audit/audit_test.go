package audit_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

var at = time.Date(2026, time.March, 4, 20, 0, 0, 123456000, time.UTC)

// storeOf makes the store that entries are about.
func storeOf(t *testing.T, db *database.DB) string {
	t.Helper()
	err := stores.EnsureFirst(t.Context(), db, stores.Store{
		Name: "Store 1", Number: "1", Timezone: "UTC", BusinessDayStart: "04:00", MorningCountCutoff: "15:00", CreatedAt: at,
	})
	if err != nil {
		t.Fatal(err)
	}
	store, err := stores.First(t.Context(), db.Read())
	if err != nil {
		t.Fatal(err)
	}
	return store.ID
}

func entries(t *testing.T, db *database.DB) []string {
	t.Helper()
	lines, err := database.All(t.Context(), db.Read(), func(row database.Row) (string, error) {
		var when time.Time
		text := make([]string, 6)
		err := row.Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &text[5], database.ScanInstant(&when))
		return strings.Join(append(text, when.Format(time.RFC3339Nano)), " | "), err
	}, `SELECT store_id, type, title, description, coalesce(actor_id, '-'), actor_name, timestamp FROM audit_log ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestAnEntrySaysWhoDidWhatAndWhen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		store := storeOf(t, db)
		avery := actor.Actor{UserID: "u1", Name: "Avery Stone"}
		want := []string{}
		for _, entry := range []struct {
			who         actor.Actor
			kind        audit.Type
			description string
			want        string
		}{
			{avery, audit.UserCreated, "Nia (NEW01)", "user_created | User Created | Nia (NEW01) | u1 | Avery Stone"},
			{avery, audit.UserDeleted, "Nia (NEW01)", "user_deleted | User Deleted | Nia (NEW01) | u1 | Avery Stone"},
			{avery, audit.UserUpdated, "Nia (NEW01)", "user_updated | User Updated | Nia (NEW01) | u1 | Avery Stone"},
			{avery, audit.UserApproved, "Nia (NEW01)", "user_approved | User Approved | Nia (NEW01) | u1 | Avery Stone"},
			{avery, audit.PINReset, "Nia (NEW01)", "pin_reset | PIN Reset | Nia (NEW01) | u1 | Avery Stone"},
			{audit.System, audit.UserCreated, "É'; --", "user_created | User Created | É'; -- | - | System"},
			{audit.SelfSignUp, audit.UserCreated, "🥛", "user_created | User Created | 🥛 | - | Self sign-up"},
		} {
			err := db.InTx(t.Context(), func(tx *database.Handle) error {
				return audit.Record(t.Context(), tx, entry.who, store, entry.kind, entry.description, at)
			})
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, store+" | "+entry.want+" | 2026-03-04T20:00:00.123456Z")
		}
		if diff := cmp.Diff(want, entries(t, db)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestAnEntryGoesWithItsTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		store, refused := storeOf(t, db), errors.New("refused")
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			if err := audit.Record(t.Context(), tx, audit.System, store, audit.UserCreated, "Nia (NEW01)", at); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("%v", err)
		}
		if got := entries(t, db); len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}

func TestAnEntryIsAboutAStoreThatExists(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			return audit.Record(t.Context(), tx, audit.System, "none", audit.UserCreated, "Nia (NEW01)", at)
		})
		if !errors.Is(err, database.ErrForeignKey) {
			t.Errorf("%v", err)
		}
	})
}
