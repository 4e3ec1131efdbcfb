package main

import (
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
)

// lock does to an account what fifty failed logins do.
func lock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lock PARTNER-NUMBER")
	}
	changeDatabase(ts, `
		INSERT INTO login_guards (partner_number, locked_at, updated_at) VALUES ($1, $2, $2)
		ON CONFLICT (partner_number) DO UPDATE SET locked_at = excluded.locked_at`,
		args[0], database.Instant(clock.System()))
}
