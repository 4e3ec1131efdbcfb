package rtde

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Items lists what is in the display, in its order.
func (s *Service) Items(ctx context.Context, who actor.Actor, includeInactive bool) ([]Item, error) {
	return selectItems(ctx, s.db.Read(), who.Store.ID, includeInactive)
}

func errItemNotFound() error { return fault.New(fault.NotFound, "Item not found") }

func orItemNotFound(err error) error {
	if errors.Is(err, database.ErrNoRows) {
		return errItemNotFound()
	}
	return err
}

// AddItem puts an item at the end of the order.
func (s *Service) AddItem(ctx context.Context, who actor.Actor, item Item) (Item, error) {
	now := s.now.When(ctx)
	item.ID = uuid.Must(uuid.NewV7()).String()
	item.CreatedAt, item.UpdatedAt = now, now
	err := s.db.InTx(ctx, func(tx *database.Handle) (err error) {
		if item.DisplayOrder, err = nextDisplayOrder(ctx, tx, who.Store.ID); err != nil {
			return err
		}
		if err := insertItem(ctx, tx, who.Store.ID, item); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, who.Store.ID, audit.RTDEItemCreated, item.describe(), s.now())
	})
	return item, err
}

// describe is how the audit log calls an item.
func (i Item) describe() string { return fmt.Sprintf("%s (Par: %d)", i.Name, i.ParLevel) }

// ChangeItem changes an item by a function. Nothing is written or recorded if
// nothing changed.
func (s *Service) ChangeItem(
	ctx context.Context, who actor.Actor, id string, change func(*Item),
) (item Item, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		before, err := selectItemForUpdate(ctx, tx, who.Store.ID, id)
		if err != nil {
			return orItemNotFound(err)
		}
		item = before
		change(&item)
		if item.sameAs(before) {
			return nil
		}
		item.UpdatedAt = s.now.When(ctx)
		if err := updateItem(ctx, tx, who.Store.ID, item); err != nil {
			return err
		}
		return audit.RecordDetails(ctx, tx, who, who.Store.ID, audit.RTDEItemUpdated, item.describe(),
			map[string]any{"old": before.details(), "new": item.details()}, s.now())
	})
	return item, err
}

// itemDetails are the parts of an item that admins change.
type itemDetails struct {
	Name          string `json:"name"`
	Brand         string `json:"brand"`
	ImageFilename string `json:"image_filename"`
	Icon          string `json:"icon"`
	ParLevel      int    `json:"par_level"`
	Active        bool   `json:"active"`
}

func (i Item) details() itemDetails {
	return itemDetails{
		Name: i.Name, Brand: orEmpty(i.Brand), ImageFilename: orEmpty(i.ImageFilename), Icon: orEmpty(i.Icon),
		ParLevel: i.ParLevel, Active: i.Active,
	}
}

func (i Item) sameAs(other Item) bool { return i.details() == other.details() }

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// DeleteItem deletes an item that no session ever counted or pulled, and hides
// any other.
func (s *Service) DeleteItem(ctx context.Context, who actor.Actor, id string) (permanently bool, err error) {
	now := s.now.When(ctx)
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		item, err := selectItemForUpdate(ctx, tx, who.Store.ID, id)
		if err != nil {
			return orItemNotFound(err)
		}
		deleted, err := deleteUnusedItem(ctx, tx, who.Store.ID, id)
		if err != nil {
			return err
		}
		permanently = deleted > 0
		if !permanently {
			item.Active, item.UpdatedAt = false, now
			if err := updateItem(ctx, tx, who.Store.ID, item); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, who, who.Store.ID, audit.RTDEItemDeleted, item.describe(), s.now())
	})
	return permanently, err
}

// Place is where an item goes in the order.
type Place struct {
	ItemID       string
	DisplayOrder int
}

// Reorder moves items, all of them or none.
func (s *Service) Reorder(ctx context.Context, who actor.Actor, places []Place) error {
	if len(places) == 0 {
		return nil
	}
	now := s.now.When(ctx)
	return s.db.InTx(ctx, func(tx *database.Handle) error {
		moved, err := updatePlaces(ctx, tx, who.Store.ID, places, now)
		if err != nil {
			return err
		}
		if moved < int64(len(places)) {
			return fault.New(fault.NotFound, "Item ID not found")
		}
		return audit.Record(ctx, tx, who, who.Store.ID, audit.RTDEItemsReordered,
			fmt.Sprintf("%d items", len(places)), s.now())
	})
}
