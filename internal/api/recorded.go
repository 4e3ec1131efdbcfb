package api

import (
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/fault"
)

const (
	recordedHeader  = "X-Recorded-At"
	recordedInvalid = "Invalid X-Recorded-At"
	// How far from the server's time a phone that was out of reach may say that
	// something was done.
	longestAgo   = 48 * time.Hour
	longestAhead = 2 * time.Minute
)

// recordable says whether the operation heeds the time at which something was
// done.
func (op Op) recordable() bool { return op.repeatable() }

// recorded tells the operation when it was really done.
func (a *API) recorded(ctx huma.Context, next func(huma.Context)) {
	text := ctx.Header(recordedHeader)
	if text == "" {
		next(ctx)
		return
	}
	at, err := time.Parse(time.RFC3339, text)
	now := a.config.Clock()
	if err != nil || at.Before(now.Add(-longestAgo)) || at.After(now.Add(longestAhead)) {
		if repeatable, ok := ctx.(*replayContext); ok {
			repeatable.untimely = true
		}
		a.refuse(ctx, fault.New(fault.Invalid, recordedInvalid))
		return
	}
	next(huma.WithContext(ctx, clock.WithRecorded(ctx.Context(), at)))
}
