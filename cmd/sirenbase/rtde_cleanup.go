package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/app"
)

type rtdeCommands struct {
	Cleanup rtdeCleanupCommand `cmd:"" help:"Delete the sessions that have expired."`
}

type rtdeCleanupCommand struct{}

func (rtdeCleanupCommand) Help() string {
	return "A session expires after half an hour without work, and the server deletes it 12 hours later: " +
		"until then a late count brings it back. This does not wait."
}

// Run deletes what has expired now.
func (rtdeCleanupCommand) Run(ctx context.Context, c *console) error {
	return c.withExisting(ctx, func(program *app.App) error {
		deleted, err := program.RTDE.CleanUpNow(ctx)
		if err == nil {
			c.say("Deleted %s.", count(int(deleted), "expired session", "expired sessions"))
		}
		return err
	})
}
