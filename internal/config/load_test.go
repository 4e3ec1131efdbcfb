package config

import (
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A key that is long enough, and one that everybody knows.
const (
	goodKey     = "0123456789abcdef0123456789abcdef"
	placeholder = "change-me-in-production"
)

// environment is an Input that has nothing but these variables.
func environment(values map[string]string) Input {
	return Input{Environment: lookupIn(values)}
}

func mustLoad(t *testing.T, in Input) Config {
	t.Helper()
	c, err := Load(in)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

// failure is the message of a Load that must fail.
func failure(t *testing.T, in Input) string {
	t.Helper()
	_, err := Load(in)
	if err == nil {
		t.Fatal("Load succeeded, want an error")
	}
	return err.Error()
}

func TestDefaults(t *testing.T) {
	c := mustLoad(t, Input{})
	pacific, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	c.given = nil
	want := Config{
		Database:            "sqlite:data/sirenbase.db",
		DataDir:             "./data",
		BackupDir:           filepath.Join("data", "backups"),
		BackupKeep:          14,
		Addr:                ":5000",
		CORSOrigins:         []string{"http://localhost:3000"},
		StoreTimezone:       pacific,
		BusinessDayStart:    4 * time.Hour,
		MorningCountCutoff:  15 * time.Hour,
		CoverDays:           2,
		SignupPolicy:        SignupApproval,
		RateLimit:           1200,
		AccessTokenExpires:  24 * time.Hour,
		RefreshTokenExpires: 720 * time.Hour,
		LogLevel:            slog.LevelInfo,
		AppEnv:              Production,
	}
	if diff := cmp.Diff(want, c, compareConfig()...); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
}

func compareConfig() []cmp.Option {
	return []cmp.Option{
		cmp.AllowUnexported(Config{}),
		cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
		cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }),
	}
}

func TestDemoDefaults(t *testing.T) {
	c := mustLoad(t, Input{Demo: true})
	if !c.Demo || c.SignupPolicy != SignupOpen {
		t.Errorf("Demo = %v, SignupPolicy = %q; want true, open", c.Demo, c.SignupPolicy)
	}
	c = mustLoad(t, Input{Demo: true, Flags: map[string]string{"SIGNUP_POLICY": "closed"}})
	if c.SignupPolicy != SignupClosed {
		t.Errorf("SignupPolicy = %q, want what was asked for", c.SignupPolicy)
	}
}

func TestDatabaseFollowsDataDir(t *testing.T) {
	c := mustLoad(t, environment(map[string]string{"DATA_DIR": "/var/lib/sirenbase"}))
	if c.Database != "sqlite:/var/lib/sirenbase/sirenbase.db" {
		t.Errorf("Database = %q", c.Database)
	}
}

func TestPrecedence(t *testing.T) {
	dotenv := writeFile(t, ".env", "PORT=1003\nLOG_LEVEL=debug\nAPP_ENV=development\n")
	in := Input{
		DotEnv:      dotenv,
		Environment: lookupIn(map[string]string{"PORT": "1002", "LOG_LEVEL": "warn", "APP_ENV": " "}),
		Flags:       map[string]string{"PORT": "1001", "LOG_LEVEL": ""},
	}
	c := mustLoad(t, in)
	if c.Addr != ":1001" {
		t.Errorf("Addr = %q: a flag must win over everything", c.Addr)
	}
	if c.LogLevel != slog.LevelWarn {
		t.Errorf("LogLevel = %v: the environment must win over .env, an empty flag is none", c.LogLevel)
	}
	if c.AppEnv != Development {
		t.Errorf("AppEnv = %v: .env must win over the default, a blank variable is none", c.AppEnv)
	}
}

// Wrong values read the same wherever they come from.
func TestSameMessageFromEverySource(t *testing.T) {
	const want = `LOG_FORMAT="xml": must be one of text, json`
	wrong := map[string]string{"LOG_FORMAT": "xml"}
	inputs := map[string]Input{
		"flag":        {Flags: wrong},
		"environment": environment(wrong),
		".env":        {DotEnv: writeFile(t, ".env", "LOG_FORMAT=xml")},
	}
	for name, in := range inputs {
		if got := failure(t, in); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAllWrongValuesTogether(t *testing.T) {
	got := failure(t, environment(map[string]string{
		"DATABASE_URL": "postgres://db/sirenbase",
		"PORT":         "abc",
		"APP_ENV":      "staging",
		"LOG_LEVEL":    "loud",
	}))
	want := strings.Join([]string{
		`PORT="abc": must be a port number from 1 to 65535, or an address such as 127.0.0.1:5000`,
		`LOG_LEVEL="loud": must be one of debug, info, warn, warning, error`,
		`APP_ENV="staging": must be one of production, development`,
	}, "\n")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestDayMustStartBeforeTheCutoff(t *testing.T) {
	for _, start := range []string{"15:00", "16:30"} {
		got := failure(t, environment(map[string]string{"BUSINESS_DAY_START": start}))
		if got != `BUSINESS_DAY_START="`+start+`": must be earlier than MORNING_COUNT_CUTOFF (15:00)` {
			t.Error(got)
		}
	}
}

func TestUnknownFlagIsRefused(t *testing.T) {
	if got := failure(t, Input{Flags: map[string]string{"PROT": "1"}}); got != `unknown setting "PROT"` {
		t.Error(got)
	}
}

func TestLoadWritesNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	mustLoad(t, environment(map[string]string{"DATA_DIR": folder}))
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("Load made the data folder (%v)", err)
	}
}

// The example file must know every setting, with the true default, and set none.
func TestEnvExample(t *testing.T) {
	content, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	values, err := readDotEnv("../../.env.example")
	if err != nil || len(values) > 0 {
		t.Errorf("the example sets %v (%v), want nothing", maps.Collect(maps.All(values)), err)
	}
	for _, s := range settings() {
		if !strings.Contains(string(content), "\n# "+s.name+"="+s.standard+"\n") {
			t.Errorf("the example lacks the line %q", "# "+s.name+"="+s.standard)
		}
		if s.file && !strings.Contains(string(content), s.name+"_FILE") {
			t.Errorf("the example lacks %s_FILE", s.name)
		}
	}
}

func writeFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
