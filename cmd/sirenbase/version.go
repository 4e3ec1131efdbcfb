package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Set with -ldflags -X when a release is built.
var version, commit string

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(c *console) error {
	b := buildVersion()
	_, err := fmt.Fprintf(c.stdout, "sirenbase %s (%s, %s)\n", b.version, b.commit, runtime.Version())
	return err
}

type build struct{ version, commit string }

// buildVersion falls back to what the Go tool notes in every binary.
func buildVersion() build {
	b := build{version, commit}
	info, ok := debug.ReadBuildInfo()
	if b.version == "" && ok {
		b.version = info.Main.Version
	}
	if b.commit == "" && ok {
		b.commit = revision(info.Settings)
	}
	if b.version == "" {
		b.version = "(devel)"
	}
	if b.commit == "" {
		b.commit = "unknown"
	}
	return b
}

func revision(settings []debug.BuildSetting) string {
	for _, s := range settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}
