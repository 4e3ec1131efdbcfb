package milkcount

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Service is what can be done with the milk count. Each method that changes
// something is one transaction.
type Service struct {
	db        *database.DB
	now       clock.Clock
	coverDays int
}

// NewService returns the service on a database. coverDays is for how many days
// of use a suggested par is to last.
func NewService(db *database.DB, now clock.Clock, coverDays int) *Service {
	return &Service{db: db, now: now, coverDays: coverDays}
}

// CountInProgress is how many sessions all stores have that are not completed.
func (s *Service) CountInProgress(ctx context.Context) (int, error) {
	return countInProgress(ctx, s.db.Read())
}

// Today is the session that a partner works on now, or nil: that of the
// business date or, while the morning shift may still be counting, the one of
// the night before.
func (s *Service) Today(ctx context.Context, who actor.Actor) (*Session, error) {
	session, err := today(ctx, s.db.Read(), who.Store, s.now())
	if errors.Is(err, database.ErrNoRows) {
		return nil, nil
	}
	return &session, err
}

func today(ctx context.Context, h *database.Handle, store actor.Store, now time.Time) (Session, error) {
	date := BusinessDate(now, store)
	session, err := selectSessionByDate(ctx, h, store.ID, date)
	if errors.Is(err, database.ErrNoRows) && morningStillOn(now, store) {
		return selectSessionByDate(ctx, h, store.ID, date.AddDays(-1))
	}
	return session, err
}

// Start begins the session of the business date. started is false, and the
// session is the one in the way, where there is one already, or where the night
// before is still being finished.
func (s *Service) Start(ctx context.Context, who actor.Actor) (session Session, started bool, err error) {
	now := s.now.When(ctx)
	date := BusinessDate(now, who.Store)
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		started = false
		session, err = today(ctx, tx, who.Store, now)
		switch {
		case err == nil && (session.Date == date || session.Status != Completed):
			return nil
		case err != nil && !errors.Is(err, database.ErrNoRows):
			return err
		}
		id := uuid.Must(uuid.NewV7()).String()
		inserted, err := insertSession(ctx, tx, who.Store.ID, id, date, now, s.now())
		if err != nil {
			return err
		}
		if started = inserted > 0; started { // else somebody was faster
			if err := s.insertEntries(ctx, tx, who, id, now); err != nil {
				return err
			}
		}
		session, err = selectSessionByDate(ctx, tx, who.Store.ID, date)
		if err != nil || !started {
			return err
		}
		return s.tell(ctx, tx, who, session)
	})
	return session, started, err
}

func (s *Service) insertEntries(
	ctx context.Context, tx *database.Handle, who actor.Actor, sessionID string, now time.Time,
) error {
	milks, err := selectMilkTypes(ctx, tx, who.Store.ID, false)
	if err != nil {
		return err
	}
	rows := make([][]any, len(milks))
	for i, milk := range milks {
		rows[i] = []any{
			who.Store.ID, sessionID, milk.ID, uuid.Must(uuid.NewV7()).String(), database.Instant(now),
		}
	}
	return database.InsertRows(ctx, tx,
		`INSERT INTO milk_entries (store_id, session_id, milk_type_id, id, updated_at)`, rows)
}

func errSessionNotFound() error { return fault.New(fault.NotFound, "Session not found") }

func orSessionNotFound(err error) error {
	if errors.Is(err, database.ErrNoRows) {
		return errSessionNotFound()
	}
	return err
}

// Session is a session with its entries, in the order of the shelf.
func (s *Service) Session(ctx context.Context, who actor.Actor, id string) (session Session, entries []Entry, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		if session, err = selectSession(ctx, tx, who.Store.ID, id); err != nil {
			return orSessionNotFound(err)
		}
		entries, err = selectEntries(ctx, tx, who.Store.ID, id)
		return err
	})
	return session, entries, err
}

