package app

import (
	"log/slog"
	"strings"
	"testing"
)

func TestWhatTheHTTPServerSaysOfAClientIsLoggedWithoutItsAddress(t *testing.T) {
	for line, want := range map[string]string{
		"http: TLS handshake error from 192.0.2.7:51164: EOF\n":                                      "http: TLS handshake error from a client: EOF",
		"http2: server connection error from [2001:db8::7]:443: connection error: COMPRESSION_ERROR": "http2: server connection error from a client: connection error: COMPRESSION_ERROR",
		"http: Accept error: too many open files; retrying in 5ms":                                   "http: Accept error: too many open files; retrying in 5ms",
	} {
		var text strings.Builder
		w := withoutAddresses{slog.New(slog.NewTextHandler(&text, nil))}
		if n, err := w.Write([]byte(line)); n != len(line) || err != nil {
			t.Errorf("wrote %d (%v)", n, err)
		}
		if !strings.Contains(text.String(), `msg="`+want+`"`) {
			t.Errorf("%q is logged as %s", line, text.String())
		}
	}
}
