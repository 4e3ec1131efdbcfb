package stores

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Provisioner is a room that has first-run data for a store.
type Provisioner interface {
	// StoresToProvision lists the stores that lack the room's first-run data:
	// those that are newer than the last look, or older than the room.
	StoresToProvision(ctx context.Context, h *database.Handle) ([]string, error)
	// ProvisionStore gives it to one of them.
	ProvisionStore(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error
}

// EnsureFirst makes the given store if there is none yet. Several nodes may
// try at once: the number is unique.
func EnsureFirst(ctx context.Context, db *database.DB, first Store) error {
	err := db.InTx(ctx, func(tx *database.Handle) error {
		if _, err := First(ctx, tx); !errors.Is(err, database.ErrNoRows) {
			return err
		}
		first.ID = uuid.Must(uuid.NewV7()).String()
		first.UpdatedAt = first.CreatedAt
		return insertStore(ctx, tx, first)
	})
	return unlessMade(err)
}

// Retime gives the first store the clock that is asked for, where something is, as
// long as nobody has an account and nobody has set the store: a trial is not to
// decide it.
func Retime(ctx context.Context, db *database.DB, asked Store) error {
	if asked == (Store{}) {
		return nil
	}
	return db.InTx(ctx, func(tx *database.Handle) error {
		first, err := LockFirst(ctx, tx)
		if err != nil || !first.UpdatedAt.Equal(first.CreatedAt) {
			return err
		}
		return updateUnusedTimes(ctx, tx, first.ID, asked)
	})
}

// Provision gives every store the first-run data that it lacks.
func Provision(ctx context.Context, db *database.DB, now time.Time, rooms ...Provisioner) error {
	for _, room := range rooms {
		ids, err := room.StoresToProvision(ctx, db.Read())
		if err != nil {
			return err
		}
		for _, id := range ids {
			err := db.InTx(ctx, func(tx *database.Handle) error { return room.ProvisionStore(ctx, tx, id, now) })
			if err := unlessMade(err); err != nil {
				return err
			}
		}
	}
	return nil
}

// unlessMade takes it for done what another node was faster at.
func unlessMade(err error) error {
	if errors.Is(err, database.ErrUnique) {
		return nil
	}
	return err
}

// First is the oldest store, where whoever signs up belongs.
func First(ctx context.Context, h *database.Handle) (Store, error) {
	return selectFirst(ctx, h, "")
}

// LockFirst is First, and makes every other transaction that asks for it wait
// until this one is over.
func LockFirst(ctx context.Context, tx *database.Handle) (Store, error) {
	return selectFirst(ctx, tx, tx.Engine().ForUpdate())
}

// Update writes a store.
func Update(ctx context.Context, tx *database.Handle, s Store) error { return updateStore(ctx, tx, s) }
