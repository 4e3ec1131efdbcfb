package database_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestConstraintErrors(t *testing.T) {
	tests := []struct {
		name, query string
		want        error
	}{
		{"primary key", "INSERT INTO counters (name, n) VALUES ('a', 1)", database.ErrUnique},
		{"unique", "INSERT INTO marks (counter, mark) VALUES ('a', 'x'), ('a', 'x')", database.ErrUnique},
		{"foreign key", "INSERT INTO marks (counter, mark) VALUES ('c', 'x')", database.ErrForeignKey},
		{"referred to", "DELETE FROM counters", database.ErrForeignKey},
		{"check", "UPDATE counters SET n = -1", database.ErrCheck},
		{"not null", "INSERT INTO counters (name, n) VALUES ('c', NULL)", database.ErrCheck},
	}
	withCounters(t, func(t *testing.T, db *database.DB) {
		mustTx(t, db, func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), "INSERT INTO marks (counter, mark) VALUES ('a', 'y')")
			return err
		})
		for _, test := range tests {
			err := db.InTx(t.Context(), func(tx *database.Handle) error {
				_, err := tx.Exec(t.Context(), test.query)
				return err
			})
			if !errors.Is(err, test.want) {
				t.Errorf("%s: %v, want %v", test.name, err, test.want)
			}
			if !fromDriver(err) {
				t.Errorf("%s: %v does not wrap the driver's error", test.name, err)
			}
		}
		// A query that fails while its rows are read is translated too.
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			_, err := database.Value[string](t.Context(), tx, "INSERT INTO counters (name, n) VALUES ('a', 1) RETURNING name")
			return err
		})
		if !errors.Is(err, database.ErrUnique) {
			t.Errorf("INSERT … RETURNING: %v, want ErrUnique", err)
		}
	})
}

func fromDriver(err error) bool {
	_, lite := errors.AsType[*sqlite.Error](err)
	_, pg := errors.AsType[*pgconn.PgError](err)
	return lite || pg
}

func TestEndedContext(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		cancelled, cancel := context.WithCancel(t.Context())
		late, cancelLate := context.WithTimeout(t.Context(), time.Nanosecond)
		defer cancelLate()
		for _, use := range []func(context.Context) error{
			func(ctx context.Context) error { _, err := get(ctx, db.Read(), "a"); return err },
			func(ctx context.Context) error { return db.InTx(ctx, func(*database.Handle) error { return nil }) },
		} {
			if err := use(late); !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, database.ErrUnavailable) {
				t.Errorf("after the deadline: %v, want DeadlineExceeded and ErrUnavailable", err)
			}
		}
		// Cancelled in the middle of a transaction.
		err := db.InTx(cancelled, func(tx *database.Handle) error {
			if err := set(cancelled, tx, "a", 2); err != nil {
				return err
			}
			cancel()
			_, err := get(cancelled, tx, "a")
			return err
		})
		if !errors.Is(err, context.Canceled) || errors.Is(err, database.ErrUnavailable) {
			t.Errorf("after a cancel: %v, want Canceled and not ErrUnavailable", err)
		}
		wantCounter(t, db, "a", 1)
	})
}

func TestDeadlineDuringAQuery(t *testing.T) {
	slow := map[database.Engine]string{
		database.SQLite:     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
		database.PostgreSQL: "SELECT count(*) FROM generate_series(1, 1000000000)",
	}
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := database.Value[int64](ctx, db.Read(), slow[db.Engine()])
		if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, database.ErrUnavailable) {
			t.Errorf("got %v, want DeadlineExceeded and ErrUnavailable", err)
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestOpenErrors(t *testing.T) {
	for url, want := range map[string]string{
		"mysql://root:secret@host/db": "must begin with sqlite: or postgres://",
		"sqlite:":                     "names no file",
		"sqlite::memory:":             "not supported",
		"sqlite://host/file.db":       "names a host",
		"sqlite:a\x00b":               "NUL",
	} {
		_, err := database.Open(t.Context(), url)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q) returned %v, want %q", url, err, want)
		}
	}
	for _, url := range []string{"sqlite:" + t.TempDir(), "postgres://nobody@127.0.0.1:1/none"} {
		if _, err := database.Open(t.Context(), url); !errors.Is(err, database.ErrUnavailable) {
			t.Errorf("Open(%q) returned %v, want ErrUnavailable", url, err)
		}
	}
}
