package stores

import (
	"cmp"
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Service is what can be done with stores.
type Service struct {
	db    *database.DB
	now   clock.Clock
	times Times
	rooms []Provisioner
}

// Times are those of a new store that says nothing else.
type Times struct{ BusinessDayStart, MorningCountCutoff string }

// NewService returns the service on a database. The rooms are those that give
// a new store its first-run data.
func NewService(db *database.DB, now clock.Clock, times Times, rooms ...Provisioner) *Service {
	return &Service{db, now, times, rooms}
}

// Mine lists the stores that the actor may act in, oldest first, and says which
// is their home.
func (s *Service) Mine(ctx context.Context, who actor.Actor) (mine []Store, home string, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		if mine, err = selectOf(ctx, tx, who.UserID); err != nil {
			return err
		}
		home, err = selectHome(ctx, tx, who.UserID)
		return err
	})
	return mine, home, err
}

// All lists every store, for whoever has the command line.
func (s *Service) All(ctx context.Context) ([]Store, error) { return selectAll(ctx, s.db.Read()) }

// ActivePartners counts the active users of each store, by its id; a store
// without any is missing.
func (s *Service) ActivePartners(ctx context.Context) (map[string]int, error) {
	return selectActivePartners(ctx, s.db.Read())
}

// ByNumber finds a store by its number.
func (s *Service) ByNumber(ctx context.Context, number string) (Store, error) {
	store, err := selectByNumber(ctx, s.db.Read(), number)
	return store, orNotFound(err)
}

func orNotFound(err error) error {
	if errors.Is(err, database.ErrNoRows) {
		return fault.New(fault.NotFound, "Store not found")
	}
	return err
}

// Create makes a store, with all that a store begins with.
func (s *Service) Create(ctx context.Context, who actor.Actor, store Store) (Store, error) {
	store.BusinessDayStart = cmp.Or(store.BusinessDayStart, s.times.BusinessDayStart)
	store.MorningCountCutoff = cmp.Or(store.MorningCountCutoff, s.times.MorningCountCutoff)
	if err := check(store); err != nil {
		return store, err
	}
	store.ID, store.CreatedAt = uuid.Must(uuid.NewV7()).String(), s.now()
	store.UpdatedAt = store.CreatedAt
	err := s.db.InTx(ctx, func(tx *database.Handle) error {
		if err := insertStore(ctx, tx, store); err != nil {
			return err
		}
		for _, room := range s.rooms {
			if err := room.ProvisionStore(ctx, tx, store.ID, store.CreatedAt); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, who, store.ID, audit.StoreCreated, store.description(), store.CreatedAt)
	})
	return store, orNumberTaken(err)
}

// Change makes something else of a store.
func (s *Service) Change(ctx context.Context, who actor.Actor, id string, change func(*Store)) (store Store, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		before, err := lockStore(ctx, tx, id)
		if err != nil {
			return orNotFound(err)
		}
		store = before
		change(&store)
		if err := check(store); err != nil || store == before {
			return err
		}
		store.UpdatedAt = s.now()
		if err := updateStore(ctx, tx, store); err != nil {
			return err
		}
		return audit.RecordDetails(ctx, tx, who, store.ID, audit.StoreUpdated, store.description(),
			map[string]any{"old": before.details(), "new": store.details()}, store.UpdatedAt)
	})
	return store, orNumberTaken(err)
}

func check(store Store) error {
	fields := fault.Fields{}
	store.Check(fields)
	return fields.Err()
}

// orNumberTaken is for the only thing about a store that is unique.
func orNumberTaken(err error) error {
	if errors.Is(err, database.ErrUnique) {
		return fault.New(fault.Conflict, "Store number already exists")
	}
	return err
}

// description is how the audit log calls a store.
func (s Store) description() string { return s.Name + " (" + s.Number + ")" }

// storeDetails are the parts of a store that owners change.
type storeDetails struct {
	Name               string `json:"name"`
	Number             string `json:"number"`
	Timezone           string `json:"timezone"`
	BusinessDayStart   string `json:"business_day_start"`
	MorningCountCutoff string `json:"morning_count_cutoff"`
}

func (s Store) details() storeDetails {
	return storeDetails{s.Name, s.Number, s.Timezone, s.BusinessDayStart, s.MorningCountCutoff}
}
