package config

import (
	"errors"
	"strings"
	"unicode"
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
		return address, nil
	}
	return "", errors.New("must be postgres://…, postgresql://… or sqlite:PATH")
}

// isFilePath leaves out what looks like a URL, which people mean in two ways,
// and databases in memory, of which every connection would see its own.
func isFilePath(path string) bool {
	return path != "" && !strings.HasPrefix(path, "//") && !strings.Contains(path, ":memory:")
}
