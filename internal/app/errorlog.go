package app

import (
	"log/slog"
	"regexp"
	"strings"
)

// withoutAddresses logs what net/http has to say, but not of whom: a client's
// address is not for the log.
type withoutAddresses struct{ log *slog.Logger }

var addresses = regexp.MustCompile(`(\[[0-9A-Za-z:.%]+\]|\b\d{1,3}(\.\d{1,3}){3}\b)(:\d+)?`)

func (w withoutAddresses) Write(line []byte) (int, error) {
	w.log.Warn(addresses.ReplaceAllString(strings.TrimSpace(string(line)), "a client"))
	return len(line), nil
}
