// Package config knows every setting of the program: its name, its default and
// what it may be. The table in settings.go is the whole list; Load fills a
// Config from it, strongest source first: flags, environment, .env, default.
package config

import (
	"log/slog"
	"net/netip"
	"time"

	_ "time/tzdata" // store time zones must not depend on what the host has installed
)

// Config is every setting, checked. It may be printed and logged as it is:
// what is secret in it shows itself masked.
type Config struct {
	Database            DatabaseURL
	DataDir             string
	BackupDir           string // of the automatic backups
	BackupKeep          int    // how many of them are kept; 0 for none at all
	Addr                string // what to listen on, "host:port" or ":port"
	MetricsAddr         string // where metrics are served; empty for nowhere
	SecretKey           Secret // empty until EnsureSecrets, unless given
	JWTSecretKey        Secret // empty until EnsureSecrets, unless given
	CORSOrigins         []string
	StoreTimezone       *time.Location
	BusinessDayStart    time.Duration // after midnight, store time
	MorningCountCutoff  time.Duration // after midnight, store time
	CoverDays           int           // for how many days of use a suggested par lasts
	SignupPolicy        SignupPolicy
	TrustedProxies      []netip.Prefix
	RateLimit           int           // requests a minute for a client; 0 for any number
	DrainDelay          time.Duration // between not being ready any more and stopping
	AccessTokenExpires  time.Duration
	RefreshTokenExpires time.Duration
	LogLevel            slog.Level
	LogFormat           LogFormat
	AppEnv              AppEnv
	Demo                bool

	given map[string]given // by setting, for Print
}

// given is a setting as somebody gave it, with what is secret already masked.
type given struct {
	shown  string
	origin string
}

// allowsPlaceholders says whether keys that everybody knows will do.
func (c Config) allowsPlaceholders() bool {
	return c.Demo || c.AppEnv == Development
}

// Given says whether somebody gave the setting, and it is not the default.
func (c Config) Given(name string) bool {
	g, found := c.given[name]
	return found && g.origin != fromDefault
}
