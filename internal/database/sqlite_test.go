package database_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestSQLitePaths(t *testing.T) {
	for _, name := range []string{"plain.db", "with space.db", "what?.db", "#1.db", "100%.db", "%41.db", "a&b=c;d.db", "Käffchen ☕.db"} {
		path := filepath.Join(t.TempDir(), "new folder?", name)
		db := dbtest.Connect(t, "sqlite:"+path)
		if _, err := db.Migrate(t.Context()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for file, want := range map[string]fs.FileMode{path: 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700 | fs.ModeDir} {
			info, err := os.Stat(file)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if info.Mode() != want && runtime.GOOS != "windows" {
				t.Errorf("%s has mode %v, want %v", file, info.Mode(), want)
			}
		}
	}
}

func TestSQLiteRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	dbtest.Connect(t, "sqlite:here.db")
	if _, err := os.Stat("here.db"); err != nil {
		t.Error(err)
	}
}

func TestSQLitePragmas(t *testing.T) {
	db := dbtest.Open(t, database.SQLite)
	read := func(h *database.Handle) map[string]string {
		got := map[string]string{}
		for _, name := range []string{"journal_mode", "synchronous", "foreign_keys", "query_only", "busy_timeout", "cache_size"} {
			value, err := database.Value[string](t.Context(), h, "PRAGMA "+name)
			if err != nil {
				t.Fatal(err)
			}
			got[name] = value
		}
		return got
	}
	writer := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
		"query_only": "0", "busy_timeout": "10000", "cache_size": "-2000",
	}
	mustTx(t, db, func(tx *database.Handle) error {
		if diff := cmp.Diff(writer, read(tx)); diff != "" {
			t.Errorf("writer (-want +got):\n%s", diff)
		}
		return nil
	})
	if got := read(db.Read()); got["query_only"] != "1" || got["journal_mode"] != "wal" {
		t.Errorf("reader: %v", got)
	}
}

func TestSQLiteReaderRefusesWrites(t *testing.T) {
	db := dbtest.Open(t, database.SQLite)
	if _, err := db.Read().Exec(t.Context(), "CREATE TABLE t (x int)"); err == nil {
		t.Error("a reader created a table")
	}
}

func TestSQLiteBusyIsRetriedThenUnavailable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "busy.db")
	holder := dbtest.Connect(t, "sqlite:"+path)
	impatient, err := database.OpenImpatient(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer impatient.Close() //nolint:errcheck // nothing was written
	mustTx(t, holder, func(*database.Handle) error {
		err := impatient.InTx(t.Context(), func(*database.Handle) error { return nil })
		if !errors.Is(err, database.ErrUnavailable) {
			t.Errorf("beside another writer: %v, want ErrUnavailable", err)
		}
		return nil
	})
	if err := impatient.InTx(t.Context(), func(*database.Handle) error { return nil }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
