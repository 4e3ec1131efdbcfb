package clock

import (
	"context"
	"time"
)

type recordedKey struct{}

// WithRecorded returns the context of work that was done at another time than
// the server heard of it.
func WithRecorded(ctx context.Context, at time.Time) context.Context {
	return context.WithValue(ctx, recordedKey{}, at.UTC().Truncate(Precision))
}

// Recorded is the time at which the work of a context was done, as somebody
// recorded it, or else the given one.
func Recorded(ctx context.Context, otherwise time.Time) time.Time {
	if at, ok := ctx.Value(recordedKey{}).(time.Time); ok {
		return at
	}
	return otherwise
}

// When is Recorded, or else now.
func (c Clock) When(ctx context.Context) time.Time { return Recorded(ctx, c()) }
