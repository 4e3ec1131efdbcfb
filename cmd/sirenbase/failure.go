package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// settingsError is what is wrong with the settings: a line for each, which
// names the setting and needs no introduction.
type settingsError struct{ error }

// bugError is a panic. Its stack is of no use to an operator.
type bugError struct{ cause any }

func (b bugError) Error() string { return fmt.Sprintf("this is a bug: %v", b.cause) }

// fail reports an error on stderr, if there is one, and returns the exit code.
func (c *console) fail(err error) int {
	var usage *kong.ParseError
	var settings settingsError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(c.stderr, "sirenbase: %s (see `%s --help`)\n", oneLine(usage.Error()), typedSoFar(usage))
		return exitUsage
	case errors.As(err, &settings):
		fmt.Fprintln(c.stderr, settings)
	default:
		fmt.Fprintf(c.stderr, "sirenbase: %s\n", oneLine(message(err)))
	}
	return exitFailed
}

func typedSoFar(usage *kong.ParseError) string {
	if node := usage.Context.Selected(); node != nil {
		return node.FullPath()
	}
	return usage.Context.Model.Name
}

// message says what went wrong. Unlike a client, an operator sees the cause.
func message(err error) string {
	var f *fault.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.As(err, &f) && len(f.Fields) > 0:
		return strings.Join(fieldMessages(f.Fields), "; ")
	default:
		return err.Error()
	}
}

func fieldMessages(fields fault.Fields) []string {
	var all []string
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		all = append(all, fields[field]...)
	}
	return all
}

// oneLine joins what errors.Join and drivers put on several lines.
func oneLine(text string) string {
	var all strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case all.Len() == 0 || line == "":
		case strings.HasSuffix(all.String(), ":"):
			all.WriteString(" ")
		default:
			all.WriteString("; ")
		}
		all.WriteString(line)
	}
	return all.String()
}
