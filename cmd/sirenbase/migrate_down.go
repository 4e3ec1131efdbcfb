package main

import (
	"context"
	"errors"

	"github.com/sirenbase/sirenbase/internal/database"
)

type migrateDownCommand struct {
	Steps int  `arg:"" optional:"" default:"1" name:"n" help:"How many (default: ${default})."`
	Yes   bool `short:"y" help:"Do not ask."`
}

// Validate is called by the parser.
func (m *migrateDownCommand) Validate() error {
	if m.Steps < 1 {
		return errors.New("the number of migrations must be at least 1")
	}
	return nil
}

// Run migrates back.
func (m *migrateDownCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	if err := mustExist(settings.Database); err != nil {
		return err
	}
	question := "Take back " + count(m.Steps, "migration", "migrations") + ", with the data in them, from " +
		settings.Database.String() + "?"
	if err := c.confirm(ctx, m.Yes, question); err != nil {
		return err
	}
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		undone, err := db.MigrateDown(ctx, m.Steps)
		if err != nil {
			return err
		}
		c.say("%s taken back.", count(undone, "migration", "migrations"))
		return nil
	})
}
