package config

import (
	"errors"
	"os"
	"strings"
	"unicode"
)

// parseDataDir only refuses what can never be a folder; a missing one is made
// when there is something to put into it.
func parseDataDir(text string) (string, error) {
	info, err := os.Stat(text)
	if err == nil && !info.IsDir() || strings.ContainsFunc(text, unicode.IsControl) {
		return "", errors.New("must be a folder")
	}
	return text, nil
}
