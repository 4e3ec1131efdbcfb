package main

import (
	"context"
	"strconv"

	"github.com/sirenbase/sirenbase/internal/database"
)

type migrateStatusCommand struct{}

// Run lists the migrations.
func (migrateStatusCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	if err := mustExist(settings.Database); err != nil {
		return err
	}
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		all, err := db.Migrations(ctx)
		if err != nil {
			return err
		}
		return c.listMigrations(all)
	})
}

func (c *console) listMigrations(all []database.Migration) error {
	rows := make([][]string, len(all))
	for i, m := range all {
		applied := "pending"
		if m.Applied {
			applied = formatTime(&m.AppliedAt)
		}
		rows[i] = []string{strconv.FormatInt(m.Version, 10), m.Name, applied}
	}
	return c.table([]string{"VERSION", "NAME", "APPLIED"}, rows)
}
