package main

import (
	"os"

	"github.com/sirenbase/sirenbase/internal/config"
)

// loadSettings reads the settings. Flags go by the names of the settings that
// they stand for.
func loadSettings(flags map[string]string, demo bool) (config.Config, error) {
	settings, err := config.Load(config.Input{
		Flags: flags, Environment: os.LookupEnv, DotEnv: ".env", Demo: demo,
	})
	if err != nil {
		return settings, settingsError{err}
	}
	return settings, nil
}

// loadWithSecrets is loadSettings for commands that need the keys.
func loadWithSecrets(flags map[string]string, demo bool) (config.Config, error) {
	settings, err := loadSettings(flags, demo)
	if err != nil {
		return settings, err
	}
	if err := config.EnsureSecrets(&settings); err != nil {
		return settings, settingsError{err}
	}
	return settings, nil
}
