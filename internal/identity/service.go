package identity

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Config is what identity needs from outside.
type Config struct {
	Pepper               []byte // SECRET_KEY: goes into every PIN hash
	SigningKey           []byte // JWT_SECRET_KEY
	AccessTokenLifetime  time.Duration
	RefreshTokenLifetime time.Duration
	SignupPolicy         config.SignupPolicy
	HashCost             HashCost
}

// Service is what can be done with partners.
type Service struct {
	db     *database.DB
	now    clock.Clock
	pins   *pinHasher
	tokens *tokenIssuer
	policy config.SignupPolicy
}

// NewService returns the service on a database.
func NewService(db *database.DB, now clock.Clock, c Config) *Service {
	return &Service{
		db:     db,
		now:    now,
		pins:   newPINHasher(c.Pepper, c.HashCost),
		tokens: newTokenIssuer(c.SigningKey, c.AccessTokenLifetime, c.RefreshTokenLifetime, now),
		policy: c.SignupPolicy,
	}
}

// Login checks a partner number and a PIN, and begins a session. An unknown
// number and a wrong PIN get the same answer after the same work.
func (s *Service) Login(ctx context.Context, number, pin string) (User, Tokens, error) {
	user, err := selectUserByNumber(ctx, s.db.Read(), normalPartnerNumber(number))
	switch {
	case errors.Is(err, database.ErrNoRows):
		if err := s.pins.waste(ctx, pin); err != nil {
			return User{}, Tokens{}, err
		}
		return User{}, Tokens{}, errWrongCredentials()
	case err != nil:
		return User{}, Tokens{}, err
	}
	right, outdated, err := s.pins.verify(ctx, user.PINHash, pin)
	switch {
	case err != nil:
		return User{}, Tokens{}, err
	case !right:
		return User{}, Tokens{}, errWrongCredentials()
	}
	if err := mayLogIn(user); err != nil {
		return User{}, Tokens{}, err
	}
	if outdated {
		if err := s.rehash(ctx, user, pin); err != nil {
			return User{}, Tokens{}, err
		}
	}
	tokens, err := s.beginSession(ctx, user)
	return user, tokens, err
}

func errWrongCredentials() error { return fault.New(fault.WrongCredentials, "Invalid credentials") }

func mayLogIn(user User) error {
	switch user.Status {
	case Deleted:
		return fault.New(fault.Forbidden, "Account has been deactivated. Please contact an administrator.")
	case Pending:
		return fault.New(fault.Forbidden, "Account is awaiting approval. Please contact an administrator.")
	default:
		return nil
	}
}

func (s *Service) rehash(ctx context.Context, user User, pin string) error {
	hash, err := s.pins.hash(ctx, pin)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *database.Handle) error {
		return replacePINHash(ctx, tx, user.ID, user.PINHash, hash)
	})
}

func (s *Service) beginSession(ctx context.Context, user User) (tokens Tokens, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		tokens, err = s.beginSessionIn(ctx, tx, user)
		return err
	})
	return tokens, err
}

func (s *Service) beginSessionIn(ctx context.Context, tx *database.Handle, user User) (Tokens, error) {
	now := s.now()
	sessionID := uuid.Must(uuid.NewV7()).String()
	if err := insertSession(ctx, tx, sessionID, user.ID, now, now.Add(s.tokens.refreshLifetime)); err != nil {
		return Tokens{}, err
	}
	noted, err := noteLogin(ctx, tx, user.ID, now)
	if err != nil {
		return Tokens{}, err
	}
	if noted == 0 { // deleted since the PIN was checked
		return Tokens{}, errWrongCredentials()
	}
	return s.tokens.issue(user.ID, sessionID)
}

// Authenticate says whose access token this is. What may have changed since it
// was issued is read from the database.
func (s *Service) Authenticate(ctx context.Context, token string) (actor.Actor, error) {
	c, err := s.tokens.parse(token, accessToken)
	if err != nil {
		return actor.Actor{}, err
	}
	found, err := selectCaller(ctx, s.db.Read(), c.Subject, c.SessionID)
	switch {
	case errors.Is(err, database.ErrNoRows):
		return actor.Actor{}, errInvalidToken()
	case err != nil:
		return actor.Actor{}, err
	case found.user.Status != Active:
		return actor.Actor{}, fault.New(fault.Unauthenticated, "Account is not active")
	case revoked(found, c):
		return actor.Actor{}, fault.New(fault.Unauthenticated, "Token has been revoked")
	}
	store, err := found.store.Clock()
	if err != nil {
		return actor.Actor{}, err
	}
	return actor.Actor{
		UserID: found.user.ID, Name: found.user.Name, SessionID: c.SessionID, Store: store,
		IsAdmin: found.user.Role == Admin, IsOwner: found.user.IsOwner,
	}, nil
}

// revoked judges a token of ours by its session, and one of the old system,
// which has none, by when it was issued.
func revoked(found caller, c claims) bool {
	if c.SessionID != "" {
		return !found.sessionKnown || found.sessionRevokedAt != nil
	}
	return found.tokensValidFrom != nil && c.IssuedAt.Before(*found.tokensValidFrom)
}

// Me is the caller's own account.
func (s *Service) Me(ctx context.Context, who actor.Actor) (User, error) {
	return selectUser(ctx, s.db.Read(), who.UserID)
}
