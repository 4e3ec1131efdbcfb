package database_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// rowsOfEveryTable are what stands in the way of the migrations, in the order
// in which the tables refer to each other.
var rowsOfEveryTable = []string{
	`INSERT INTO stores (id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at)
	 VALUES ('s1', 'Harbor Street', '1', 'America/Los_Angeles', '04:00', '15:00', $1, $1)`,
	`INSERT INTO users (id, home_store_id, partner_number, name, pin_hash, role, status, created_at, updated_at)
	 VALUES ('u1', 's1', 'A001', 'Maya', 'x', 'admin', 'active', $1, $1)`,
	`INSERT INTO login_sessions (id, user_id, created_at, expires_at) VALUES ('l1', 'u1', $1, $1)`,
	`INSERT INTO login_failures (partner_number, id, address, failed_at) VALUES ('A001', 'f1', '192.0.2.1', $1)`,
	`INSERT INTO login_guards (partner_number, locked_at, updated_at) VALUES ('A001', $1, $1)`,
	`INSERT INTO store_members (user_id, store_id) SELECT 'u1', 's1' WHERE CAST($1 AS text) <> ''`,
	`INSERT INTO idempotency_answers (user_id, idempotency_key, fingerprint, status, content_type, body, created_at)
	 VALUES ('u1', 'k1', 'f1', 200, 'application/json', '{}', $1)`,
	`INSERT INTO store_revisions (store_id, revision) SELECT 's1', 1 WHERE CAST($1 AS text) <> ''`,
	`INSERT INTO store_events (store_id, revision, type, payload, created_at) VALUES ('s1', 1, 'item.added', '{}', $1)`,
	`INSERT INTO event_tickets (ticket_hash, user_id, session_id, store_id, expires_at) VALUES ('h1', 'u1', 'l1', 's1', $1)`,
	`INSERT INTO setup_codes (code_hash, expires_at) VALUES ('h1', $1)`,
	`INSERT INTO audit_log (store_id, id, type, title, description, actor_name, timestamp)
	 VALUES ('s1', 'a1', 'user_created', 'User Created', 'Maya (A001)', 'System', $1)`,
	`INSERT INTO tracking_items (store_id, id, name, name_key, category, code, added_by, added_at)
	 VALUES ('s1', 'i1', 'Oat', 'oat', 'other', '0042', 'u1', $1)`,
	`INSERT INTO tracking_history (store_id, id, action, item_name, item_code, user_id, timestamp)
	 VALUES ('s1', 't1', 'ADD', 'Oat', '0042', 'u1', $1)`,
	`INSERT INTO tracking_codes (store_id, code, draw, in_use, freed_at) VALUES ('s1', '0042', 1, true, $1)`,
	`INSERT INTO tracking_name_templates (store_id, id, name, name_key, category, created_at, updated_at)
	 VALUES ('s1', 'n1', 'Oat', 'oat', 'other', $1, $1)`,
	`INSERT INTO milk_types (store_id, id, name, name_key, category, display_order, active, created_at, updated_at)
	 VALUES ('s1', 'm1', 'Oat', 'oat', 'non_dairy', 1, true, $1, $1)`,
	`INSERT INTO milk_par_levels (store_id, milk_type_id, id, par_value, updated_at) VALUES ('s1', 'm1', 'p1', 12, $1)`,
	`INSERT INTO milk_sessions (store_id, id, session_date, status, created_at)
	 VALUES ('s1', 'e1', '2026-01-02', 'night_foh', $1)`,
	`INSERT INTO rtde_items (store_id, id, name, par_level, display_order, active, created_at, updated_at)
	 VALUES ('s1', 'r1', 'Panini', 6, 1, true, $1, $1)`,
	`INSERT INTO rtde_sessions (store_id, id, user_id, started_by, status, started_at, expires_at)
	 VALUES ('s1', 'd1', 'u1', 'u1', 'in_progress', $1, $1)`,
	`INSERT INTO rtde_session_counts (store_id, session_id, item_id, counted_quantity, updated_at)
	 VALUES ('s1', 'd1', 'r1', 0, $1)`,
	`INSERT INTO job_leases (name, holder, expires_at) VALUES ('j1', 'n1', $1)`,
	`INSERT INTO key_checks (name, digest) VALUES ('k1', $1)`,
	`INSERT INTO milk_entries (store_id, session_id, milk_type_id, id, foh_count, updated_at)
	 VALUES ('s1', 'e1', 'm1', 'c1', 3, $1)`,
}

func insertRows(t *testing.T, db *database.DB) {
	t.Helper()
	mustTx(t, db, func(tx *database.Handle) error {
		for _, row := range rowsOfEveryTable {
			if _, err := tx.Exec(t.Context(), row, "2026-01-02T03:04:05.000006Z"); err != nil {
				return fmt.Errorf("%s: %w", row, err)
			}
		}
		return nil
	})
}

func TestTheRowsForMigrationsCoverEveryTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		tables := map[database.Engine]string{
			database.SQLite:     `SELECT name FROM sqlite_schema WHERE type = 'table'`,
			database.PostgreSQL: `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
		}[db.Engine()]
		names, err := database.All(t.Context(), db.Read(), scanText, tables)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			internal := strings.HasPrefix(name, "goose_") || strings.HasPrefix(name, "sqlite_")
			filled := slices.ContainsFunc(rowsOfEveryTable, func(row string) bool {
				return strings.HasPrefix(row, "INSERT INTO "+name+" ")
			})
			if !internal && !filled {
				t.Errorf("no row for table %s", name)
			}
		}
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
		for name, err := range map[string]error{"Migrate": up, "MigrateDown": down} {
			if err == nil || !strings.Contains(err.Error(), "newer than this program") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, want one line that says the database is newer", name, err)
			}
		}
		if err := db.CheckSchema(t.Context()); err != nil {
			t.Errorf("who serves already is told: %v", err)
		}
	})
}
