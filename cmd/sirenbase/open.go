package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// withApp runs something on the program, put together but not serving. A
// server may be running on the same database meanwhile.
func (c *console) withApp(
	ctx context.Context, settings config.Config, now clock.Clock, do func(*app.App) error,
) (err error) {
	program, err := app.New(ctx, settings, app.Options{
		Version:  buildVersion().version,
		Log:      c.commandLog(settings),
		Clock:    now,
		HashCost: identity.DefaultHashCost,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	return do(program)
}

// withPeople is withExisting for the commands about accounts.
func (c *console) withPeople(ctx context.Context, do func(*identity.Service) error) error {
	return c.withExisting(ctx, func(program *app.App) error { return do(program.Identity) })
}

// withExisting is withApp for commands on a database that must be there.
func (c *console) withExisting(ctx context.Context, do func(*app.App) error) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	if err := mustExist(settings.Database); err != nil {
		return err
	}
	if err := ensureSecrets(ctx, &settings); err != nil {
		return err
	}
	return c.withApp(ctx, settings, clock.System, do)
}

// withDatabase runs something on the database as it is: nothing is migrated.
func withDatabase(ctx context.Context, url config.DatabaseURL, do func(*database.DB) error) (err error) {
	db, err := database.Open(ctx, url.Reveal())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}

// mustExist keeps a command that was started in the wrong folder from making
// an empty database there.
func mustExist(url config.DatabaseURL) error {
	path, isFile := strings.CutPrefix(url.Reveal(), "sqlite:")
	if !isFile {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no database %s yet: `sirenbase serve` and `sirenbase seed` make one", path)
	}
	return nil
}