// History lists sessions by date, newest first, and says how many there are.
func (s *Service) History(
	ctx context.Context, who actor.Actor, status Status, limit, offset int,
) (sessions []Session, total int, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		if total, err = countSessions(ctx, tx, who.Store.ID, status); err != nil {
			return err
		}
		sessions, err = selectSessions(ctx, tx, who.Store.ID, status, limit, offset)
		return err
	})
	return sessions, total, err
}

// Save saves a step and moves the session on. Of two partners who save the
// same step at once one wins; the other is told the new status.
func (s *Service) Save(
	ctx context.Context, who actor.Actor, id string, step Status, counts []Count,
) (session Session, err error) {
	now := s.now.When(ctx)
	if err := checkDuplicates(counts); err != nil {
		return Session{}, err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		session, err = markSaved(ctx, tx, who.Store.ID, id, step, who.UserID, now, s.now())
		if errors.Is(err, database.ErrNoRows) {
			return whyNotSaved(ctx, tx, who.Store.ID, id, step)
		}
		if err != nil {
			return err
		}
		if err := upsertCounts(ctx, tx, who, id, step, counts, now); err != nil {
			return err
		}
		if session.Status == Completed {
			if err := keepPars(ctx, tx, who.Store.ID, id); err != nil {
				return err
			}
		}
		if session.Reopened {
			if err := s.recordCorrection(ctx, tx, who, session, step); err != nil {
				return err
			}
		}
		return s.tell(ctx, tx, who, session)
	})
	return session, s.orUnknownMilk(ctx, who, counts, err)
}

// recordCorrection keeps what a step that was opened again says now: what was
// drafted since, too. What it said before is on record with the reopening.
func (s *Service) recordCorrection(
	ctx context.Context, tx *database.Handle, who actor.Actor, session Session, step Status,
) error {
	entries, err := selectEntries(ctx, tx, who.Store.ID, session.ID)
	if err != nil {
		return err
	}
	return s.record(ctx, tx, who, audit.MilkSessionCorrected, session.describe(step),
		map[string]any{"step": step, "new": entryDetails(entries)})
}

func whyNotSaved(ctx context.Context, tx *database.Handle, storeID, id string, step Status) error {
	session, err := selectSession(ctx, tx, storeID, id)
	if err != nil {
		return orSessionNotFound(err)
	}
	return fault.New(fault.Invalid, "Cannot save %s - session status is %s", stepNames[step], session.Status)
}

// orUnknownMilk names the milk that the store does not have, where that is why
// the entries could not be written.
func (s *Service) orUnknownMilk(ctx context.Context, who actor.Actor, counts []Count, err error) error {
	if !errors.Is(err, database.ErrForeignKey) {
		return err
	}
	milks, lookup := selectMilkTypes(ctx, s.db.Read(), who.Store.ID, true)
	if lookup != nil {
		return lookup
	}
	for _, count := range counts {
		if !slices.ContainsFunc(milks, func(m MilkType) bool { return m.ID == count.MilkTypeID }) {
			return fault.New(fault.Invalid, "Unknown milk type: %s", count.MilkTypeID)
		}
	}
	return err
}

// Draft writes counts of the current step without moving the session on, so
// that two partners can share the fridges and a dead phone loses nothing. What
// the counts must look like depends on the step, which is only known here.
func (s *Service) Draft(
	ctx context.Context, who actor.Actor, id string, read func(step Status) ([]Count, error),
) (entries []Entry, err error) {
	now := s.now.When(ctx)
	var counts []Count
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		status, err := lockSession(ctx, tx, who.Store.ID, id)
		if err != nil {
			return orSessionNotFound(err)
		}
		if status == Completed {
			return fault.New(fault.Invalid, "Cannot save draft - session status is %s", status)
		}
		if counts, err = read(status); err != nil {
			return err
		}
		if err := checkDuplicates(counts); err != nil {
			return err
		}
		if err := upsertCounts(ctx, tx, who, id, status, counts, now); err != nil {
			return err
		}
		if err := noteReceived(ctx, tx, who.Store.ID, id, s.now()); err != nil {
			return err
		}
		if entries, err = selectEntries(ctx, tx, who.Store.ID, id); err != nil {
			return err
		}
		return s.tell(ctx, tx, who, Session{ID: id, Status: status})
	})
	return entries, s.orUnknownMilk(ctx, who, counts, err)
}

