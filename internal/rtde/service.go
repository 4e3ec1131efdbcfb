package rtde

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Service is what can be done with the display. Each method that changes
// something is one transaction.
type Service struct {
	db  *database.DB
	now clock.Clock
}

// NewService returns the service on a database.
func NewService(db *database.DB, now clock.Clock) *Service { return &Service{db: db, now: now} }

// Active is the actor's session that can be resumed, or nil.
func (s *Service) Active(ctx context.Context, who actor.Actor) (*Progress, error) {
	found, err := selectProgress(ctx, s.db.Read(), who.Store.ID, who.UserID, s.now())
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// InProgress lists the sessions that partners of the store work on.
func (s *Service) InProgress(ctx context.Context, who actor.Actor) ([]Progress, error) {
	return selectProgress(ctx, s.db.Read(), who.Store.ID, "", s.now())
}

// CountInProgress is how many sessions all stores have in progress.
func (s *Service) CountInProgress(ctx context.Context) (int, error) {
	return countInProgress(ctx, s.db.Read(), s.now())
}

// Start begins a session. It takes the place of whatever session the actor had
// in progress; but a start that comes late finds the one that was begun since. Of
// two starts at once the later one stays.
func (s *Service) Start(ctx context.Context, who actor.Actor) (session Session, err error) {
	now := s.now.When(ctx)
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		if err := lockUser(ctx, tx, who.UserID); err != nil {
			return err
		}
		if at, recorded := clock.RecordedAt(ctx); recorded {
			session, err = selectBegunSince(ctx, tx, who.Store.ID, who.UserID, at)
			if !errors.Is(err, database.ErrNoRows) {
				return err
			}
		}
		if err := dropSessions(ctx, tx, who.Store.ID, who.UserID); err != nil {
			return err
		}
		session = Session{
			ID: uuid.Must(uuid.NewV7()).String(), UserID: who.UserID, Status: InProgress,
			StartedAt: now, ExpiresAt: now.Add(sessionLifetime), ReceivedAt: s.now(),
		}
		return insertSession(ctx, tx, who.Store.ID, session)
	})
	return session, err
}

// Resume goes on with the actor's session in progress.
func (s *Service) Resume(ctx context.Context, who actor.Actor) (session Session, err error) {
	now := s.now.When(ctx)
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		session, err = extendActive(ctx, tx, who.Store.ID, who.UserID, now, s.now())
		if errors.Is(err, database.ErrNoRows) {
			return fault.New(fault.Invalid, "No active session to resume")
		}
		return err
	})
	return session, err
}

// Session is the actor's session with all active items, in the order of the
// display.
func (s *Service) Session(ctx context.Context, who actor.Actor, id string) (session Session, lines []Line, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		session, err = selectSession(ctx, tx, who.Store.ID, id)
		if err := orNotYours(session, err, who); err != nil {
			return err
		}
		lines, err = selectLines(ctx, tx, who.Store.ID, id)
		return err
	})
	session.Status = session.statusAt(s.now())
	return session, lines, err
}

func errSessionNotFound() error { return fault.New(fault.NotFound, "Session not found") }

// orNotYours says why a session cannot be used by the actor.
func orNotYours(session Session, err error, who actor.Actor) error {
	switch {
	case errors.Is(err, database.ErrNoRows):
		return errSessionNotFound()
	case err != nil:
		return err
	case session.UserID != who.UserID:
		return fault.New(fault.Forbidden, "Unauthorized - not your session")
	}
	return nil
}

// Count is how many of an item the display has.
type Count struct {
	ItemID   string
	Quantity int
}

// SaveCounts stores counts, all of them or none.
func (s *Service) SaveCounts(ctx context.Context, who actor.Actor, id string, counts []Count) error {
	return s.write(ctx, who, id, func(tx *database.Handle, now time.Time) error {
		return upsertCounts(ctx, tx, who.Store.ID, id, counts, now)
	})
}

// SavePull ticks an item off, or takes the tick back. It does not count the item.
func (s *Service) SavePull(ctx context.Context, who actor.Actor, id, itemID string, isPulled bool) error {
	return s.write(ctx, who, id, func(tx *database.Handle, now time.Time) error {
		if isPulled {
			return upsertPull(ctx, tx, who.Store.ID, id, itemID, now)
		}
		taken, err := clearPull(ctx, tx, who.Store.ID, id, itemID, now)
		if err != nil || taken > 0 {
			return err
		}
		// There was no tick: that leaves no trace, but the item must be one.
		_, err = selectItemForUpdate(ctx, tx, who.Store.ID, itemID)
		return orItemNotFound(err)
	})
}

