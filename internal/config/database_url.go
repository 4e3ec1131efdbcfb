package config

import (
	"errors"
	"strings"
	"unicode"

	"github.com/sirenbase/sirenbase/internal/database"
)

const sqliteScheme = "sqlite:"

// parseDatabaseURL tells the engines apart and leaves the rest of the address
// to the driver, which knows forms (several hosts, sockets) that are no plain
// URLs.
func parseDatabaseURL(text string) (DatabaseURL, error) {
	address := DatabaseURL(text)
	path, isFile := strings.CutPrefix(text, sqliteScheme)
	switch {
	case strings.ContainsFunc(text, unicode.IsControl):
	case isFile && isFilePath(path):
		return address, nil
	case address.PostgreSQL() && !strings.HasSuffix(text, "://") && !strings.Contains(text, " "):
		return address, checkPostgreSQL(text)
	}
	return "", errors.New("must be postgres://…, postgresql://… or sqlite:PATH")
}

// checkPostgreSQL lets the driver judge. Its own words are not passed on: in a
// broken address it may take the password for something else, and show it.
func checkPostgreSQL(text string) error {
	if !database.IsPostgresURL(text) {
		return errors.New("must be a PostgreSQL address that can be read: " +
			"check the port, the %-escapes and parameters such as sslmode")
	}
	return nil
}

// isFilePath leaves out what looks like a URL, which people mean in two ways,
// and databases in memory, of which every connection would see its own.
func isFilePath(path string) bool {
	return path != "" && !strings.HasPrefix(path, "//") && !strings.Contains(path, ":memory:")
}
