package milkcount

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// MilkType is a milk that is counted.
type MilkType struct {
	ID           string
	Name         string
	Category     string
	DisplayOrder int
	Active       bool
	Par          Par
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Par is how much of a milk the store wants to have.
type Par struct {
	ID            string
	Value         int
	UpdatedAt     time.Time
	UpdatedBy     *string
	UpdatedByName *string
}

// The categories of milk.
const (
	Dairy    = "dairy"
	NonDairy = "non_dairy"
)

// firstMilks are what a new store begins with, in the order of the shelf.
var firstMilks = []struct{ name, category string }{
	{"2%", Dairy},
	{"Whole", Dairy},
	{"Non-Fat", Dairy},
	{"Half & Half", Dairy},
	{"Heavy Cream", Dairy},
	{"Soy", NonDairy},
	{"Oat", NonDairy},
	{"Coconut", NonDairy},
	{"Almond", NonDairy},
}

const maxNameLength = 50

// checkMilkName reports a name that is empty or too long.
func checkMilkName(fields fault.Fields, name string) {
	switch length := utf8.RuneCountInString(name); {
	case length == 0:
		fields.Add("name", "Name is required")
	case length > maxNameLength:
		fields.Add("name", "Name too long (max 50 characters)")
	}
}

// StoresToProvision lists the stores that have no milks.
func (s *Service) StoresToProvision(ctx context.Context, h *database.Handle) ([]string, error) {
	return selectStoresWithoutMilks(ctx, h)
}

// ProvisionStore gives a store the milks that it begins with.
func (s *Service) ProvisionStore(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error {
	for i, first := range firstMilks {
		milk := newMilkType(first.name, first.category, now)
		milk.DisplayOrder = i + 1
		if err := insertMilkType(ctx, tx, storeID, milk); err != nil {
			return err
		}
	}
	return nil
}

func newMilkType(name, category string, now time.Time) MilkType {
	return MilkType{
		ID: uuid.Must(uuid.NewV7()).String(), Name: name, Category: category, Active: true,
		Par:       Par{ID: uuid.Must(uuid.NewV7()).String(), UpdatedAt: now},
		CreatedAt: now, UpdatedAt: now,
	}
}

// MilkTypes lists the milks in the order of the shelf.
func (s *Service) MilkTypes(ctx context.Context, who actor.Actor, includeInactive bool) ([]MilkType, error) {
	return selectMilkTypes(ctx, s.db.Read(), who.Store.ID, includeInactive)
}

func errMilkTypeNotFound() error { return fault.New(fault.NotFound, "Milk type not found") }

func errMilkTypeExists() error { return fault.New(fault.Conflict, "Milk type already exists") }

// AddMilkType adds a milk at the end of the order.
func (s *Service) AddMilkType(ctx context.Context, who actor.Actor, name, category string, par int) (MilkType, error) {
	milk := newMilkType(name, category, s.now.When(ctx))
	milk.Par.Value, milk.Par.UpdatedBy, milk.Par.UpdatedByName = par, &who.UserID, &who.Name
	err := s.db.InTx(ctx, func(tx *database.Handle) (err error) {
		if milk.DisplayOrder, err = nextDisplayOrder(ctx, tx, who.Store.ID); err != nil {
			return err
		}
		if err := insertMilkType(ctx, tx, who.Store.ID, milk); err != nil {
			return err
		}
		return s.record(ctx, tx, who, audit.MilkTypeUpdated, name+" (added)", nil)
	})
	if errors.Is(err, database.ErrUnique) {
		err = errMilkTypeExists()
	}
	return milk, err
}

// MilkTypeChange is what may be changed about a milk; nil leaves it as it is.
type MilkTypeChange struct {
	Name         *string
	DisplayOrder *int
	Active       *bool
}

// ChangeMilkType renames, moves, hides or shows a milk.
func (s *Service) ChangeMilkType(
	ctx context.Context, who actor.Actor, id string, change MilkTypeChange,
) (milk MilkType, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		milk, err = selectMilkTypeForUpdate(ctx, tx, who.Store.ID, id)
		if errors.Is(err, database.ErrNoRows) {
			return errMilkTypeNotFound()
		}
		if err != nil {
			return err
		}
		before := milk
		change.apply(&milk)
		if milk == before {
			return nil
		}
		milk.UpdatedAt = s.now.When(ctx)
		if err := updateMilkType(ctx, tx, who.Store.ID, milk); err != nil {
			return err
		}
		return s.record(ctx, tx, who, audit.MilkTypeUpdated, milk.Name,
			map[string]any{"old": milkDetails(before), "new": milkDetails(milk)})
	})
	if errors.Is(err, database.ErrUnique) {
		err = errMilkTypeExists()
	}
	return milk, err
}

func (c MilkTypeChange) apply(milk *MilkType) {
	if c.Name != nil {
		milk.Name = *c.Name
	}
	if c.DisplayOrder != nil {
		milk.DisplayOrder = *c.DisplayOrder
	}
	if c.Active != nil {
		milk.Active = *c.Active
	}
}

func milkDetails(m MilkType) map[string]any {
	return map[string]any{"name": m.Name, "display_order": m.DisplayOrder, "active": m.Active}
}

// SetPar changes how much of a milk the store wants to have. The same value
// again changes and records nothing: a client that sends an edit twice leaves
// one trace.
func (s *Service) SetPar(ctx context.Context, who actor.Actor, milkTypeID string, value int) (milk MilkType, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		milk, err = selectMilkTypeForUpdate(ctx, tx, who.Store.ID, milkTypeID)
		if errors.Is(err, database.ErrNoRows) {
			return errMilkTypeNotFound()
		}
		if err != nil || milk.Par.Value == value {
			return err
		}
		before, now := milk.Par.Value, s.now.When(ctx)
		milk.Par.Value, milk.Par.UpdatedAt = value, now
		milk.Par.UpdatedBy, milk.Par.UpdatedByName = &who.UserID, &who.Name
		if err := updatePar(ctx, tx, who.Store.ID, milk); err != nil {
			return err
		}
		return s.record(ctx, tx, who, audit.MilkParUpdated, parDescription(milk),
			map[string]any{"old": before, "new": value})
	})
	return milk, err
}
