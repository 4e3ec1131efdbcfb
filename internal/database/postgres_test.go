package database_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestPostgresSession(t *testing.T) {
	db := dbtest.Open(t, database.PostgreSQL)
	for setting, want := range map[string]string{"application_name": "sirenbase", "timezone": "UTC"} {
		got, err := database.Value[string](t.Context(), db.Read(), "SELECT current_setting($1)", setting)
		if err != nil || got != want {
			t.Errorf("%s = %q, %v, want %q", setting, got, err, want)
		}
	}
	named := dbtest.Connect(t, dbtest.URL(t, database.PostgreSQL)+"&application_name=bench")
	got, err := database.Value[string](t.Context(), named.Read(), "SELECT current_setting('application_name')")
	if err != nil || got != "bench" {
		t.Errorf("application_name = %q, %v, want the URL's", got, err)
	}
}

func TestOldPostgresIsRefused(t *testing.T) {
	if err := database.CheckMajor(database.Oldest - 1); err == nil {
		t.Error("an old PostgreSQL was accepted")
	}
	if err := database.CheckMajor(database.Oldest); err != nil {
		t.Error(err)
	}
}

func TestSkipLockedPassesOverHeldRows(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		if db.Engine() == database.SQLite { // it has one writer, and nothing to pass over
			if clause := db.Engine().SkipLocked(); clause != "" {
				t.Errorf("the clause is %q", clause)
			}
			return
		}
		take := func(tx *database.Handle) (string, error) {
			return database.Value[string](t.Context(), tx, `UPDATE counters SET n = n + 1 WHERE name =
				(SELECT name FROM counters ORDER BY name LIMIT 1 `+tx.Engine().SkipLocked()+`) RETURNING name`)
		}
		mustTx(t, db, func(tx *database.Handle) error {
			first, err := take(tx)
			mustTx(t, db, func(other *database.Handle) error {
				second, err := take(other)
				if first != "a" || second != "b" {
					t.Errorf("took %q and %q", first, second)
				}
				return err
			})
			return err
		})
	})
}

// uses are the ways to meet a dead connection.
var uses = map[string]func(context.Context, *database.DB) error{
	"read": func(ctx context.Context, db *database.DB) error {
		return count(ctx, db.Read())
	},
	"write": func(ctx context.Context, db *database.DB) error {
		return db.InTx(ctx, func(tx *database.Handle) error { return count(ctx, tx) })
	},
	"snapshot": func(ctx context.Context, db *database.DB) error {
		return db.InReadTx(ctx, func(tx *database.Handle) error { return count(ctx, tx) })
	},
}

func count(ctx context.Context, h *database.Handle) error {
	_, err := database.Value[int](ctx, h, "SELECT count(*) FROM stores")
	return err
}

// However many dead connections are in the pool, nobody meets one.
func TestDeadConnectionsAreNotNoticed(t *testing.T) {
	url := dbtest.URL(t, database.PostgreSQL)
	db, other := dbtest.Connect(t, url), dbtest.Connect(t, url)
	for name, use := range uses {
		for range 3 {
			fillPool(t, db)
			fillPool(t, db) // the driver asks a connection before its second use
			killOthers(t, other)
			if err := use(t.Context(), db); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// killOthers ends every other connection to the database and waits until they
// are gone, which must not take so long that the pool would ask them anyway.
func killOthers(t *testing.T, db *database.DB) {
	t.Helper()
	for _, end := range []string{"pg_terminate_backend(pid)", "pg_terminate_backend(pid, 10000)"} {
		_, err := database.Value[int](t.Context(), db.Read(), "SELECT count("+end+`) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A server that goes and comes back under a program is unavailable in between,
// and that is all.
func TestPostgresStopsAndStarts(t *testing.T) {
	cluster := dbtest.NewCluster(t)
	db := dbtest.Connect(t, cluster.URL())
	fillPool(t, db)
	cluster.Stop()
	for name, use := range uses {
		if err := use(t.Context(), db); !errors.Is(err, database.ErrUnavailable) {
			t.Errorf("%s while it is down: %v, want ErrUnavailable", name, err)
		}
	}
	if err := db.Ping(t.Context()); !errors.Is(err, database.ErrUnavailable) {
		t.Errorf("Ping while it is down: %v, want ErrUnavailable", err)
	}
	cluster.Start()
	for name, use := range uses {
		if err := use(t.Context(), db); err != nil {
			t.Errorf("%s after it is back: %v", name, err)
		}
	}
}

// fillPool makes the pool hold as many idle connections as it may.
func fillPool(t *testing.T, db *database.DB) {
	t.Helper()
	var group, all sync.WaitGroup
	all.Add(database.PoolSize())
	for range database.PoolSize() {
		group.Go(func() {
			arrive := sync.OnceFunc(all.Done)
			defer arrive() // or the others would wait for one that failed
			err := db.InTx(t.Context(), func(*database.Handle) error {
				arrive()
				all.Wait()
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}
