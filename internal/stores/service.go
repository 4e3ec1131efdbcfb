package stores

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Provisioner is a room that has first-run data for a new store. It is called
// in the transaction that makes the store.
type Provisioner interface {
	ProvisionStore(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error
}

// EnsureFirst makes the given store, with everything its tools need, if there
// is none yet. Several nodes may try at once: the number is unique.
func EnsureFirst(ctx context.Context, db *database.DB, first Store, tools ...Provisioner) error {
	err := db.InTx(ctx, func(tx *database.Handle) error {
		if _, err := First(ctx, tx); !errors.Is(err, database.ErrNoRows) {
			return err
		}
		first.ID = uuid.Must(uuid.NewV7()).String()
		first.UpdatedAt = first.CreatedAt
		if err := insertStore(ctx, tx, first); err != nil {
			return err
		}
		for _, tool := range tools {
			if err := tool.ProvisionStore(ctx, tx, first.ID, first.CreatedAt); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, database.ErrUnique) {
		return nil // another node was faster
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

// Update writes a store's name and zone.
func Update(ctx context.Context, tx *database.Handle, s Store) error {
	return updateStore(ctx, tx, s)
}
