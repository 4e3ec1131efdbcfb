package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"github.com/joho/godotenv"
)

// readDotEnv reads the file's values. No file is no values.
func readDotEnv(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(strings.TrimRight(string(content), "\r\n")+"\n", "\n")
	values, ok := parseDotEnv(lines)
	if !ok {
		return nil, fmt.Errorf("%s:%d: must be NAME=value, a # comment or empty", path, faultyLine(lines))
	}
	return values, nil
}

// parseDotEnv also refuses what the parser lets through: a value without a
// name, and names that no variable can have. The parser's own error is not
// passed on, for it quotes the file, secrets and all.
func parseDotEnv(lines []string) (map[string]string, bool) {
	values, err := godotenv.Unmarshal(strings.TrimPrefix(strings.Join(lines, ""), "\ufeff"))
	if err != nil {
		return nil, false
	}
	for name := range values {
		if !variableName.MatchString(name) {
			return nil, false
		}
	}
	return values, true
}

// faultyLine is the number of the line where the first faulty statement
// begins: the one after the longest beginning of the file that is right.
func faultyLine(lines []string) int {
	for n := len(lines); n > 0; n-- {
		if _, ok := parseDotEnv(lines[:n]); ok {
			return n + 1
		}
	}
	return 1
}

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)
