package identity

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/fault"
)

const (
	accessToken  = "access"
	refreshToken = "refresh"
)

// Tokens is what a login hands out.
type Tokens struct {
	Access           string
	Refresh          string
	ExpiresIn        time.Duration // of Access
	RefreshExpiresIn time.Duration // of Refresh

	refreshID string
	expireAt  time.Time // all of them
}

// claims are those of the old system, whose tokens are good here too, and the
// session, which its tokens do not have.
type claims struct {
	jwt.RegisteredClaims
	Type      string `json:"type"`
	Fresh     bool   `json:"fresh"`
	SessionID string `json:"sid,omitempty"`
}

// oldSession begins the id of a session of the old system.
const oldSession = "old-"

// session is the id under which the token's session is kept. A token of the old
// system is a session of its own, known by its own id.
func (c claims) session() string {
	if c.SessionID != "" {
		return c.SessionID
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", c.Subject, c.ID, c.IssuedAt.Unix()))
	return oldSession + hex.EncodeToString(sum[:16])
}

// clockLeeway is how far the clocks of two nodes may be apart.
const clockLeeway = 60 * time.Second

// GetNotBefore is what the parser holds against the clock. The leeway is given
// here because the parser's own would let expired tokens live on too.
func (c claims) GetNotBefore() (*jwt.NumericDate, error) { return early(c.NotBefore), nil }

// GetIssuedAt is GetNotBefore for the time of issue.
func (c claims) GetIssuedAt() (*jwt.NumericDate, error) { return early(c.IssuedAt), nil }

func early(date *jwt.NumericDate) *jwt.NumericDate {
	if date == nil {
		return nil
	}
	return jwt.NewNumericDate(date.Add(-clockLeeway))
}

// tokenIssuer signs and checks tokens.
type tokenIssuer struct {
	key             []byte
	accessLifetime  time.Duration
	refreshLifetime time.Duration
	now             clock.Clock
	parser          *jwt.Parser
	good            goodTokens
}

func newTokenIssuer(key []byte, accessLifetime, refreshLifetime time.Duration, now clock.Clock) *tokenIssuer {
	return &tokenIssuer{
		key: key, accessLifetime: accessLifetime, refreshLifetime: refreshLifetime, now: now,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
			jwt.WithExpirationRequired(),
			jwt.WithIssuedAt(),
			jwt.WithTimeFunc(now),
		),
	}
}

func (t *tokenIssuer) issue(userID, sessionID string) (Tokens, error) {
	access, a, err := t.sign(userID, sessionID, accessToken, t.accessLifetime)
	if err != nil {
		return Tokens{}, err
	}
	refresh, r, err := t.sign(userID, sessionID, refreshToken, t.refreshLifetime)
	if err != nil {
		return Tokens{}, err
	}
	return Tokens{
		Access: access, Refresh: refresh, ExpiresIn: t.accessLifetime, RefreshExpiresIn: t.refreshLifetime,
		refreshID: r.ID, expireAt: later(a.ExpiresAt.Time, r.ExpiresAt.Time),
	}, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (t *tokenIssuer) sign(userID, sessionID, kind string, lifetime time.Duration) (string, claims, error) {
	now := t.now()
	c := claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Subject:   userID,
			ID:        uuid.NewString(),
			IssuedAt:  jwt.NewNumericDate(now),
			NotBefore: jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(now.Add(lifetime)),
		},
		Type:      kind,
		SessionID: sessionID,
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString(t.key)
	return token, c, err
}

// parse checks everything about a token that the token itself can tell.
func (t *tokenIssuer) parse(token, kind string) (claims, error) {
	if c, found := t.good.get(token, kind, t.now()); found {
		return c, nil
	}
	c, err := t.check(token, kind)
	if err == nil {
		t.good.put(token, c)
	}
	return c, err
}

func (t *tokenIssuer) check(token, kind string) (claims, error) {
	var c claims
	_, err := t.parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.key, nil })
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return c, fault.New(fault.Unauthenticated, "Token has expired")
	case err != nil, c.Type != kind, c.Subject == "", c.IssuedAt == nil:
		return c, errInvalidToken()
	case strings.ContainsRune(c.Subject+c.SessionID+c.ID, 0): // no database can look for it
		return c, errInvalidToken()
	}
	return c, nil
}

func errInvalidToken() error { return fault.New(fault.Unauthenticated, "Invalid token") }
