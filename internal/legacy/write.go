package legacy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/stores"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

// Copied is what became of one table. Its checksum is over what was read back.
type Copied struct {
	Table    string
	From     string // empty: worked out from other tables
	Read     int
	Written  int
	Checksum string
}

// Into is where a Move goes, and how.
type Into struct {
	DB  *database.DB
	Now time.Time
	// DryRun: everything is done, and then undone.
	DryRun bool
	// Progress hears of every table.
	Progress func(format string, args ...any)
}

var (
	errNotEmpty = errors.New("there are accounts already: an import goes into an empty SirenBase")
	errDryRun   = errors.New("dry run")
)

// Write puts the rows into the first store of an empty SirenBase, reads them
// back and compares. It is one transaction: where it fails, or is killed,
// nothing is there.
func (m *Move) Write(ctx context.Context, into Into) (copied []Copied, err error) {
	err = into.DB.InTx(ctx, func(tx *database.Handle) error {
		store, err := stores.LockFirst(ctx, tx) // others who import, or set up, wait here
		if err != nil {
			return err
		}
		if taken, err := anybody(ctx, tx); err != nil || taken {
			return errors.Join(err, onlyIf(taken, errNotEmpty))
		}
		if copied, err = m.writeTables(ctx, tx, store.ID, into); err != nil {
			return err
		}
		if err := m.record(ctx, tx, store.ID, into.Now); err != nil {
			return err
		}
		return onlyIf(into.DryRun, errDryRun)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return copied, err
}

func onlyIf(is bool, err error) error {
	if !is {
		return nil
	}
	return err
}

func (m *Move) writeTables(ctx context.Context, tx *database.Handle, storeID string, into Into) ([]Copied, error) {
	if err := deleteStrangers(ctx, tx); err != nil {
		return nil, err
	}
	for _, t := range slices.Backward(m.tables) {
		if t.replaces && !t.kept() {
			if err := deleteRows(ctx, tx, t, storeID); err != nil {
				return nil, fmt.Errorf("empty %s: %w", t.name, err)
			}
		}
	}
	for _, t := range m.tables {
		into.Progress("Writing %s: %d rows …", t.name, len(t.rows))
		if err := t.write(ctx, tx, storeID); err != nil {
			return nil, fmt.Errorf("write %s: %w", t.name, err)
		}
	}
	into.Progress("Reading everything back …")
	copied := make([]Copied, len(m.tables))
	for i, t := range m.tables {
		var err error
		if copied[i], err = t.verify(ctx, tx, storeID); err != nil {
			return nil, err
		}
	}
	return copied, nil
}

func (t *table) write(ctx context.Context, tx *database.Handle, storeID string) error {
	if t.follows { // the only table that does; its rows were worked out by the same rule
		return tracking.MatchCodes(ctx, tx, storeID)
	}
	return insertRows(ctx, tx, t, storeID)
}

// verify compares what stands in the target with what was to be written.
func (t *table) verify(ctx context.Context, tx *database.Handle, storeID string) (Copied, error) {
	c := Copied{Table: t.name, From: t.from, Read: t.read, Written: len(t.rows), Checksum: checksum(t.rows)}
	if t.kept() {
		return c, nil
	}
	found, err := selectRows(ctx, tx, t, storeID)
	if err != nil {
		return c, fmt.Errorf("read %s back: %w", t.name, err)
	}
	if len(found) != len(t.rows) {
		return c, fmt.Errorf("%s has %d rows, and not the %d that were written: nothing was kept", t.name, len(found), len(t.rows))
	}
	if checksum(found) != c.Checksum {
		return c, fmt.Errorf("%s does not have the rows that were written: nothing was kept", t.name)
	}
	return c, nil
}

// record leaves a line for the admins.
func (m *Move) record(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error {
	rows := map[string]int{}
	for _, t := range m.tables {
		if t.from != "" {
			rows[t.name] = len(t.rows)
		}
	}
	return audit.RecordDetails(ctx, tx, audit.System, storeID, audit.StoreUpdated, "Moved in from the old system",
		map[string]any{"rows": rows}, now)
}
