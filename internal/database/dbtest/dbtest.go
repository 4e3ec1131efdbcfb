// Package dbtest gives tests real databases: for each test its own, fresh and
// migrated, on SQLite and on PostgreSQL.
//
// PostgreSQL is the server that TEST_DATABASE_URL names, where databases may be
// created, or else one that is started from the installed binaries, once a test
// process, and thrown away at its end. Where there is neither, the tests that
// want it are skipped, or fail if REQUIRE_POSTGRES is set.
package dbtest

import (
	"fmt"
	"os"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Main runs a package's tests and takes away what they started:
//
//	func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }
func Main(m *testing.M) int {
	code := m.Run()
	if skipped.Load() {
		fmt.Fprintln(os.Stderr, "WARNING: tests were skipped:", noPostgres)
	}
	if err := stopShared(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the test database:", err)
		code = max(code, 1)
	}
	return code
}

// Engines lists the engines that everything is tested on.
func Engines() []database.Engine {
	return []database.Engine{database.SQLite, database.PostgreSQL}
}

// Each runs a test on every engine, as a subtest with a database of its own.
func Each(t *testing.T, run func(t *testing.T, db *database.DB)) {
	t.Helper()
	for _, engine := range Engines() {
		t.Run(string(engine), func(t *testing.T) {
			run(t, Open(t, engine))
		})
	}
}

// Open opens a fresh, migrated database until the test ends.
func Open(tb testing.TB, engine database.Engine) *database.DB {
	tb.Helper()
	return Connect(tb, URL(tb, engine))
}

// Connect opens the database that url names until the test ends.
func Connect(tb testing.TB, url string) *database.DB {
	tb.Helper()
	db, err := database.Open(tb.Context(), url)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// URL makes a fresh, migrated database, which goes when the test ends.
func URL(tb testing.TB, engine database.Engine) string {
	tb.Helper()
	if engine == database.SQLite {
		return copySQLite(tb)
	}
	return sharedServer(tb).freshDatabase(tb)
}

// EmptyURL makes a database that has not been migrated.
func EmptyURL(tb testing.TB, engine database.Engine) string {
	tb.Helper()
	if engine == database.SQLite {
		return "sqlite:" + sqliteFile(tb)
	}
	return sharedServer(tb).emptyDatabase(tb)
}