// Reopen takes a session back to a step. Who saved that step may do it at once
// and for a while; an admin always, with a reason. What was entered stays.
func (s *Service) Reopen(
	ctx context.Context, who actor.Actor, id string, to Status, reason string,
) (session Session, err error) {
	now := s.now() // what a phone says of the time gives nobody a right
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		if _, err := lockSession(ctx, tx, who.Store.ID, id); err != nil {
			return orSessionNotFound(err)
		}
		if session, err = selectSession(ctx, tx, who.Store.ID, id); err != nil {
			return err
		}
		if err := mayReopen(session, to, who, reason, now); err != nil {
			return err
		}
		entries, err := selectEntries(ctx, tx, who.Store.ID, id)
		if err != nil {
			return err
		}
		if err := s.record(ctx, tx, who, audit.MilkSessionReopened, session.describe(to), map[string]any{
			"from": session.Status, "to": to, "reason": reason, "old": entryDetails(entries),
		}); err != nil {
			return err
		}
		if err := markReopened(ctx, tx, who.Store.ID, id, to, now); err != nil {
			return err
		}
		if session, err = selectSession(ctx, tx, who.Store.ID, id); err != nil {
			return err
		}
		return s.tell(ctx, tx, who, session)
	})
	return session, err
}

const onlyWhoSaved = "Only an admin can reopen this step, or who saved it within 30 minutes and before the next step"

func mayReopen(session Session, to Status, who actor.Actor, reason string, now time.Time) error {
	if to.index() < 0 || to.index() >= session.Status.index() {
		return fault.New(fault.Invalid, "Cannot reopen to %s - session status is %s", to, session.Status)
	}
	switch {
	case session.ownReopen(to, who.UserID, now):
		return nil
	case !who.IsAdmin:
		return fault.New(fault.Forbidden, onlyWhoSaved)
	case reason == "":
		return fault.Fields{"reason": {"Reason is required"}}.Err()
	}
	return nil
}

// Usage says how much of each active milk went, day by day, between two dates.
func (s *Service) Usage(ctx context.Context, who actor.Actor, from, to Date) (usages []Usage, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		milks, err := selectMilkTypes(ctx, tx, who.Store.ID, false)
		if err != nil {
			return err
		}
		days, err := selectCounted(ctx, tx, who.Store.ID, from.AddDays(-1), to)
		if err != nil {
			return err
		}
		usages = make([]Usage, len(milks))
		for i, milk := range milks {
			usages[i] = newUsage(milk, measureUse(days[milk.ID], from), s.coverDays)
		}
		return nil
	})
	return usages, err
}

// defaultUsageDays is how many days the usage covers if nobody says.
const defaultUsageDays = 28

// LastDays is the period that usage covers if nobody says.
func (s *Service) LastDays(store actor.Store) (from, to Date) {
	to = BusinessDate(s.now(), store)
	return to.AddDays(1 - defaultUsageDays), to
}

func (s *Service) record(
	ctx context.Context, tx *database.Handle, who actor.Actor, kind audit.Type, description string, details any,
) error {
	return audit.RecordDetails(ctx, tx, who, who.Store.ID, kind, description, details, s.now())
}

// tell lets clients know that somebody worked on a session.
func (s *Service) tell(ctx context.Context, tx *database.Handle, who actor.Actor, session Session) error {
	return events.Publish(ctx, tx, who.Store.ID, events.MilkSession,
		map[string]string{"id": session.ID, "status": string(session.Status), "user_name": who.Name}, s.now())
}
