package database_test

import (
	"context"
	"os"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// withCounters runs a test on each engine with two small tables of its own.
func withCounters(t *testing.T, run func(t *testing.T, db *database.DB)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		makeCounters(t, db)
		run(t, db)
	})
}

func makeCounters(t *testing.T, db *database.DB) {
	t.Helper()
	mustTx(t, db, func(tx *database.Handle) error {
		for _, statement := range []string{
			"CREATE TABLE counters (name text NOT NULL PRIMARY KEY, n bigint NOT NULL CHECK (n >= 0))",
			"CREATE TABLE marks (counter text NOT NULL REFERENCES counters (name), mark text NOT NULL, UNIQUE (counter, mark))",
			"INSERT INTO counters (name, n) VALUES ('a', 1), ('b', 1)",
		} {
			if _, err := tx.Exec(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
}

func mustTx(t *testing.T, db *database.DB, fn func(tx *database.Handle) error) {
	t.Helper()
	if err := db.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func set(ctx context.Context, tx *database.Handle, name string, n int64) error {
	_, err := tx.Exec(ctx, "UPDATE counters SET n = $1 WHERE name = $2", n, name)
	return err
}

func get(ctx context.Context, h *database.Handle, name string) (int64, error) {
	return database.Value[int64](ctx, h, "SELECT n FROM counters WHERE name = $1", name)
}

func wantCounter(t *testing.T, db *database.DB, name string, want int64) {
	t.Helper()
	got, err := get(t.Context(), db.Read(), name)
	if err != nil || got != want {
		t.Errorf("counter %s = %d, %v, want %d", name, got, err, want)
	}
}
