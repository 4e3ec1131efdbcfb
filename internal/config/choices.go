package config

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// SignupPolicy says what becomes of those who sign up.
type SignupPolicy string

// The sign-up policies.
const (
	SignupOpen     SignupPolicy = "open"     // the account works at once
	SignupApproval SignupPolicy = "approval" // the account waits for an admin
	SignupClosed   SignupPolicy = "closed"   // only admins make accounts
)

// AppEnv says how much is at stake.
type AppEnv string

// The environments.
const (
	Production  AppEnv = "production"
	Development AppEnv = "development" // allows placeholder keys and the reset command
)

// LogFormat says how the log is written. Empty leaves it to On.
type LogFormat string

// The log formats.
const (
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// On settles the format when nobody chose one: text for eyes, JSON for
// machines.
func (f LogFormat) On(terminal bool) LogFormat {
	switch {
	case f != "":
		return f
	case terminal:
		return LogText
	default:
		return LogJSON
	}
}

func parseSignupPolicy(text string) (SignupPolicy, error) {
	return oneOf(text, SignupOpen, SignupApproval, SignupClosed)
}

func parseAppEnv(text string) (AppEnv, error) {
	return oneOf(text, Production, Development)
}

func parseLogFormat(text string) (LogFormat, error) {
	return oneOf(text, LogText, LogJSON)
}

// parseLogLevel also takes "warning", which the Flask SirenBase called it.
func parseLogLevel(text string) (slog.Level, error) {
	name, err := oneOf(text, "debug", "info", "warn", "warning", "error")
	if err != nil {
		return 0, err
	}
	var level slog.Level
	err = level.UnmarshalText([]byte(strings.TrimSuffix(name, "ing")))
	return level, err
}

func oneOf[T ~string](text string, allowed ...T) (T, error) {
	choice := T(strings.ToLower(text))
	if slices.Contains(allowed, choice) {
		return choice, nil
	}
	return "", fmt.Errorf("must be one of %s", list(allowed))
}

func list[T ~string](words []T) string {
	var text strings.Builder
	for i, word := range words {
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString(string(word))
	}
	return text.String()
}
