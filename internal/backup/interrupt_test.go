package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// at ends a context when a table is reached.
func at(table string, stop func()) Progress {
	return func(t Table) {
		if t.Name == table {
			stop()
		}
	}
}

func TestAnInterruptedBackupLeavesNoFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		fillOddly(t, db)
		folder := t.TempDir()
		for _, table := range []string{"stores", "tracking_history", "rtde_session_counts"} {
			ctx, stop := context.WithCancel(t.Context())
			m := maker()
			m.Progress = at(table, stop)
			if _, _, err := m.WriteFile(ctx, db, filepath.Join(folder, "kept.tar.zst"), true); !errors.Is(err, context.Canceled) {
				t.Errorf("interrupted at %s: %v", table, err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("interrupted at %s: left %v (%v)", table, left, err)
			}
		}
	})
}

func TestAnInterruptedRestoreLeavesTheDatabaseAsItWas(t *testing.T) {
	source := dbtest.Open(t, database.SQLite)
	fillOddly(t, source)
	archive := archiveOf(t, source)
	for _, engine := range dbtest.Engines() {
		into := target(t, engine)
		before := contentsOf(t, into)
		for _, table := range []string{"stores", "users", "tracking_history", "rtde_session_counts"} {
			ctx, stop := context.WithCancel(t.Context())
			err := restore(ctx, archive, into, Restoring{Replace: true, Progress: at(table, stop)})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: interrupted at %s: %v", engine, table, err)
			}
			expectSame(t, "the target", before, contentsOf(t, into))
		}
	}
}

func TestADatabaseWithAccountsIsOverwrittenOnlyWhenToldTo(t *testing.T) {
	archive := small(t)
	want := contents(read(t, archive).Manifest)
	for _, engine := range dbtest.Engines() {
		into := target(t, engine)
		before := contentsOf(t, into)
		if err := restore(t.Context(), archive, into, Restoring{}); !errors.Is(err, ErrInhabited) {
			t.Errorf("%s: %v", engine, err)
		}
		expectSame(t, "the target", before, contentsOf(t, into))
		if err := restore(t.Context(), archive, into, Restoring{Replace: true}); err != nil {
			t.Errorf("%s: %v", engine, err)
		}
		expectSame(t, "the target", want, contentsOf(t, into))
		// Without its digest the next key that comes is taken, and no answer is
		// kept that this key cannot recognise.
		if err := restore(t.Context(), archive, into, Restoring{Replace: true, NewKey: true}); err != nil {
			t.Errorf("%s: %v", engine, err)
		}
		for _, table := range []string{"key_checks", "idempotency_answers"} {
			if n, err := database.Value[int](t.Context(), into.Read(), "SELECT count(*) FROM "+table); n != 0 || err != nil {
				t.Errorf("%s: %d rows in %s (%v)", engine, n, table, err)
			}
		}
	}
}
