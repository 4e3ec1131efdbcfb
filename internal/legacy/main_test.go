package legacy_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/legacy"
	"github.com/sirenbase/sirenbase/internal/stores"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// eachEmpty runs a test on an empty SirenBase over each engine.
func eachEmpty(t *testing.T, run func(t *testing.T, s *apptest.Server)) {
	t.Helper()
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) { run(t, empty(t, engine)) })
	}
}

func empty(tb testing.TB, engine database.Engine) *apptest.Server {
	tb.Helper()
	if engine == database.SQLite {
		return apptest.Start(tb, apptest.Settings(tb, copyEmpty(tb)))
	}
	return apptest.Start(tb, apptest.Settings(tb, dbtest.URL(tb, engine)))
}

// emptyFile is the content of a SQLite file with the first store in it. Under
// the race detector SQLite, which is Go, takes seconds to make a store's ten
// thousand codes; so it is done once.
var emptyFile struct {
	sync.Once
	content []byte
	err     error
}

func copyEmpty(tb testing.TB) string {
	tb.Helper()
	emptyFile.Do(func() { emptyFile.content, emptyFile.err = makeEmpty(tb) })
	if emptyFile.err != nil {
		tb.Fatal(emptyFile.err)
	}
	path := filepath.Join(tb.TempDir(), "sirenbase.db")
	if err := os.WriteFile(path, emptyFile.content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return "sqlite:" + path
}

func makeEmpty(tb testing.TB) ([]byte, error) {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "empty.db")
	program, err := app.New(tb.Context(), apptest.Settings(tb, "sqlite:"+path), app.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: clock.NewManual(apptest.Noon).Now,
	})
	if err != nil {
		return nil, err
	}
	if err := program.Close(); err != nil { // closed, the file is whole
		return nil, err
	}
	return os.ReadFile(path)
}

func prepare(tb testing.TB, s *apptest.Server, url string, options legacy.Options) *legacy.Move {
	tb.Helper()
	old, err := legacy.Read(tb.Context(), url)
	if err != nil {
		tb.Fatal(err)
	}
	move, err := old.Prepare(options, target(tb, s))
	if err != nil {
		tb.Fatalf("%v: %+v", err, err)
	}
	return move
}

func target(tb testing.TB, s *apptest.Server) legacy.Target {
	tb.Helper()
	store, err := stores.First(tb.Context(), s.DB.Read())
	if err != nil {
		tb.Fatal(err)
	}
	its, err := store.Clock()
	if err != nil {
		tb.Fatal(err)
	}
	return legacy.Target{Clock: its, KeyHash: s.App.Identity.KeyOldHash}
}

func into(s *apptest.Server) legacy.Into {
	return legacy.Into{DB: s.DB, Now: s.Clock.Now(), Progress: func(string, ...any) {}}
}

// moveIn imports the old database at an address.
func moveIn(tb testing.TB, s *apptest.Server, url string) []legacy.Copied {
	tb.Helper()
	copied, err := prepare(tb, s, url, legacy.Options{}).Write(tb.Context(), into(s))
	if err != nil {
		tb.Fatal(err)
	}
	return copied
}

func countUsers(tb testing.TB, db *database.DB) int {
	tb.Helper()
	n, err := database.Value[int](tb.Context(), db.Read(), `SELECT count(*) FROM users`)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}
