package backup

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

var noon = time.Date(2026, 3, 4, 20, 0, 0, 123456000, time.UTC)

func maker() Maker { return Maker{Program: "test", Clock: clock.NewManual(noon).Now} }

// archiveOf is a backup of a database.
func archiveOf(t testing.TB, db *database.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := maker().Write(t.Context(), db, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read reads an archive that must be whole.
func read(t testing.TB, archive []byte) *Archive {
	t.Helper()
	a, err := Read(t.Context(), bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// restore is what the command does: it reads the archive, and then puts it back.
func restore(ctx context.Context, archive []byte, db *database.DB, how Restoring) error {
	a, err := Read(ctx, bytes.NewReader(archive))
	if err != nil {
		return err
	}
	how.Maker = maker()
	return how.Restore(ctx, a, db)
}

// contents are what is in each table, whichever engine it comes from.
func contents(m Manifest) map[string]Content {
	all := map[string]Content{}
	for _, t := range m.Tables {
		all[t.Name] = t.Content
	}
	return all
}

// contentsOf are those of a database.
func contentsOf(t testing.TB, db *database.DB) map[string]Content {
	t.Helper()
	all := map[string]Content{}
	err := db.InReadTx(t.Context(), func(tx *database.Handle) error {
		found, err := describe(t.Context(), tx)
		if err != nil {
			return err
		}
		for _, one := range found {
			if all[one.Name], err = measure(t.Context(), tx, one); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func expectSame(t testing.TB, what string, want, got map[string]Content) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func inTx(t testing.TB, db *database.DB, statements ...func(tx *database.Handle) error) {
	t.Helper()
	for _, do := range statements {
		if err := db.InTx(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
}

func run(t testing.TB, db *database.DB, query string, args ...any) {
	t.Helper()
	inTx(t, db, func(tx *database.Handle) error {
		_, err := tx.Exec(t.Context(), query, args...)
		return err
	})
}

// eachPair runs a test for every way from one engine into another.
func eachPair(t *testing.T, test func(t *testing.T, from, into database.Engine)) {
	t.Helper()
	for _, from := range dbtest.Engines() {
		for _, into := range dbtest.Engines() {
			t.Run(string(from)+" into "+string(into), func(t *testing.T) { test(t, from, into) })
		}
	}
}
