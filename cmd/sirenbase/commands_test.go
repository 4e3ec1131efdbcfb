package main

import (
	"errors"
	"os/exec"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

func failing(ts *testscript.TestScript, neg bool, args []string) {
	expectExit(ts, neg, exitFailed, args)
}

func usage(ts *testscript.TestScript, neg bool, args []string) {
	expectExit(ts, neg, exitUsage, args)
	if stderr := ts.ReadFile("stderr"); strings.Count(stderr, "\n") != 1 {
		ts.Fatalf("more than one line on stderr")
	}
}

// expectExit also sees to it that a failure goes to stderr, without a stack.
func expectExit(ts *testscript.TestScript, neg bool, code int, args []string) {
	if neg {
		ts.Fatalf("unsupported: !")
	}
	var exit *exec.ExitError
	if err := ts.Exec("sirenbase", args...); !errors.As(err, &exit) || exit.ExitCode() != code {
		ts.Fatalf("ended with %v, want exit status %d", err, code)
	}
	stderr := ts.ReadFile("stderr")
	if stderr == "" || strings.Contains(stderr, "goroutine ") || strings.Contains(stderr, "this is a bug") {
		ts.Fatalf("unseemly stderr")
	}
}
