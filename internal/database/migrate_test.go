package database_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// withEmpty runs a test on each engine with a database that has no schema.
func withEmpty(t *testing.T, run func(t *testing.T, url string)) {
	t.Helper()
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) { run(t, dbtest.EmptyURL(t, engine)) })
	}
}

func TestMigrationsUpDownUp(t *testing.T) {
	withEmpty(t, func(t *testing.T, url string) {
		db := dbtest.Connect(t, url)
		empty := schemaOf(t, db)
		if err := db.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), "sirenbase migrate") {
			t.Errorf("CheckSchema of an empty database: %v", err)
		}
		all := migrate(t, db)
		full := schemaOf(t, db)
		insertRows(t, db)
		if applied := migrate(t, db); applied != 0 {
			t.Errorf("a second Migrate applied %d steps", applied)
		}

		if undone, err := db.MigrateDown(t.Context(), 1); undone != 1 || err != nil {
			t.Fatalf("MigrateDown(1) = %d, %v", undone, err)
		}
		if err := db.CheckSchema(t.Context()); err == nil {
			t.Error("CheckSchema is content with a step undone")
		}
		if applied := migrate(t, db); applied != 1 {
			t.Errorf("Migrate after one step down applied %d", applied)
		}
		if undone, err := db.MigrateDown(t.Context(), all+10); undone != all || err != nil {
			t.Fatalf("MigrateDown of all = %d, %v, want %d", undone, err, all)
		}
		if diff := cmp.Diff(empty, schemaOf(t, db)); diff != "" {
			t.Errorf("left behind (-before +after):\n%s", diff)
		}
		if applied := migrate(t, db); applied != all {
			t.Errorf("Migrate after all down applied %d, want %d", applied, all)
		}
		if diff := cmp.Diff(full, schemaOf(t, db)); diff != "" {
			t.Errorf("schema after down and up (-before +after):\n%s", diff)
		}
		insertRows(t, db)
	})
}

func migrate(t *testing.T, db *database.DB) int {
	t.Helper()
	applied, err := db.Migrate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.CheckSchema(t.Context()); err != nil {
		t.Error(err)
	}
	return applied
}

// insertRows puts something in the way of the migrations.
func insertRows(t *testing.T, db *database.DB) {
	t.Helper()
	mustTx(t, db, func(tx *database.Handle) error {
		_, err := tx.Exec(t.Context(), `
			INSERT INTO stores (id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at)
			VALUES ('s1', 'Pike Place', '1', 'America/Los_Angeles', '04:00', '11:00', $1, $1)`, "2026-01-02T03:04:05.000006Z")
		return err
	})
}

func TestMigrationsAreListed(t *testing.T) {
	withEmpty(t, func(t *testing.T, url string) {
		db := dbtest.Connect(t, url)
		before, err := db.Migrations(t.Context())
		if err != nil || len(before) == 0 || before[0].Version != 1 || before[0].Name == "" || before[0].Applied {
			t.Fatalf("before: %+v, %v", before, err)
		}
		migrate(t, db)
		after, err := db.Migrations(t.Context())
		if err != nil || len(after) != len(before) {
			t.Fatalf("after: %+v, %v", after, err)
		}
		for _, m := range after {
			if !m.Applied || m.AppliedAt.IsZero() {
				t.Errorf("after: %+v", m)
			}
		}
	})
}

func TestMigrationsHaveTheSameNumbers(t *testing.T) {
	names := func(engine database.Engine) (names []string) {
		files, err := filepath.Glob(filepath.Join("migrations", string(engine), "*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			names = append(names, filepath.Base(file))
			content, err := os.ReadFile(file)
			if err != nil || !strings.Contains(string(content), "-- +goose Down") {
				t.Errorf("%s has no way down (%v)", file, err)
			}
		}
		return names
	}
	if diff := cmp.Diff(names(database.SQLite), names(database.PostgreSQL)); diff != "" {
		t.Errorf("migrations differ (-sqlite +postgres):\n%s", diff)
	}
}

func TestStartersTakeTurns(t *testing.T) {
	withEmpty(t, func(t *testing.T, url string) {
		const starters = 4
		var total atomic.Int64
		var group, opened sync.WaitGroup
		opened.Add(starters)
		for range starters {
			group.Go(func() {
				db, err := database.Open(t.Context(), url)
				opened.Done()
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close() //nolint:errcheck // its work is checked
				opened.Wait()
				applied, err := db.Migrate(t.Context())
				if err != nil {
					t.Error(err)
				}
				total.Add(int64(applied))
			})
		}
		group.Wait()
		all, err := dbtest.Connect(t, url).Migrations(t.Context())
		if err != nil || int(total.Load()) != len(all) {
			t.Errorf("four starters applied %d steps of %d (%v)", total.Load(), len(all), err)
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		mustTx(t, db, func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, $2)", 99999, true)
			return err
		})
		_, up := db.Migrate(t.Context())
		_, down := db.MigrateDown(t.Context(), 1)
		for name, err := range map[string]error{"Migrate": up, "MigrateDown": down, "CheckSchema": db.CheckSchema(t.Context())} {
			if err == nil || !strings.Contains(err.Error(), "newer than this program") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, want one line that says the database is newer", name, err)
			}
		}
	})
}
