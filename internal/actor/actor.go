// Package actor says who is asking, and in which store.
package actor

import (
	"context"
	"time"
)

// Actor is the one on whose behalf something is done. UserID is empty when it
// is not a person: the command line, or somebody who signs up.
type Actor struct {
	UserID    string
	Name      string
	IsAdmin   bool
	IsOwner   bool
	SessionID string
	// SessionExpiresAt is when the token that was shown expires.
	SessionExpiresAt time.Time
	Store            Store
}

// Store is the shop that a request acts on, with its clock.
type Store struct {
	ID                 string
	Location           *time.Location
	BusinessDayStart   time.Duration // after midnight, store time
	MorningCountCutoff time.Duration // after midnight, store time
	// Revision counts what happened in the store. Whatever an operation reads
	// of it is at least as new.
	Revision int64
}

type contextKey struct{}

// Into returns a context that carries the actor.
func Into(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// From returns the actor that Into put there. Only operations that require a
// login have one; asking elsewhere is a programming error, and panics.
func From(ctx context.Context) Actor {
	return ctx.Value(contextKey{}).(Actor)
}
