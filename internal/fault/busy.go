package fault

import (
	"context"
	"errors"
)

// ServerBusy is told to whoever waited too long for others to be through.
const ServerBusy = "The server is busy. Please try again."

// WaitedInVain is the fault of somebody whose context ended in a queue. A
// client that went away hears nothing, and that is no fault.
func WaitedInVain(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &Error{Kind: Unavailable, Message: ServerBusy, Cause: ctx.Err()}
	}
	return ctx.Err()
}
