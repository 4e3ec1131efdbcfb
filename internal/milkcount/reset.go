package milkcount

import (
	"context"
	"errors"
	"fmt"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
)

// What follows is for trying things out: it throws counts away and makes some
// up. Only the command line offers it, and only in development.

// DeleteSessions deletes every session of the store and says how many.
func (s *Service) DeleteSessions(ctx context.Context, store actor.Store) (deleted int64, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		if deleted, err = deleteSessions(ctx, tx, store.ID); err != nil {
			return err
		}
		return s.tellDeleted(ctx, tx, store, Session{})
	})
	return deleted, err
}

// DeleteToday deletes the session of the business date, if any. That of the
// night before stays, also while the morning shift would be on it.
func (s *Service) DeleteToday(ctx context.Context, store actor.Store) (deleted int64, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		session, err := selectSessionByDate(ctx, tx, store.ID, BusinessDate(s.now(), store))
		if errors.Is(err, database.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if deleted, err = deleteSession(ctx, tx, store.ID, session.ID); err != nil {
			return err
		}
		return s.tellDeleted(ctx, tx, store, session)
	})
	return deleted, err
}

// tellDeleted lets clients know that a session is gone, or all of them.
func (s *Service) tellDeleted(ctx context.Context, tx *database.Handle, store actor.Store, session Session) error {
	who := audit.System
	who.Store = store
	return s.tell(ctx, tx, who, Session{ID: session.ID, Status: "deleted"})
}

// Rehearse begins a session and saves made-up counts until it waits for a
// step. began is false where there is a session already, which is left alone.
func (s *Service) Rehearse(ctx context.Context, who actor.Actor, until Status) (session Session, began bool, err error) {
	session, began, err = s.Start(ctx, who)
	if err != nil || !began {
		return session, false, err
	}
	milks, err := s.MilkTypes(ctx, who, false)
	if err != nil {
		return session, true, err
	}
	for session.Status != until {
		step := session.Status
		if session, err = s.Save(ctx, who, session.ID, step, madeUp(step, milks)); err != nil {
			return session, true, fmt.Errorf("save %s: %w", step, err)
		}
	}
	return session, true, nil
}

// madeUp is a count that could be of a store with these pars: a third of par in
// front, as much behind, and a little delivered.
func madeUp(step Status, milks []MilkType) []Count {
	counts := make([]Count, len(milks))
	for i, milk := range milks {
		third, method := max(1, milk.Par.Value/3), BOHCount
		count := Count{MilkTypeID: milk.ID}
		switch step {
		case NightFOH:
			count.FOH = &third
		case NightBOH:
			count.BOH = &third
		case Morning:
			now := third + i%4
			count.Method, count.CurrentBOH = &method, &now
		case OnOrder:
			open := i % 2
			count.OnOrder = &open
		}
		counts[i] = count
	}
	return counts
}
