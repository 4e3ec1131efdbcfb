package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/database"
)

type migrateUpCommand struct{}

func (migrateUpCommand) Help() string {
	return "The server does this by itself when it starts. Programs that migrate at once take turns."
}

// Run migrates.
func (migrateUpCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		applied, err := db.Migrate(ctx)
		switch {
		case err != nil:
			return err
		case applied == 0:
			c.say("The schema is up to date.")
		default:
			c.say("%s applied. The schema is up to date.", count(applied, "migration", "migrations"))
		}
		return nil
	})
}
