package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rate is what one round came to.
type rate struct {
	perSecond float64
	p50, p99  float64 // milliseconds
}

// drive has wrk send a scenario's requests, each partner's as often as another's.
func drive(tb testing.TB, s *server, here shop, what scenario, seconds int) rate {
	tb.Helper()
	var lines strings.Builder
	for _, p := range here.partners {
		r := what.request(p, here)
		s.send(p.token, r) // must be right, once
		fmt.Fprintf(&lines, "%s\t%s\t%s\t%s\t%s\n", r.method, r.path, p.token, r.tag, r.body)
	}
	file := filepath.Join(tb.TempDir(), "requests")
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		tb.Fatal(err)
	}
	out, err := exec.Command("wrk", "-t1", "-c"+strconv.Itoa(connections), "-d"+strconv.Itoa(seconds)+"s", "--timeout", "10s",
		"-s", "wrk.lua", s.url, "--", file).CombinedOutput()
	if err != nil {
		tb.Fatalf("wrk (Debian: apt-get install wrk): %v\n%s", err, out)
	}
	var result struct{ Requests, Microseconds, P50, P99, Failed float64 }
	_, raw, _ := bytes.Cut(out, []byte("RESULT "))
	if err := json.Unmarshal(raw, &result); err != nil {
		tb.Fatalf("wrk: %v\n%s", err, out)
	}
	if result.Failed > 0 {
		tb.Fatalf("%s: %.0f of %.0f requests failed", what.name, result.Failed, result.Requests)
	}
	return rate{result.Requests / result.Microseconds * 1e6, result.P50 / 1e3, result.P99 / 1e3}
}
