package config

import (
	"log/slog"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every setting, through Load, with good values.
func TestGoodValues(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, text string
		field      func(Config) any
		want       any
	}{
		{"DATABASE_URL", "sqlite:/tmp/a b.db", databaseOf, DatabaseURL("sqlite:/tmp/a b.db")},
		{"DATABASE_URL", "sqlite:shop.db", databaseOf, DatabaseURL("sqlite:shop.db")},
		{"DATA_DIR", dir, dataDir, dir},
		{"DATA_DIR", "not/there/yet", dataDir, "not/there/yet"},
		{"BACKUP_DIR", dir, backupsOf, dir},
		{"BACKUP_DIR", "", backupsOf, filepath.Join("data", "backups")},
		{"BACKUP_KEEP", "", keepOf, 14},
		{"BACKUP_KEEP", "0", keepOf, 0},
		{"BACKUP_KEEP", "1000", keepOf, 1000},
		{"PORT", "1", addr, ":1"},
		{"PORT", " 65535 ", addr, ":65535"},
		{"PORT", ":8080", addr, ":8080"},
		{"PORT", "127.0.0.1:0", addr, "127.0.0.1:0"},
		{"PORT", "localhost:8080", addr, "localhost:8080"},
		{"PORT", "[::1]:8080", addr, "[::1]:8080"},
		{"METRICS_ADDR", "", metricsOf, ""},
		{"METRICS_ADDR", ":9100", metricsOf, ":9100"},
		{"METRICS_ADDR", "9100", metricsOf, ":9100"},
		{"METRICS_ADDR", " 127.0.0.1:9100 ", metricsOf, "127.0.0.1:9100"},
		{"METRICS_ADDR", "127.0.0.1:5000", metricsOf, "127.0.0.1:5000"},
		{"SECRET_KEY", goodKey, func(c Config) any { return c.SecretKey.Reveal() }, goodKey},
		{"JWT_SECRET_KEY", goodKey, func(c Config) any { return c.JWTSecretKey.Reveal() }, goodKey},
		{"CORS_ORIGINS", " ", origins, []string{"http://localhost:3000"}},
		{"CORS_ORIGINS", " https://App.Example.org , ,http://localhost:3000", origins, []string{"https://app.example.org", "http://localhost:3000"}},
		{"CORS_ORIGINS", "https://a.example:443,http://b.example:80,http://c.example:443", origins, []string{"https://a.example", "http://b.example", "http://c.example:443"}},
		{"CORS_ORIGINS", "capacitor://localhost,http://[::1]:3000", origins, []string{"capacitor://localhost", "http://[::1]:3000"}},
		{"STORE_TIMEZONE", "Europe/Zurich", timezone, "Europe/Zurich"},
		{"STORE_TIMEZONE", "UTC", timezone, "UTC"},
		{"BUSINESS_DAY_START", "00:00", dayStart, time.Duration(0)},
		{"BUSINESS_DAY_START", "03:45", dayStart, 3*time.Hour + 45*time.Minute},
		{"MORNING_COUNT_CUTOFF", "23:59", cutoff, 24*time.Hour - time.Minute},
		{"COVER_DAYS", "1", coverDays, 1},
		{"COVER_DAYS", "14", coverDays, 14},
		{"SIGNUP_POLICY", "open", signup, SignupOpen},
		{"SIGNUP_POLICY", "Approval", signup, SignupApproval},
		{"SIGNUP_POLICY", "closed", signup, SignupClosed},
		{"TRUSTED_PROXIES", "10.0.0.7", proxies, prefixes("10.0.0.7/32")},
		{"TRUSTED_PROXIES", "10.1.2.3/8, fd00::/8,, ::1", proxies, prefixes("10.0.0.0/8", "fd00::/8", "::1/128")},
		{"TRUSTED_PROXIES", "::ffff:10.0.0.7,::ffff:10.0.0.0/104", proxies, prefixes("10.0.0.7/32", "10.0.0.0/8")},
		{"RATE_LIMIT", "0", rateOf, 0},
		{"RATE_LIMIT", "1", rateOf, 1},
		{"RATE_LIMIT", " 1000000 ", rateOf, 1_000_000},
		{"DRAIN_DELAY", "0s", drainDelay, time.Duration(0)},
		{"DRAIN_DELAY", "0", drainDelay, time.Duration(0)},
		{"DRAIN_DELAY", "1m30s", drainDelay, 90 * time.Second},
		{"DRAIN_DELAY", "5m", drainDelay, 5 * time.Minute},
		{"JWT_ACCESS_TOKEN_EXPIRES", "90m", access, 90 * time.Minute},
		{"JWT_ACCESS_TOKEN_EXPIRES", "86400", access, 24 * time.Hour},
		{"JWT_REFRESH_TOKEN_EXPIRES", "720h", refresh, 720 * time.Hour},
		{"JWT_REFRESH_TOKEN_EXPIRES", "2592000", refresh, 720 * time.Hour},
		{"LOG_LEVEL", "debug", level, slog.LevelDebug},
		{"LOG_LEVEL", "INFO", level, slog.LevelInfo},
		{"LOG_LEVEL", "warn", level, slog.LevelWarn},
		{"LOG_LEVEL", "WARNING", level, slog.LevelWarn},
		{"LOG_LEVEL", "error", level, slog.LevelError},
		{"LOG_FORMAT", "text", logFormat, LogText},
		{"LOG_FORMAT", "json", logFormat, LogJSON},
		{"APP_ENV", "production", appEnv, Production},
		{"APP_ENV", "development", appEnv, Development},
	}
	for _, test := range tests {
		t.Run(test.name+"="+test.text, func(t *testing.T) {
			c := mustLoad(t, environment(map[string]string{test.name: test.text}))
			same := cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })
			if diff := cmp.Diff(test.want, test.field(c), same); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Every setting, through Load, with wrong values: one line that names the
// variable, the value and what is allowed.
func TestWrongValues(t *testing.T) {
	file := writeFile(t, "file", "")
	tests := map[string]struct {
		allowed string
		texts   []string
	}{
		"DATABASE_URL": {
			"must be postgres://…, postgresql://… or sqlite:PATH",
			[]string{"mysql://db/sirenbase", "sirenbase.db", "sqlite:", "sqlite://shop.db", "sqlite::memory:", "postgres://", "postgres://a b", "postgresql:db", "postgres://db\nx"},
		},
		"DATA_DIR":    {"must be a folder", []string{file, "a\nb"}},
		"BACKUP_DIR":  {"must be a folder", []string{file, "a\nb"}},
		"BACKUP_KEEP": {"must be a number of backups from 1 to 1000, or 0 for no automatic backups", []string{"-1", "1001", "many", "1.5"}},
		"PORT": {
			"must be a port number from 1 to 65535, or an address such as 127.0.0.1:5000",
			[]string{"abc", "0", "65536", "-1", "+80", "80 81", "1.5", "a b:80", "localhost:", "localhost:x", "::1:80:x", "http://localhost:80"},
		},
		"METRICS_ADDR": {
			"must be a port number from 1 to 65535, or an address such as 127.0.0.1:5000",
			[]string{"on", "0", "65536", "-1", ":x", "a b:9100", "http://localhost:9100"},
		},
		"CORS_ORIGINS": {
			"must be origins of the form scheme://host[:port], without a path, separated by commas",
			[]string{",", ", ,", "localhost:3000", "example.org", "http://", "http://a/", "http://a/b", "http://a?b", "http://a#b", "http://u@a", "http://a:", "http://a:b", "http://ok,http://a b", "null"},
		},
		"STORE_TIMEZONE": {
			"must be a time zone name such as America/Los_Angeles or UTC",
			[]string{"Local", "Pacific", "PST8", "../etc/passwd", "+02:00"},
		},
		"BUSINESS_DAY_START":   {"must be a time of day as HH:MM, from 00:00 to 23:59", wrongTimes()},
		"MORNING_COUNT_CUTOFF": {"must be a time of day as HH:MM, from 00:00 to 23:59", wrongTimes()},
		"COVER_DAYS":           {"must be a number of days from 1 to 14", []string{"0", "15", "two", "1.5"}},
		"SIGNUP_POLICY":        {"must be one of open, approval, closed", []string{"yes", "opened"}},
		"TRUSTED_PROXIES": {
			"must be addresses or networks such as 10.0.0.0/8, separated by commas",
			[]string{"proxy", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "fe80::1%eth0/64", "10.0.0.1:80", "10.0.0.1 10.0.0.2"},
		},
		"RATE_LIMIT": {
			"must be a number of requests a minute from 1 to 1000000, or 0 for no limit",
			[]string{"-1", "1000001", "many", "1.5", "60/s", "1e3", "99999999999999999999"},
		},
		"DRAIN_DELAY":               {"must be a duration from 0s to 5m such as 10s", []string{"-1s", "5m1s", "10", "soon"}},
		"JWT_ACCESS_TOKEN_EXPIRES":  {"must be a duration from 1s to 87600h such as 24h or 90m, or a number of seconds", wrongLifetimes()},
		"JWT_REFRESH_TOKEN_EXPIRES": {"must be a duration from 1s to 87600h such as 24h or 90m, or a number of seconds", wrongLifetimes()},
		"LOG_LEVEL":                 {"must be one of debug, info, warn, warning, error", []string{"loud", "info+2", "0"}},
		"LOG_FORMAT":                {"must be one of text, json", []string{"xml"}},
		"APP_ENV":                   {"must be one of production, development", []string{"staging", "test"}},
	}
	for name, test := range tests {
		for _, text := range test.texts {
			t.Run(name+"="+text, func(t *testing.T) {
				got := failure(t, environment(map[string]string{name: text}))
				if !strings.HasPrefix(got, name+"="+quote(text)+": "+test.allowed) || strings.Contains(got, "\n") {
					t.Error(got)
				}
			})
		}
	}
}

func TestMetricsAreNotServedWhereTheAPIIs(t *testing.T) {
	for _, port := range []string{"9100", ":9100"} {
		got := failure(t, environment(map[string]string{"PORT": port, "METRICS_ADDR": ":9100"}))
		if got != `METRICS_ADDR=":9100": must be another address than PORT (`+port+`)` {
			t.Error(got)
		}
	}
	const free = "127.0.0.1:0" // a port of the system's choice, each time another
	mustLoad(t, environment(map[string]string{"PORT": free, "METRICS_ADDR": free}))
}

func TestStarOriginIsExplained(t *testing.T) {
	for _, text := range []string{"*", "https://*.example.org"} {
		got := failure(t, environment(map[string]string{"CORS_ORIGINS": text}))
		if got != "CORS_ORIGINS="+quote(text)+": must name every origin: * is not allowed, because requests carry credentials" {
			t.Error(got)
		}
	}
}

func TestPostgreSQLAddresses(t *testing.T) {
	for _, url := range []string{
		"postgres://sirenbase:pw@db:5432/sirenbase?sslmode=disable",
		"postgresql://a:1,b:2/sirenbase",
		"postgres:///sirenbase?host=/run/postgresql",
	} {
		c := mustLoad(t, environment(map[string]string{"DATABASE_URL": url, "SECRET_KEY": goodKey, "JWT_SECRET_KEY": goodKey}))
		if c.Database.Reveal() != url || !c.Database.PostgreSQL() {
			t.Errorf("%s: got %s, PostgreSQL %v", url, c.Database.Reveal(), c.Database.PostgreSQL())
		}
	}
}

func TestValuesFromFiles(t *testing.T) {
	key := writeFile(t, "key", goodKey+"\n")
	url := writeFile(t, "url", "sqlite:shop.db\r\n")
	c := mustLoad(t, environment(map[string]string{"SECRET_KEY_FILE": key, "JWT_SECRET_KEY_FILE": key, "DATABASE_URL_FILE": url}))
	if c.SecretKey != goodKey || c.JWTSecretKey != goodKey || c.Database != "sqlite:shop.db" {
		t.Errorf("got %q, %q, %q", c.SecretKey.Reveal(), c.JWTSecretKey.Reveal(), c.Database.Reveal())
	}
}

func TestFlagWinsOverFile(t *testing.T) {
	in := environment(map[string]string{"DATABASE_URL_FILE": "/not/there"})
	in.Flags = map[string]string{"DATABASE_URL": "sqlite:shop.db"}
	if c := mustLoad(t, in); c.Database != "sqlite:shop.db" {
		t.Errorf("Database = %q", c.Database.Reveal())
	}
}

func TestWrongFiles(t *testing.T) {
	empty := writeFile(t, "empty", " \n")
	tests := map[string]struct {
		values map[string]string
		want   string
	}{
		"missing": {map[string]string{"SECRET_KEY_FILE": "/not/there"}, `SECRET_KEY_FILE="/not/there": must be a file that can be read: no such file or directory`},
		"empty":   {map[string]string{"SECRET_KEY_FILE": empty}, `SECRET_KEY_FILE=` + quote(empty) + `: must be a file that is not empty`},
		"both":    {map[string]string{"SECRET_KEY_FILE": "/x", "SECRET_KEY": goodKey}, `SECRET_KEY_FILE="/x": must not be set together with SECRET_KEY`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := failure(t, environment(test.values)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestLogFormatOn(t *testing.T) {
	for _, test := range []struct {
		format   LogFormat
		terminal bool
		want     LogFormat
	}{{"", true, LogText}, {"", false, LogJSON}, {LogJSON, true, LogJSON}, {LogText, false, LogText}} {
		if got := test.format.On(test.terminal); got != test.want {
			t.Errorf("%q on a terminal (%v): %q, want %q", test.format, test.terminal, got, test.want)
		}
	}
}

func wrongTimes() []string {
	return []string{"4:00", "0400", "24:00", "23:60", "04:00:00", "4pm", "-1:00", "04.00"}
}

func wrongLifetimes() []string {
	return []string{"0", "-1", "-5h", "1ms", "a day", "30d", "87601h", "99999999999999999999", "9223372036854775807"}
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, "\n", `\n`) + `"` }

func prefixes(texts ...string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

func databaseOf(c Config) any { return c.Database }
func dataDir(c Config) any    { return c.DataDir }
func addr(c Config) any       { return c.Addr }
func metricsOf(c Config) any  { return c.MetricsAddr }
func origins(c Config) any    { return c.CORSOrigins }
func timezone(c Config) any   { return c.StoreTimezone.String() }
func dayStart(c Config) any   { return c.BusinessDayStart }
func cutoff(c Config) any     { return c.MorningCountCutoff }
func backupsOf(c Config) any  { return c.BackupDir }
func keepOf(c Config) any     { return c.BackupKeep }
func coverDays(c Config) any  { return c.CoverDays }
func signup(c Config) any     { return c.SignupPolicy }
func proxies(c Config) any    { return c.TrustedProxies }
func rateOf(c Config) any     { return c.RateLimit }
func drainDelay(c Config) any { return c.DrainDelay }
func access(c Config) any     { return c.AccessTokenExpires }
func refresh(c Config) any    { return c.RefreshTokenExpires }
func level(c Config) any      { return c.LogLevel }
func logFormat(c Config) any  { return c.LogFormat }
func appEnv(c Config) any     { return c.AppEnv }

// What only the driver finds wrong is told in the same form, without its words:
// they may show the password.
func TestAddressesThatTheDriverRefuses(t *testing.T) {
	for _, url := range []string{
		"postgres://a:hunter2@db:port/x", "postgres://a:hunter2@db:99999/x", "postgres://a:hunter2%zz@db/x",
		"postgres://a:hunter2@db/x?sslmode=bogus", "postgres://a:hunter2:b@db:x@/x",
		"postgres://db/x?password=hunter2&connect_timeout=soon", "postgresql://a:hunter2@db/x?default_query_exec_mode=x",
	} {
		got := failure(t, environment(map[string]string{"DATABASE_URL": url}))
		if !strings.HasPrefix(got, "DATABASE_URL=") || !strings.Contains(got, ": must be a PostgreSQL address that can be read: ") ||
			strings.Contains(got, "hunter2") || strings.Contains(got, "\n") {
			t.Errorf("%s: %s", url, got)
		}
	}
}
