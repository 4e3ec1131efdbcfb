package database

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"
)

// keptOf looks at what a pool's only connection keeps of a query.
func keptOf(t *testing.T, conn *sql.Conn, query string) (statements int, inUse bool) {
	t.Helper()
	err := conn.Raw(func(driver any) error {
		kept := driver.(*keepingConn).kept
		statements = len(kept)
		if s := kept[query]; s == nil || s.inUse {
			inUse = s != nil
			if s == nil {
				t.Error("the statement is not kept")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return statements, inUse
}

func TestAStatementIsKeptOnceHoweverItsRunsEnd(t *testing.T) {
	db, err := openSQLite(t.Context(), filepath.Join(t.TempDir(), "kept.db"), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // the test is over
	conn, err := db.reader.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // the test is over

	// Rows without an end, as long as nobody stops; a division fails, where it is asked for.
	const query = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT $1) SELECT json(substr($2, 1, i)) FROM n`
	run := func(ctx context.Context, limit int, text string, stopAfter int) error {
		rows, err := conn.QueryContext(ctx, query, limit, text)
		if err != nil {
			return err
		}
		defer rows.Close()
		for n := 0; rows.Next(); n++ {
			if n == stopAfter {
				break
			}
		}
		return rows.Err()
	}
	cancelled, cancel := context.WithCancel(t.Context())
	for _, end := range []struct {
		name  string
		run   func() error
		fails bool
	}{
		{"to the end", func() error { return run(t.Context(), 3, "1234", -1) }, false},
		{"once more", func() error { return run(t.Context(), 3, "1234", -1) }, false},
		{"with an error at once", func() error { return run(t.Context(), 3, "x", -1) }, true},
		{"with an error later on", func() error { return run(t.Context(), 3, "1x", -1) }, true},
		{"given up", func() error { return run(t.Context(), 3, "1234", 1) }, false},
		{"cancelled", func() error {
			rows, err := conn.QueryContext(cancelled, query, 1_000_000, "1")
			if err != nil {
				return err
			}
			defer rows.Close()
			rows.Next()
			cancel()
			for rows.Next() {
			}
			return rows.Err()
		}, true},
		{"after all that", func() error { return run(t.Context(), 3, "1234", -1) }, false},
	} {
		if err := end.run(); (err != nil) != end.fails {
			t.Errorf("%s: %v", end.name, err)
		}
		if n, inUse := keptOf(t, conn, query); n != 1 || inUse {
			t.Errorf("%s: %d statements are kept, in use: %v", end.name, n, inUse)
		}
	}
}
