package config

import (
	"fmt"
	"io"
	"os"
)

// Print writes every setting as NAME=value in the table's order, each with a
// comment that says where it came from, and with what is secret masked.
func (c Config) Print(w io.Writer) error {
	for _, s := range settings() {
		given := c.given[s.name]
		if _, err := fmt.Fprintf(w, "%s=%s  # %s\n", s.name, given.shown, c.remark(s.name, given)); err != nil {
			return err
		}
	}
	return nil
}

// remark explains a value, above all one that is not there to be read.
func (c Config) remark(name string, given given) string {
	isSecret := name == secretKey || name == jwtSecretKey
	switch {
	case isSecret && given.shown == "":
		return c.secretRemark(name)
	case isSecret:
		return "set: " + given.origin
	case name == "TRUSTED_PROXIES" && given.shown == "":
		return given.origin + ": none"
	case name == metricsAddr && given.shown == "":
		return given.origin + ": off"
	case name == "LOG_FORMAT" && given.shown == "":
		return given.origin + ": text on a terminal, else json"
	}
	return given.origin
}

func (c Config) secretRemark(name string) string {
	path := c.secretPath(name)
	if _, err := os.Stat(path); err == nil {
		return "generated: " + path
	}
	return "will be generated: " + path
}
