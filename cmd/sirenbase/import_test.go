package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

func oldDatabase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: olddatabase [STATEMENTS]")
	}
	tb := ts.Value(testingKey{}).(testing.TB)
	url := legacytest.Sample(tb)
	if len(args) == 1 {
		legacytest.Run(tb, url, args[0])
	}
	ts.Setenv("OLD", url)
}
