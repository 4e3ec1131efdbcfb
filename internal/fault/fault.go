// Package fault is the vocabulary in which the rooms of the program say what
// went wrong: a kind that decides the HTTP status (in package api, nowhere
// else), a sentence that a partner may read, and the cause, which only the log
// sees.
package fault

import (
	"fmt"
	"time"
)

// Kind classifies a fault. Each kind is answered with one HTTP status.
type Kind int

// The kinds, with the status that package api gives them.
const (
	Internal         Kind = iota // 500: ours, not the client's
	Invalid                      // 400: the request breaks a rule
	Unauthenticated              // 401: no token, or one that is not good
	WrongCredentials             // 401: partner number and PIN do not go together
	Forbidden                    // 403: known, but not allowed
	NotFound                     // 404: no such thing
	Conflict                     // 409: the state of things stands against it
	Gone                         // 410: it was there once
	Mismatch                     // 422: not what was said before
	TooMany                      // 429: too often, or too many at once
	Unavailable                  // 503: what it takes is out of reach, or busy
)

// Error is a fault. Message is shown to the client as it is; Fields, when
// there are any, are shown in its place.
type Error struct {
	Kind       Kind
	Message    string
	Fields     Fields
	With       map[string]any // what else the client is told, by name
	RetryAfter time.Duration
	Cause      error
}

// New makes a fault of a kind with a sentence for the client.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string {
	switch {
	case e.Cause != nil:
		return e.Message + ": " + e.Cause.Error()
	case len(e.Fields) > 0:
		return "invalid fields: " + e.Fields.names()
	default:
		return e.Message
	}
}

func (e *Error) Unwrap() error { return e.Cause }
