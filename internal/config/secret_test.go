package config

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestWrongSecrets(t *testing.T) {
	const (
		short   = "must be at least 32 bytes long; `openssl rand -hex 32` makes a good one"
		known   = "must not be a placeholder that everybody knows; `openssl rand -hex 32` makes a good one"
		missing = "must be set, to at least 32 bytes, when the database is PostgreSQL"
	)
	development := map[string]string{"APP_ENV": "development"}
	tests := map[string]struct {
		key  string
		more map[string]string
		want string
	}{
		"short":                 {goodKey[1:], nil, `SECRET_KEY="***": ` + short},
		"short, development":    {goodKey[1:], development, `SECRET_KEY="***": ` + short},
		"placeholder":           {placeholder, nil, `SECRET_KEY="***": ` + known},
		"missing, PostgreSQL":   {"", map[string]string{"DATABASE_URL": postgres, "JWT_SECRET_KEY": goodKey}, `SECRET_KEY="": ` + missing},
		"both, PostgreSQL":      {"", map[string]string{"DATABASE_URL": postgres}, "SECRET_KEY=\"\": " + missing + "\nJWT_SECRET_KEY=\"\": " + missing},
		"missing, in a hurry":   {"", map[string]string{"DATABASE_URL": postgres, "JWT_SECRET_KEY": goodKey, "APP_ENV": "development"}, `SECRET_KEY="": ` + missing},
		"short, beside a wrong": {goodKey[1:], map[string]string{"PORT": "x"}, `PORT="x": ` + errBadAddr().Error() + "\n" + `SECRET_KEY="***": ` + short},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			values := map[string]string{"SECRET_KEY": test.key}
			for name, text := range test.more {
				values[name] = text
			}
			if got := failure(t, environment(values)); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

func TestPlaceholders(t *testing.T) {
	for _, text := range []string{
		placeholder, "dev-secret-key-change-in-production", "jwt-secret-key-change-in-production",
		"your-secret-key-here", "your-jwt-secret-here", "YOUR_SUPER_SECRET_KEY change this please 0123456789",
	} {
		values := map[string]string{"SECRET_KEY": text, "JWT_SECRET_KEY": text}
		if got := failure(t, environment(values)); strings.Count(got, "placeholder") != 2 || strings.Contains(got, text) {
			t.Errorf("%s: %s", text, got)
		}
		in := environment(values)
		in.Demo = true
		mustLoad(t, in)
		values["APP_ENV"] = "development"
		mustLoad(t, environment(values))
	}
}

func TestEnsureSecrets(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "data")
	c := mustLoad(t, environment(map[string]string{"DATA_DIR": folder}))
	ensure(t, &c)
	for _, k := range c.keys() {
		if len(*k.key) != 64 {
			t.Errorf("%s has %d characters, want 64", k.name, len(*k.key))
		}
		wantMode(t, c.secretPath(k.name), 0o600)
	}
	if c.SecretKey == c.JWTSecretKey {
		t.Error("the two keys are the same")
	}
	wantMode(t, folder, 0o700)
	wantFiles(t, folder, "jwt_secret_key", "secret_key")

	again := mustLoad(t, environment(map[string]string{"DATA_DIR": folder}))
	ensure(t, &again)
	if again.SecretKey != c.SecretKey || again.JWTSecretKey != c.JWTSecretKey {
		t.Error("the second start made new keys")
	}
}

func TestEnsureSecretsKeepsWhatWasGiven(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	c := mustLoad(t, environment(map[string]string{"DATA_DIR": folder, "SECRET_KEY": goodKey}))
	ensure(t, &c)
	if c.SecretKey != goodKey {
		t.Error("a given key was replaced")
	}
	wantFiles(t, folder, "jwt_secret_key")
}

// Many processes that start at once in an empty folder must agree on the keys.
func TestEnsureSecretsAtOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	configs := make([]Config, 8)
	start := make(chan struct{})
	var group sync.WaitGroup
	for i := range configs {
		configs[i] = mustLoad(t, environment(map[string]string{"DATA_DIR": folder}))
		group.Go(func() {
			<-start
			if err := EnsureSecrets(&configs[i]); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	group.Wait()
	for _, c := range configs {
		if c.SecretKey != configs[0].SecretKey || c.JWTSecretKey != configs[0].JWTSecretKey || c.SecretKey == "" {
			t.Error("the starts disagree about the keys")
		}
	}
	wantFiles(t, folder, "jwt_secret_key", "secret_key")
}

func TestEnsureSecretsFailures(t *testing.T) {
	t.Run("damaged file", func(t *testing.T) {
		path := writeFile(t, "secret_key", "abc\n")
		c := Config{DataDir: filepath.Dir(path)}
		if err := EnsureSecrets(&c); err == nil || !strings.Contains(err.Error(), path+" is damaged") {
			t.Error(err)
		}
	})
	t.Run("file in the way of the folder", func(t *testing.T) {
		c := Config{DataDir: writeFile(t, "data", "")}
		if err := EnsureSecrets(&c); err == nil || !strings.HasPrefix(err.Error(), "SECRET_KEY cannot be kept") {
			t.Error(err)
		}
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		c := Config{DataDir: t.TempDir(), Database: postgres}
		if err := EnsureSecrets(&c); err == nil {
			t.Error("made a key for PostgreSQL")
		}
		wantFiles(t, c.DataDir)
	})
}

func ensure(t *testing.T, c *Config) {
	t.Helper()
	if err := EnsureSecrets(c); err != nil {
		t.Fatalf("EnsureSecrets: %v", err)
	}
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", path, got, want)
	}
}

func wantFiles(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s holds %q, want %q", folder, got, want)
	}
}
