package main

import (
	"context"
	"fmt"
	"os"

	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// loadSettings reads the settings. Flags go by the names of the settings that
// they stand for.
func loadSettings(flags map[string]string, demo bool) (config.Config, error) {
	return load(config.Input{Flags: flags, Demo: demo})
}

// load reads the settings from where they are.
func load(in config.Input) (config.Config, error) {
	in.Environment, in.DotEnv = os.LookupEnv, ".env"
	settings, err := config.Load(in)
	if err != nil {
		return settings, settingsError{err}
	}
	return settings, nil
}

// loadWithSecrets is loadSettings for commands that need the keys.
func loadWithSecrets(ctx context.Context, flags map[string]string, demo bool) (config.Config, error) {
	settings, err := loadSettings(flags, demo)
	if err != nil {
		return settings, err
	}
	return settings, ensureSecrets(ctx, &settings)
}

// ensureSecrets makes the keys that are missing, unless one was lost: a new one
// in its place would only hide that.
func ensureSecrets(ctx context.Context, settings *config.Config) error {
	if err := mustNotBeLost(ctx, *settings); err != nil {
		return err
	}
	if err := config.EnsureSecrets(settings); err != nil {
		return settingsError{err}
	}
	return nil
}

// mustNotBeLost looks for the key of a database that somebody has an account in.
func mustNotBeLost(ctx context.Context, settings config.Config) error {
	if settings.Database.PostgreSQL() || mustExist(settings.Database) != nil {
		return nil
	}
	key, place, err := config.FindSecretKey(settings)
	if err != nil || key != "" {
		return nil // EnsureSecrets says what is wrong with it
	}
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		digest, err := identity.KeptPepperDigest(ctx, db)
		if err == nil && digest != "" {
			err = fmt.Errorf("%s is gone, the key that the PINs in the database need: bring it back, or if it is lost for good "+
				"run `sirenbase backup FILE`, `sirenbase restore --replace --new-key FILE` and `sirenbase users set-pin NUMBER`", place)
		}
		return err
	})
}
