package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const postgres = "postgres://sirenbase:hunter2@db:5432/sirenbase?sslmode=disable"

func TestMasks(t *testing.T) {
	c := mustLoad(t, environment(map[string]string{"DATABASE_URL": postgres, "SECRET_KEY": goodKey, "JWT_SECRET_KEY": goodKey}))
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", c, "key", c.SecretKey, "url", c.Database)
	slog.New(slog.NewTextHandler(&log, nil)).Info("start", "config", c, "key", c.SecretKey, "url", c.Database)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{log.String(), string(encoded)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		shown = append(shown, fmt.Sprintf(verb, c), fmt.Sprintf(verb, c.SecretKey), fmt.Sprintf(verb, c.Database))
	}
	for _, text := range shown {
		wantNoSecrets(t, text)
	}
}

func TestMaskURL(t *testing.T) {
	tests := map[string]string{
		postgres:                             "postgres://sirenbase:***@db:5432/sirenbase?sslmode=disable",
		"postgres://db/sirenbase":            "postgres://db/sirenbase",
		"postgres://user@db/sirenbase":       "postgres://user@db/sirenbase",
		"postgres://user:p@ss/w?rd#@db/x":    "postgres://user:***@db/x",
		"postgres://db/x?user=a&password=b":  "postgres://db/x?user=a&password=***",
		"postgres://db/x?sslpassword=b&c=d":  "postgres://db/x?sslpassword=***&c=d",
		"host=db password='a b' user=c":      "host=db password=*** user=c",
		"host=db PASSWORD = b":               "host=db PASSWORD = ***",
		"user:hunter2@db":                    "user:***@db",
		"mysql://user:hunter2@db/sirenbase":  "mysql://user:***@db/sirenbase",
		"sqlite:/srv/a:b@c/sirenbase.db":     "sqlite:/srv/a:b@c/sirenbase.db",
		"postgres://h1:1,h2:2/db?host=/a@b:": "postgres://h1:***@b:", // rather too much than too little
	}
	for text, want := range tests {
		if got := maskURL(text); got != want {
			t.Errorf("maskURL(%q) = %q, want %q", text, got, want)
		}
	}
}

func wantNoSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{goodKey, "hunter2", fmt.Sprintf("%x", goodKey), fmt.Sprintf("%x", "hunter2")} {
		if strings.Contains(text, secret) {
			t.Errorf("a secret is shown: %s", text)
		}
	}
}
