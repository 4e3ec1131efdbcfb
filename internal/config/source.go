package config

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// Where a value came from, as Print names it.
const (
	fromFlag        = "flag"
	fromEnvironment = "environment"
	fromDotEnv      = ".env"
	fromDefault     = "default"
)

// source is one place that values come from.
type source struct {
	origin string
	lookup func(name string) (string, bool)
}

// finding is a value before its check. An empty text means that nobody set it.
type finding struct {
	text   string
	origin string
}

// sources lists where values come from, strongest first.
func sources(in Input, file map[string]string) []source {
	list := []source{{fromFlag, lookupIn(in.Flags)}}
	if in.Environment != nil {
		list = append(list, source{fromEnvironment, in.Environment})
	}
	return append(list, source{fromDotEnv, lookupIn(file)})
}

func lookupIn(values map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		text, found := values[name]
		return text, found
	}
}

// find takes a setting from the strongest source that has it.
func find(s setting, sources []source) (finding, error) {
	for _, from := range sources {
		found, err := from.find(s)
		if err != nil || found.text != "" {
			return found, err
		}
	}
	return finding{}, nil
}

func (from source) find(s setting) (finding, error) {
	text, path := from.text(s.name), ""
	if s.file {
		path = from.text(s.name + "_FILE")
	}
	switch {
	case path == "":
		return finding{text, from.origin}, nil
	case text != "":
		return finding{}, refuse(s.name+"_FILE", path, fmt.Errorf("must not be set together with %s", s.name))
	}
	text, err := readValue(path)
	if err != nil {
		return finding{}, refuse(s.name+"_FILE", path, err)
	}
	return finding{text, from.origin + ", " + s.name + "_FILE"}, nil
}

// text is what the source has for a name. Blank counts as unset: that is how
// compose files and shells leave a variable out.
func (from source) text(name string) string {
	text, _ := from.lookup(name)
	return strings.TrimSpace(text)
}

// readValue reads a value that a file holds, without the line end that editors
// put behind it.
func readValue(path string) (string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		var pathError *os.PathError
		if errors.As(err, &pathError) {
			err = pathError.Err // the path stands in the message already
		}
		return "", fmt.Errorf("must be a file that can be read: %w", err)
	}
	text := strings.TrimSpace(string(content))
	if text == "" {
		return "", errors.New("must be a file that is not empty")
	}
	return text, nil
}
