package apptest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// peopled is the content of a SQLite file with the first store and its partners
// in it. Under the race detector SQLite, which is Go, takes seconds to make a
// store's ten thousand codes; so it is done once a process.
var peopled struct {
	sync.Mutex
	content []byte
}

// copyPeopled returns the URL of a SQLite database of its own for a test.
func copyPeopled(tb testing.TB) string {
	tb.Helper()
	peopled.Lock()
	defer peopled.Unlock()
	if peopled.content == nil {
		peopled.content = makePeopled(tb)
	}
	path := filepath.Join(tb.TempDir(), "sirenbase.db")
	if err := os.WriteFile(path, peopled.content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return "sqlite:" + path
}

func makePeopled(tb testing.TB) []byte {
	tb.Helper()
	settings := Settings(tb, dbtest.URL(tb, database.SQLite))
	program, err := app.New(context.Background(), settings, app.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: clock.NewManual(Noon).Now, HashCost: cheapHash,
	})
	if err != nil {
		tb.Fatal(err)
	}
	addPartners(tb, program)
	// Closed, the file is whole: its log has been folded in.
	if err := program.Close(); err != nil {
		tb.Fatal(err)
	}
	content, err := os.ReadFile(strings.TrimPrefix(string(settings.Database), "sqlite:"))
	if err != nil {
		tb.Fatal(err)
	}
	return content
}
