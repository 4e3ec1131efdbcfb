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

// RecordedAt is the time at which the work of a context was done, if somebody
// recorded it.
func RecordedAt(ctx context.Context) (at time.Time, recorded bool) {
	at, recorded = ctx.Value(recordedKey{}).(time.Time)
	return at, recorded
}

// Recorded is RecordedAt, or else the given time.
func Recorded(ctx context.Context, otherwise time.Time) time.Time {
	if at, recorded := RecordedAt(ctx); recorded {
		return at
	}
	return otherwise
}

// When is Recorded, or else now.
func (c Clock) When(ctx context.Context) time.Time { return Recorded(ctx, c()) }
