package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
)

// expire turns the sessions of the script's display back by half an hour and a
// bit: the program's clock is the machine's, which no script can turn.
func expire(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: expire")
	}
	changeDatabase(ts, `UPDATE rtde_sessions SET expires_at = $1`, database.Instant(clock.System().Add(-time.Minute)))
}

// changeDatabase changes the script's database behind the program's back.
func changeDatabase(ts *testscript.TestScript, query string, args ...any) {
	url := ts.Getenv("DATABASE_URL")
	if url == "" {
		url = "sqlite:" + filepath.Join(ts.MkAbs("data"), "sirenbase.db")
	}
	ctx := context.Background()
	db, err := database.Open(ctx, url)
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	ts.Check(db.InTx(ctx, func(tx *database.Handle) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	}))
}
