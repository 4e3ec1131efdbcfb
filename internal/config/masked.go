package config

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
)

// Secret is a key. However it is printed, logged or encoded, it shows only
// that it is there.
type Secret string

// Reveal is the key itself, for those who sign and hash with it.
func (s Secret) Reveal() string { return string(s) }

// String masks the key.
func (s Secret) String() string { return maskSecret(string(s)) }

// Format masks the key whatever the verb, %d and %#v included.
func (s Secret) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, s.String()) }

// LogValue masks the key in logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText masks the key in JSON and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// DatabaseURL says which database to open. Printed, it hides its password.
type DatabaseURL string

// Reveal is the whole address, for the one who opens it.
func (d DatabaseURL) Reveal() string { return string(d) }

// PostgreSQL says whether it is a PostgreSQL server, and not a SQLite file.
func (d DatabaseURL) PostgreSQL() bool {
	return strings.HasPrefix(string(d), "postgres://") || strings.HasPrefix(string(d), "postgresql://")
}

// String is the address without its password.
func (d DatabaseURL) String() string { return maskURL(string(d)) }

// Format hides the password whatever the verb.
func (d DatabaseURL) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, d.String()) }

// LogValue hides the password in logs.
func (d DatabaseURL) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText hides the password in JSON and the like.
func (d DatabaseURL) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

const mask = "***"

func maskSecret(text string) string {
	if text == "" {
		return ""
	}
	return mask
}

// maskURL hides the passwords in a database address, also in one that is not
// well formed: it would rather hide too much. So it goes by the last @ there
// is, since passwords are often left unescaped.
func maskURL(text string) string {
	if strings.HasPrefix(text, sqliteScheme) {
		return text
	}
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		scheme, rest = "", text
	} else {
		scheme += "://"
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		if user, _, has := strings.Cut(rest[:at], ":"); has {
			rest = user + ":" + mask + rest[at:]
		}
	}
	return scheme + passwordParameter.ReplaceAllString(rest, "${1}"+mask)
}

// passwordParameter finds password=… in an address, and in the key=value form
// that some write in its place.
var passwordParameter = regexp.MustCompile(`(?i)(password\s*=\s*)('[^']*'?|[^&\s]*)`)
