package identity

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/database"
)

// attempt is a try to prove who somebody is. It counts as failed from before
// the PIN is looked at until it is known to be right, so that any number of
// attempts at once, on any number of nodes, are no more than are allowed.
type attempt struct {
	number, address string
	id              string
	locked          bool // by this very attempt
}

// prove finds the user of a number if the PIN is right. An unknown number and a
// wrong PIN get the same answer after the same work.
func (s *Service) prove(ctx context.Context, number, pin, address string) (user User, outdated bool, err error) {
	leave, err := s.turns.take(ctx, number+" "+address)
	if err != nil {
		return user, false, err
	}
	defer leave()
	a, err := s.admit(ctx, number, address)
	if err != nil {
		return user, false, err
	}
	user, right, outdated, err := s.compare(ctx, number, pin)
	switch {
	case err != nil:
		return user, false, errors.Join(err, s.withdraw(ctx, a))
	case !right:
		return user, false, errWrongCredentials()
	}
	if err := s.end(ctx, a.succeed); err != nil { // a client that hung up has not failed
		return user, false, errors.Join(err, s.withdraw(ctx, a))
	}
	return user, outdated, nil
}

// compare says whether the PIN is that of the number.
func (s *Service) compare(ctx context.Context, number, pin string) (user User, right, outdated bool, err error) {
	user, err = selectUserByNumber(ctx, s.db.Read(), number)
	switch {
	case errors.Is(err, database.ErrNoRows):
		return user, false, false, s.pins.waste(ctx, pin)
	case err != nil:
		return user, false, false, err
	}
	right, outdated, err = s.pins.verify(ctx, user.PINHash, pin)
	return user, right, outdated, err
}

// withdraw is for a client that may be gone.
func (s *Service) withdraw(ctx context.Context, a attempt) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), withdrawTimeout)
	defer cancel()
	return s.end(ctx, a.withdraw)
}

const withdrawTimeout = 2 * time.Second

func (s *Service) end(ctx context.Context, how func(context.Context, *database.Handle) error) error {
	return s.db.InTx(ctx, func(tx *database.Handle) error { return how(ctx, tx) })
}

// admit refuses who has to wait, and counts the attempt of who has not.
func (s *Service) admit(ctx context.Context, number, address string) (a attempt, err error) {
	now := s.now()
	a = attempt{number: number, address: address, id: uuid.Must(uuid.NewV7()).String()}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		locked, err := guard(ctx, tx, number, now)
		if err != nil {
			return err
		}
		if locked {
			return errLocked()
		}
		failures, err := selectFailures(ctx, tx, number, now.Add(-day))
		if err != nil {
			return err
		}
		if wait := waitOf(failures, address, now); wait > 0 {
			return errTooManyAttempts(wait)
		}
		if err := insertFailure(ctx, tx, number, a.id, address, now); err != nil {
			return err
		}
		if a.locked = len(failures)+1 >= dailyFailures; a.locked {
			return lock(ctx, tx, number, now)
		}
		return nil
	})
	return a, err
}

// withdraw forgets an attempt that told nobody anything.
func (a attempt) withdraw(ctx context.Context, tx *database.Handle) error {
	if err := deleteFailure(ctx, tx, a.number, a.id); err != nil || !a.locked {
		return err
	}
	return unlock(ctx, tx, a.number)
}

// succeed takes back that the attempt failed, and ends the row of failures.
func (a attempt) succeed(ctx context.Context, tx *database.Handle) error {
	if err := a.withdraw(ctx, tx); err != nil {
		return err
	}
	return endRow(ctx, tx, a.number, a.address)
}
