package main

import (
	"io"
	"log/slog"

	"github.com/sirenbase/sirenbase/internal/config"
)

// newLog writes a log as the settings say.
func newLog(w io.Writer, settings config.Config, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	_, onTerminal := terminal(w)
	if settings.LogFormat.On(onTerminal) == config.LogJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// serverLog is the log of a running server.
func (c *console) serverLog(settings config.Config) *slog.Logger {
	return newLog(c.stderr, settings, settings.LogLevel)
}

// commandLog is the log of a command that is over soon: it says by itself what
// it did, and only what is amiss is logged.
func (c *console) commandLog(settings config.Config) *slog.Logger {
	return newLog(c.stderr, settings, max(settings.LogLevel, slog.LevelWarn))
}
