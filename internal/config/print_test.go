package config

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestPrint(t *testing.T) {
	c := mustLoad(t, Input{
		Flags: map[string]string{"PORT": "127.0.0.1:8080"},
		Environment: lookupIn(map[string]string{
			"DATABASE_URL": postgres, "SECRET_KEY": goodKey,
			"JWT_SECRET_KEY_FILE": writeFile(t, "key", goodKey), "TRUSTED_PROXIES": "10.0.0.0/8",
		}),
		DotEnv: writeFile(t, ".env", "LOG_FORMAT=json\n"),
	})
	const want = `DATABASE_URL=postgres://sirenbase:***@db:5432/sirenbase?sslmode=disable  # environment
DATA_DIR=./data  # default
BACKUP_DIR=data/backups  # default
BACKUP_KEEP=14  # default
PORT=127.0.0.1:8080  # flag
METRICS_ADDR=  # default: off
SECRET_KEY=***  # set: environment
JWT_SECRET_KEY=***  # set: environment, JWT_SECRET_KEY_FILE
CORS_ORIGINS=http://localhost:3000  # default
STORE_TIMEZONE=America/Los_Angeles  # default
BUSINESS_DAY_START=04:00  # default
MORNING_COUNT_CUTOFF=15:00  # default
COVER_DAYS=2  # default
SIGNUP_POLICY=approval  # default
TRUSTED_PROXIES=10.0.0.0/8  # environment
RATE_LIMIT=1200  # default
DRAIN_DELAY=0s  # default
JWT_ACCESS_TOKEN_EXPIRES=24h  # default
JWT_REFRESH_TOKEN_EXPIRES=720h  # default
LOG_LEVEL=info  # default
LOG_FORMAT=json  # .env
APP_ENV=production  # default
`
	if got := printed(t, c); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestPrintEmbedded(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	c := mustLoad(t, environment(map[string]string{"DATA_DIR": folder}))
	path := filepath.Join(folder, "secret_key")
	wantLines(t, printed(t, c),
		"DATABASE_URL=sqlite:"+folder+"/sirenbase.db  # default",
		"BACKUP_DIR="+folder+"/backups  # default",
		"SECRET_KEY=  # will be generated: "+path,
		"TRUSTED_PROXIES=  # default: none",
		"LOG_FORMAT=  # default: text on a terminal, else json")
	ensure(t, &c)
	got := printed(t, c)
	wantLines(t, got, "SECRET_KEY=  # generated: "+path)
	if strings.Contains(got, c.SecretKey.Reveal()) {
		t.Error("a generated key is shown")
	}
}

func printed(t *testing.T, c Config) string {
	t.Helper()
	var out strings.Builder
	if err := c.Print(&out); err != nil {
		t.Fatal(err)
	}
	wantNoSecrets(t, out.String())
	return out.String()
}

func wantLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains("\n"+text, "\n"+line+"\n") {
			t.Errorf("no line %q in:\n%s", line, text)
		}
	}
}
