package config

import (
	"testing"
	"time"
)

func FuzzParseTimeOfDay(f *testing.F) {
	for _, seed := range append(wrongTimes(), "00:00", "04:00", "23:59") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseTimeOfDay(text)
		if err != nil {
			return
		}
		back := time.Time{}.Add(got).Format("15:04")
		if got < 0 || got >= 24*time.Hour || back != text {
			t.Errorf("parseTimeOfDay(%q) = %v, which is %s", text, got, back)
		}
	})
}

func FuzzParseLifetime(f *testing.F) {
	for _, seed := range append(wrongLifetimes(), "24h", "86400", "1h30m") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := parseLifetime(text); err == nil && (got < time.Second || got > maxLifetime) {
			t.Errorf("parseLifetime(%q) = %v", text, got)
		}
	})
}

func FuzzParsePrefixes(f *testing.F) {
	for _, seed := range []string{"10.0.0.1", "10.0.0.0/8,fd00::/8", "::ffff:10.0.0.0/104", "::1%lo", ",", "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parsePrefixes(text)
		if err != nil {
			return
		}
		for _, prefix := range got {
			again, err := parsePrefix(prefix.String())
			if err != nil || again != prefix || prefix != prefix.Masked() || !prefix.Contains(prefix.Addr()) {
				t.Errorf("parsePrefixes(%q): %v reads back as %v (%v)", text, prefix, again, err)
			}
		}
	})
}

func FuzzParseOrigin(f *testing.F) {
	for _, seed := range []string{"http://localhost:3000", "https://A.example:443", "http://[::1]:80", "http://a/", "*", "x://"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseOrigin(text)
		if err != nil {
			return
		}
		if again, err := parseOrigin(got); err != nil || again != got {
			t.Errorf("parseOrigin(%q) = %q, which reads back as %q (%v)", text, got, again, err)
		}
	})
}

func FuzzMaskURL(f *testing.F) {
	for _, seed := range []string{"pw", "p@w", "p/w", "p:w", "p?w#", "p w", "%20", "'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, password string) {
		const before, after = "postgres://user:", "@db/sirenbase"
		if got := maskURL(before + password + after); got != before+mask+after {
			t.Errorf("password %q: %q", password, got)
		}
	})
}
