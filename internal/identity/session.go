package identity

import (
	"context"
	"errors"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
)

// session is one login on one device, and the family of its refresh tokens.
type session struct {
	id, userID, refreshID string
	createdAt, expiresAt  time.Time
}

// Refresh trades a refresh token for new tokens. Each is good once: one that
// comes a second time was stolen, by whoever used it first or by who comes now,
// and so the session ends for both.
func (s *Service) Refresh(ctx context.Context, token string) (tokens Tokens, err error) {
	c, err := s.tokens.parse(token, refreshToken)
	if err != nil {
		return Tokens{}, err
	}
	reused := false
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		reused = false
		user, err := selectUser(ctx, tx, c.Subject)
		switch {
		case errors.Is(err, database.ErrNoRows):
			return errInvalidToken()
		case err != nil:
			return err
		case user.Status != Active:
			return errNotActive()
		}
		if tokens, err = s.tokens.issue(user.ID, c.SessionID); err != nil {
			return err
		}
		renewed, err := renewSession(ctx, tx, c.SessionID, user.ID, c.ID, tokens)
		if err != nil || renewed > 0 {
			return err
		}
		now := s.now()
		ended, err := endSession(ctx, tx, c.SessionID, user.ID, now)
		if err != nil || ended == 0 {
			return errors.Join(err, errRevoked())
		}
		reused = true
		return audit.Record(ctx, tx, audit.System, user.HomeStoreID, audit.RefreshTokenReused, user.description(), now)
	})
	if err == nil && reused {
		err = errRevoked()
	}
	return tokens, err
}

// LogOut ends the actor's session: neither of its tokens works any more.
func (s *Service) LogOut(ctx context.Context, who actor.Actor) error {
	return s.db.InTx(ctx, func(tx *database.Handle) error {
		now := s.now()
		if err := keepSession(ctx, tx, who, now); err != nil {
			return err
		}
		_, err := endSession(ctx, tx, who.SessionID, who.UserID, now)
		return err
	})
}

// ChangePIN gives the actor a new PIN and ends their other sessions. A wrong
// current PIN counts as a failed login.
func (s *Service) ChangePIN(ctx context.Context, who actor.Actor, current, pin, address string) error {
	user, err := s.Me(ctx, who)
	if err != nil {
		return err
	}
	switch user, _, err = s.prove(ctx, user.PartnerNumber, current, address); {
	case err != nil:
		return err
	case user.Status != Active:
		return errNotActive()
	}
	hash, err := s.pins.hash(ctx, pin)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		now := s.now()
		changed, err := changePINHash(ctx, tx, user, hash, now)
		if err == nil && changed == 0 {
			err = errChanged
		}
		if err != nil {
			return err
		}
		if err := keepSession(ctx, tx, who, now); err != nil {
			return err
		}
		return revokeOtherSessions(ctx, tx, user.ID, who.SessionID, now)
	})
	if errors.Is(err, errChanged) {
		return s.ChangePIN(ctx, who, current, pin, address)
	}
	return err
}

// keepSession makes sure that there is a row for the actor's session: a token of
// the old system has none yet.
func keepSession(ctx context.Context, tx *database.Handle, who actor.Actor, now time.Time) error {
	return insertSession(ctx, tx, session{
		id: who.SessionID, userID: who.UserID, createdAt: now, expiresAt: who.SessionExpiresAt,
	})
}

// CleanUp deletes what expired long enough ago that nothing depends on it.
func (s *Service) CleanUp(ctx context.Context) (deleted int64, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		now := s.now()
		sessions, err := deleteExpiredSessions(ctx, tx, now)
		if err != nil {
			return err
		}
		codes, err := deleteExpiredSetupCodes(ctx, tx, now)
		if err != nil {
			return err
		}
		attempts, err := deleteOldAttempts(ctx, tx, now)
		deleted = sessions + codes + attempts
		return err
	})
	return deleted, err
}
