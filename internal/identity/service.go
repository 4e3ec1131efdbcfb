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
	turns  turns
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

// Login checks a partner number and a PIN, and begins a session. Too many
// failures make the client at this address wait.
func (s *Service) Login(ctx context.Context, number, pin, address string) (User, Tokens, error) {
	user, outdated, err := s.prove(ctx, NormalPartnerNumber(number), pin, address)
	if err != nil {
		return User{}, Tokens{}, err
	}
	if err := mayLogIn(user); err != nil {
		return User{}, Tokens{}, err
	}
	if outdated {
		if user.PINHash, err = s.rehash(ctx, user, pin); err != nil {
			return User{}, Tokens{}, err
		}
	}
	tokens, err := s.beginSession(ctx, user)
	if errors.Is(err, errChanged) {
		return s.Login(ctx, number, pin, address)
	}
	return user, tokens, err
}

// errChanged says that the account is not any more what it was when the PIN was
// compared: what follows from that has to be looked at again.
var errChanged = errors.New("the account was changed meanwhile")

const wrongCredentials = "Invalid credentials"

func errWrongCredentials() error { return fault.New(fault.WrongCredentials, wrongCredentials) }

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

func (s *Service) rehash(ctx context.Context, user User, pin string) (hash string, err error) {
	if hash, err = s.pins.hash(ctx, pin); err != nil {
		return "", err
	}
	return hash, s.db.InTx(ctx, func(tx *database.Handle) error {
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
	tokens, err := s.tokens.issue(user.ID, sessionID)
	if err != nil {
		return Tokens{}, err
	}
	err = insertSession(ctx, tx, session{
		id: sessionID, userID: user.ID, refreshID: tokens.refreshID, createdAt: now, expiresAt: tokens.expireAt,
	})
	if err != nil {
		return Tokens{}, err
	}
	noted, err := noteLogin(ctx, tx, user, now)
	if err != nil {
		return Tokens{}, err
	}
	if noted == 0 {
		return Tokens{}, errChanged
	}
	return tokens, nil
}

// Me is the caller's own account.
func (s *Service) Me(ctx context.Context, who actor.Actor) (User, error) {
	return selectUser(ctx, s.db.Read(), who.UserID)
}
