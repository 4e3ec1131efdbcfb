//go:build ignore

// Testreport reads what "go test -json" writes and shows what "go test" would:
// the closing line of each package, and the output of tests that failed. At
// the end it says loudly which tests were skipped and why, for a skipped test
// is easily taken for a passed one. With -strict, skips fail the run.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// event is a line of "go test -json" (see "go doc test2json").
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// position is where a message was written, which tells equal reasons apart.
var position = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: `)

// report is what is known so far.
type report struct {
	output  map[event]string // of tests under way, by Package and Test
	skipped map[string][]string
	passed  int
	failed  []string
	broken  bool // something outside a test failed
}

func main() {
	strict := flag.Bool("strict", false, "fail when a test was skipped")
	flag.Parse()
	r := report{output: map[event]string{}, skipped: map[string][]string{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		r.read(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		fmt.Println("testreport:", err)
		r.broken = true
	}
	r.close()
	if r.broken || len(r.failed) > 0 || *strict && len(r.skipped) > 0 {
		os.Exit(1)
	}
}

// read takes one line. What is no event is somebody's plain message.
func (r *report) read(line []byte) {
	var e event
	if err := json.Unmarshal(line, &e); err != nil || e.Action == "" {
		fmt.Println(string(line))
		return
	}
	test := event{Package: e.Package, Test: e.Test}
	switch {
	case e.Action == "build-output":
		fmt.Print(e.Output)
	case e.Action == "output" && e.Test == "":
		if e.Output != "PASS\n" {
			fmt.Print(e.Output)
		}
	case e.Action == "output":
		r.output[test] += e.Output
	case e.Action == "fail" && e.Test == "", e.Action == "build-fail":
		r.broken = true
	case e.Action == "fail":
		fmt.Print(plain(r.output[test]))
		r.failed = append(r.failed, e.Package+" "+e.Test)
	case e.Action == "skip" && e.Test != "":
		reason := position.ReplaceAllString(plain(r.output[test]), "")
		r.skipped[reason] = append(r.skipped[reason], e.Package+" "+e.Test)
	case e.Action == "pass" && e.Test != "":
		r.passed++
	default:
		return
	}
	if e.Action != "output" {
		delete(r.output, test)
	}
}

// plain leaves out the lines that only say that a test begins or is skipped.
func plain(output string) string {
	var text strings.Builder
	for line := range strings.Lines(output) {
		trimmed := strings.TrimSpace(line)
		if !strings.HasPrefix(trimmed, "=== ") && !strings.HasPrefix(trimmed, "--- SKIP") {
			text.WriteString(line)
		}
	}
	return text.String()
}

func (r *report) close() {
	skips := 0
	for _, tests := range r.skipped {
		skips += len(tests)
	}
	fmt.Printf("\n%d tests passed, %d failed, %d skipped.\n", r.passed, len(r.failed), skips)
	for _, test := range r.failed {
		fmt.Println("FAILED:", test)
	}
	if skips == 0 {
		return
	}
	fmt.Printf("\n!!! %d TESTS WERE LEFT OUT:\n", skips)
	reasons := make([]string, 0, len(r.skipped))
	for reason := range r.skipped {
		reasons = append(reasons, reason)
	}
	slices.Sort(reasons)
	for _, reason := range reasons {
		fmt.Printf("!!! %s\n", strings.TrimSpace(reason))
		for _, test := range r.skipped[reason] {
			fmt.Println("!!!   ", test)
		}
	}
}