// write does something in a session that its owner works on, which gives the
// session another half hour, also if it had expired.
func (s *Service) write(
	ctx context.Context, who actor.Actor, id string, do func(tx *database.Handle, now time.Time) error,
) error {
	now := s.now.When(ctx)
	err := s.db.InTx(ctx, func(tx *database.Handle) error {
		extended, err := extendSession(ctx, tx, who.Store.ID, id, who.UserID, now, s.now())
		if err != nil {
			return err
		}
		if extended == 0 {
			return whyNotWritten(ctx, tx, who, id)
		}
		return do(tx, now)
	})
	if errors.Is(err, database.ErrForeignKey) { // the item is not one of the store's
		return errItemNotFound()
	}
	return err
}

func whyNotWritten(ctx context.Context, tx *database.Handle, who actor.Actor, id string) error {
	session, err := selectSession(ctx, tx, who.Store.ID, id)
	if err := orNotYours(session, err, who); err != nil {
		return err
	}
	return errAlreadyCompleted()
}

func errAlreadyCompleted() error { return fault.New(fault.Conflict, "Session is already completed") }

// Complete ends a session and keeps its record. A request that is sent again
// within a minute gets the same answer.
func (s *Service) Complete(ctx context.Context, who actor.Actor, id string) error {
	now := s.now.When(ctx)
	return s.db.InTx(ctx, func(tx *database.Handle) error {
		session, err := selectSessionForUpdate(ctx, tx, who.Store.ID, id)
		if err := orNotYours(session, err, who); err != nil {
			return err
		}
		if session.Status == Completed {
			if session.completedJustNow(now) {
				return nil
			}
			return errAlreadyCompleted()
		}
		lines, err := selectCountedLines(ctx, tx, who.Store.ID, id)
		if err != nil {
			return err
		}
		record := fold(lines, now.Sub(session.StartedAt))
		if err := markCompleted(ctx, tx, who.Store.ID, id, record, now, s.now()); err != nil {
			return err
		}
		if err := dropCounts(ctx, tx, who.Store.ID, id); err != nil {
			return err
		}
		return events.Publish(ctx, tx, who.Store.ID, events.RTDECompleted,
			map[string]string{"id": id, "user_name": who.Name}, s.now())
	})
}

// TakeOver makes the actor the owner of a session that another partner works
// on. The counts stay; what the actor had in progress is dropped.
func (s *Service) TakeOver(ctx context.Context, who actor.Actor, id string) (session Session, err error) {
	now := s.now.When(ctx)
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		if err := lockUser(ctx, tx, who.UserID); err != nil {
			return err
		}
		session, err = selectSessionForUpdate(ctx, tx, who.Store.ID, id)
		switch {
		case errors.Is(err, database.ErrNoRows):
			return errSessionNotFound()
		case err != nil:
			return err
		case session.statusAt(now) != InProgress:
			return fault.New(fault.Conflict, "Session is not in progress")
		}
		if session.UserID != who.UserID {
			if err := dropSessions(ctx, tx, who.Store.ID, who.UserID); err != nil {
				return err
			}
		}
		session.UserID, session.ReceivedAt = who.UserID, s.now()
		if until := now.Add(sessionLifetime); until.After(session.ExpiresAt) {
			session.ExpiresAt = until
		}
		return updateOwner(ctx, tx, who.Store.ID, session)
	})
	return session, err
}

// LastCompleted is the store's last completed session, or nil.
func (s *Service) LastCompleted(ctx context.Context, who actor.Actor) (*Session, error) {
	sessions, err := selectCompleted(ctx, s.db.Read(), who.Store.ID, 1, 0)
	if err != nil || len(sessions) == 0 {
		return nil, err
	}
	return &sessions[0], nil
}

// History lists completed sessions, newest first, and says how many there are.
func (s *Service) History(
	ctx context.Context, who actor.Actor, limit, offset int,
) (sessions []Session, total int, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		if total, err = countCompleted(ctx, tx, who.Store.ID); err != nil {
			return err
		}
		sessions, err = selectCompleted(ctx, tx, who.Store.ID, limit, offset)
		return err
	})
	return sessions, total, err
}

// CleanUp deletes the sessions that expired long ago, in every store, and says
// how many. It is what runs in the background.
func (s *Service) CleanUp(ctx context.Context) (int64, error) {
	return s.deleteExpired(ctx, s.now().Add(-expiredLifetime))
}

// CleanUpNow deletes every session that has expired.
func (s *Service) CleanUpNow(ctx context.Context) (int64, error) {
	return s.deleteExpired(ctx, s.now())
}

func (s *Service) deleteExpired(ctx context.Context, before time.Time) (deleted int64, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		deleted, err = deleteExpired(ctx, tx, before)
		return err
	})
	return deleted, err
}
