package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sirenbase/sirenbase/internal/database"
)

// ErrInhabited is a database that is not to be overwritten unasked.
var ErrInhabited = errors.New("the database has accounts in it already")

// Restoring is how an archive is to be put back.
type Restoring struct {
	// Replace deletes what is there; else nobody may ever have had an account.
	Replace bool
	// NewKey forgets the key that the PINs were hashed with: the next that comes
	// is taken, and no PIN works.
	NewKey bool
	// LiftTo is from where on the numbers of events go on. Those after the backup
	// were given out already: a phone that has one would take the next of that
	// number for what it knows.
	LiftTo   int64
	Maker    Maker // for archives that have to be brought up to date
	Progress Progress
}

// Restore puts everything back in one transaction, at the end of which the
// database holds what the archive does (see LiftTo); or else what it did before.
func (r Restoring) Restore(ctx context.Context, a *Archive, db *database.DB) error {
	newest, err := db.NewestSchema()
	if err != nil {
		return err
	}
	if a.Schema > newest {
		return fmt.Errorf("a newer SirenBase (%s) made this backup: restore it with that (its schema is %d, this program knows %d)",
			a.Program, a.Schema, newest)
	}
	if err := r.refuseInhabited(ctx, db); err != nil {
		return err
	}
	if a.Schema < newest {
		return r.restoreOlder(ctx, a, db)
	}
	if _, err := db.Migrate(ctx); err != nil {
		return err
	}
	return db.InTx(ctx, func(tx *database.Handle) error { return r.load(ctx, a, tx) })
}

// refuseInhabited comes before the schema is touched.
func (r Restoring) refuseInhabited(ctx context.Context, db *database.DB) error {
	return db.InReadTx(ctx, func(tx *database.Handle) error {
		names, err := existing(ctx, tx)
		if err != nil || !slices.Contains(names, "users") {
			return err
		}
		return r.checkInhabited(ctx, tx)
	})
}

func (r Restoring) checkInhabited(ctx context.Context, tx *database.Handle) error {
	if r.Replace {
		return nil
	}
	inhabited, err := hasUsers(ctx, tx)
	if err == nil && inhabited {
		err = ErrInhabited
	}
	return err
}

func (r Restoring) load(ctx context.Context, a *Archive, tx *database.Handle) error {
	here, err := describe(ctx, tx)
	if err != nil {
		return err
	}
	if err := sameColumns(a.Tables, here); err != nil {
		return err
	}
	names, err := existing(ctx, tx)
	if err != nil {
		return err
	}
	if err := holdTables(ctx, tx, names); err != nil {
		return err
	}
	if err := r.checkInhabited(ctx, tx); err != nil {
		return err
	}
	if err := emptyTables(ctx, tx, names); err != nil {
		return fmt.Errorf("empty the database: %w", err)
	}
	if err := a.again(ctx, loader{ctx, tx, r.Progress}.load); err != nil {
		return err
	}
	if err := compare(ctx, tx, here, a.Tables); err != nil {
		return err
	}
	return r.adapt(ctx, tx)
}

// adapt changes what must not be as it was.
func (r Restoring) adapt(ctx context.Context, tx *database.Handle) error {
	if r.LiftTo > 0 {
		if err := liftRevisions(ctx, tx, r.LiftTo); err != nil {
			return err
		}
	}
	if r.NewKey {
		return forgetKey(ctx, tx)
	}
	return nil
}

// sameColumns holds the archive's tables against those of the database.
func sameColumns(archived, here []Table) error {
	same := slices.EqualFunc(archived, here, func(a, b Table) bool {
		return a.Name == b.Name && slices.Equal(a.Columns, b.Columns)
	})
	if !same {
		return wrong("its tables are not those of its schema")
	}
	return nil
}

// compare reads everything back.
func compare(ctx context.Context, tx *database.Handle, here, archived []Table) error {
	for i, t := range here {
		found, err := measure(ctx, tx, t)
		if err != nil {
			return err
		}
		if found != archived[i].Content {
			return fmt.Errorf("table %s came out of the database otherwise than it went in: nothing was changed", t.Name)
		}
	}
	return nil
}
