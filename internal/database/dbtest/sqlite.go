package dbtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
)

// migratedFile is the content of a migrated SQLite file.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "sirenbase-test")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a leftover of a few kilobytes
	path := filepath.Join(dir, "template.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	// Closed, the file is whole: its log has been folded in.
	return os.ReadFile(path)
})

func migrate(url string) error {
	ctx := context.Background() // the first test that needs it makes it for all
	db, err := database.Open(ctx, url)
	if err != nil {
		return err
	}
	_, err = db.Migrate(ctx)
	return errors.Join(err, db.Close())
}

func copySQLite(tb testing.TB) string {
	tb.Helper()
	content, err := migratedFile()
	if err != nil {
		tb.Fatal(err)
	}
	path := sqliteFile(tb)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return "sqlite:" + path
}

func sqliteFile(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "sirenbase.db")
}
