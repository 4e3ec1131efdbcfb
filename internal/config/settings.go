package config

import (
	"log/slog"
	"net/netip"
	"time"
)

// setting is one row of the table of settings.
type setting struct {
	name     string
	standard string // what holds when nobody sets it
	demo     string // what holds then under --demo, where that differs
	file     bool   // NAME_FILE may name a file with the value, as container secrets do
	mask     func(text string) string
	parse    func(c *Config, text string) error
}

// settings is the table. A row without a default leaves its field empty; what
// that means stands beside the field's type.
func settings() []setting {
	return []setting{
		{
			name: "DATABASE_URL", file: true, mask: maskURL, // default: in DATA_DIR, see Load
			parse: into(parseDatabaseURL, func(c *Config) *DatabaseURL { return &c.Database }),
		},
		{
			name: "DATA_DIR", standard: "./data",
			parse: into(parseDataDir, func(c *Config) *string { return &c.DataDir }),
		},
		{
			name:  backupDir, // default: in DATA_DIR, see Load
			parse: into(parseDataDir, func(c *Config) *string { return &c.BackupDir }),
		},
		{
			name: "BACKUP_KEEP", standard: "14",
			parse: into(parseKeep, func(c *Config) *int { return &c.BackupKeep }),
		},
		{
			name: "PORT", standard: "5000",
			parse: into(parseAddr, func(c *Config) *string { return &c.Addr }),
		},
		{
			name:  metricsAddr, // default: off
			parse: into(parseAddr, func(c *Config) *string { return &c.MetricsAddr }),
		},
		{
			name: secretKey, file: true, mask: maskSecret, // default: generated, see EnsureSecrets
			parse: into(parseSecret, func(c *Config) *Secret { return &c.SecretKey }),
		},
		{
			name: jwtSecretKey, file: true, mask: maskSecret, // default: generated, see EnsureSecrets
			parse: into(parseSecret, func(c *Config) *Secret { return &c.JWTSecretKey }),
		},
		{
			name: "CORS_ORIGINS", standard: "http://localhost:3000",
			parse: into(parseOrigins, func(c *Config) *[]string { return &c.CORSOrigins }),
		},
		{
			name: "STORE_TIMEZONE", standard: "America/Los_Angeles",
			parse: into(parseTimezone, func(c *Config) **time.Location { return &c.StoreTimezone }),
		},
		{
			name: "BUSINESS_DAY_START", standard: "04:00",
			parse: into(parseTimeOfDay, func(c *Config) *time.Duration { return &c.BusinessDayStart }),
		},
		{
			name: "MORNING_COUNT_CUTOFF", standard: "15:00",
			parse: into(parseTimeOfDay, func(c *Config) *time.Duration { return &c.MorningCountCutoff }),
		},
		{
			name: "COVER_DAYS", standard: "2",
			parse: into(parseDays, func(c *Config) *int { return &c.CoverDays }),
		},
		{
			name: "SIGNUP_POLICY", standard: "approval", demo: "open",
			parse: into(parseSignupPolicy, func(c *Config) *SignupPolicy { return &c.SignupPolicy }),
		},
		{
			name:  "TRUSTED_PROXIES", // default: none
			parse: into(parsePrefixes, func(c *Config) *[]netip.Prefix { return &c.TrustedProxies }),
		},
		{
			name: "RATE_LIMIT", standard: "1200",
			parse: into(parseRate, func(c *Config) *int { return &c.RateLimit }),
		},
		{
			name: "DRAIN_DELAY", standard: "0s",
			parse: into(parseDelay, func(c *Config) *time.Duration { return &c.DrainDelay }),
		},
		{
			name: "JWT_ACCESS_TOKEN_EXPIRES", standard: "24h",
			parse: into(parseLifetime, func(c *Config) *time.Duration { return &c.AccessTokenExpires }),
		},
		{
			name: "JWT_REFRESH_TOKEN_EXPIRES", standard: "720h",
			parse: into(parseLifetime, func(c *Config) *time.Duration { return &c.RefreshTokenExpires }),
		},
		{
			name: "LOG_LEVEL", standard: "info",
			parse: into(parseLogLevel, func(c *Config) *slog.Level { return &c.LogLevel }),
		},
		{
			name:  "LOG_FORMAT", // default: see LogFormat.On
			parse: into(parseLogFormat, func(c *Config) *LogFormat { return &c.LogFormat }),
		},
		{
			name: "APP_ENV", standard: "production",
			parse: into(parseAppEnv, func(c *Config) *AppEnv { return &c.AppEnv }),
		},
	}
}

// into ties the check of a text to the field that receives what it means.
func into[T any](parse func(string) (T, error), field func(*Config) *T) func(*Config, string) error {
	return func(c *Config, text string) error {
		value, err := parse(text)
		if err != nil {
			return err
		}
		*field(c) = value
		return nil
	}
}

// show is a value of the setting as a person may read it.
func (s setting) show(text string) string {
	if s.mask == nil {
		return text
	}
	return s.mask(text)
}

// fallback is what holds when nobody sets it.
func (s setting) fallback(demo bool) string {
	if demo && s.demo != "" {
		return s.demo
	}
	return s.standard
}
