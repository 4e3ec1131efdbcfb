package identity

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// Authenticate says whose access token this is, and in which store they act:
// the one that is named, or else their home store. What may have changed since
// the token was issued is read from the database.
func (s *Service) Authenticate(ctx context.Context, token, storeID string) (actor.Actor, error) {
	c, err := s.tokens.parse(token, accessToken)
	if err != nil {
		return actor.Actor{}, err
	}
	who, err := s.Standing(ctx, c.Subject, c.session(), storeID, c.IssuedAt.Time)
	who.SessionExpiresAt = c.ExpiresAt.Time
	return who, err
}

// Standing is who a user is in a session that was good at some time, unless it
// is over by now.
func (s *Service) Standing(
	ctx context.Context, userID, sessionID, storeID string, goodAt time.Time,
) (actor.Actor, error) {
	found, err := selectCaller(ctx, s.db.Read(), userID, sessionID, storeID)
	switch {
	case errors.Is(err, database.ErrNoRows):
		return actor.Actor{}, errInvalidToken()
	case err != nil:
		return actor.Actor{}, err
	case found.user.Status != Active:
		return actor.Actor{}, errNotActive()
	case found.revoked(sessionID, goodAt):
		return actor.Actor{}, errRevoked()
	case !found.belongs:
		return actor.Actor{}, fault.New(fault.Forbidden, "Not a member of this store")
	}
	store, err := found.store.Clock()
	if err != nil {
		return actor.Actor{}, err
	}
	store.Revision = found.revision
	return actor.Actor{
		UserID: found.user.ID, Name: found.user.Name, SessionID: sessionID, Store: store,
		IsAdmin: found.user.Role == Admin, IsOwner: found.user.IsOwner,
	}, nil
}

// caller is who a token belongs to, with what decides whether it is still good.
type caller struct {
	user     User // as far as it matters here
	store    stores.Store
	belongs  bool  // to the store
	revision int64 // of the store
	standing
}

// standing is what is known about the session of a token.
type standing struct {
	tokensValidFrom *time.Time
	sessionKnown    bool
	revokedAt       *time.Time
}

// revoked judges a token by its session. One of the old system has a session
// here only once it was logged out, or outlived a change of the PIN; until then
// it goes by when it was issued.
func (s standing) revoked(sessionID string, goodAt time.Time) bool {
	switch {
	case s.sessionKnown:
		return s.revokedAt != nil
	case !strings.HasPrefix(sessionID, oldSession):
		return true // deleted with its session
	default:
		return s.tokensValidFrom != nil && goodAt.Before(*s.tokensValidFrom)
	}
}

func errNotActive() error { return fault.New(fault.Unauthenticated, "Account is not active") }

func errRevoked() error { return fault.New(fault.Unauthenticated, "Token has been revoked") }
