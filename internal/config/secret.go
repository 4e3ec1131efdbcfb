package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

const (
	secretKey    = "SECRET_KEY"
	jwtSecretKey = "JWT_SECRET_KEY"

	minSecretBytes = 32 // what HS256 asks of its key
)

// namedKey is one of the keys, by its setting.
type namedKey struct {
	name string
	key  *Secret
}

func (c *Config) keys() []namedKey {
	return []namedKey{{secretKey, &c.SecretKey}, {jwtSecretKey, &c.JWTSecretKey}}
}

func parseSecret(text string) (Secret, error) { return Secret(text), nil }

// checkSecret says what is wrong with a key. None is right for the embedded
// database alone: several nodes cannot share a key that each makes for itself.
func checkSecret(key Secret, c Config) error {
	switch {
	case key == "" && c.Database.PostgreSQL():
		return fmt.Errorf("must be set, to at least %d bytes, when the database is PostgreSQL", minSecretBytes)
	case key == "":
		return nil
	case isPlaceholder(string(key)) && c.allowsPlaceholders():
		return nil
	case isPlaceholder(string(key)):
		return errors.New("must not be a placeholder that everybody knows; `openssl rand -hex 32` makes a good one")
	case len(key) < minSecretBytes:
		return fmt.Errorf("must be at least %d bytes long; `openssl rand -hex 32` makes a good one", minSecretBytes)
	}
	return nil
}

// isPlaceholder recognises what examples and tutorials put where a key should
// be. A key from a random source does not contain these words.
func isPlaceholder(text string) bool {
	text = strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(text))
	return slices.ContainsFunc(placeholderParts(), func(part string) bool {
		return strings.Contains(text, part)
	})
}

func placeholderParts() []string {
	return []string{
		"change-me", "changeme", "change-this", "change-in-production",
		"your-secret", "your-jwt-secret", "your-super-secret", "your-key",
		"secret-key-here", "replace-me", "replace-this", "placeholder", "dev-secret", "super-secret",
	}
}
