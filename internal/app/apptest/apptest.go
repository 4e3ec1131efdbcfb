// Package apptest runs the whole program for a test, on a real database and
// behind a real HTTP server, and speaks to it as a client does.
package apptest

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// The partners that every server knows.
const (
	AdminNumber, AdminPIN, AdminName = "ADMIN001", "1234", "Avery Stone"
	StaffNumber, StaffPIN, StaffName = "TEST123", "5678", "Sam Rivera"
)

// Noon is when tests begin: an ordinary day in the first store's zone.
var Noon = time.Date(2026, time.March, 4, 20, 0, 0, 123456000, time.UTC)

// cheapHash makes logging in take no time. The cost is the only thing about
// hashing that tests change.
var cheapHash = identity.HashCost{MemoryKiB: 64, Passes: 1}

// Server is the program under test.
type Server struct {
	TB     testing.TB
	App    *app.App
	Clock  *clock.Manual
	URL    string // of the HTTP server
	DB     *database.DB
	Engine database.Engine
	log    *logBook
	users  map[string]*Client

	conformer conformer
}

// Settings are those of a Server, to be changed by a test before it starts.
func Settings(tb testing.TB, databaseURL string) config.Config {
	tb.Helper()
	settings, err := config.Load(config.Input{Flags: map[string]string{
		"DATABASE_URL":   databaseURL,
		"DATA_DIR":       tb.TempDir(),
		"SECRET_KEY":     strings.Repeat("pepper for tests ", 3),
		"JWT_SECRET_KEY": JWTKey,
	}})
	if err != nil {
		tb.Fatal(err)
	}
	return settings
}

// JWTKey signs the tokens of every Server, so that tests can forge some.
const JWTKey = "a signing key for tests, long enough to be accepted"

// Each runs a test on a server over each engine, with an admin and a partner.
func Each(t *testing.T, run func(t *testing.T, s *Server)) {
	t.Helper()
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			run(t, New(t, engine))
		})
	}
}

// New starts a server over an engine, with an admin and a partner.
func New(tb testing.TB, engine database.Engine) *Server {
	tb.Helper()
	if engine == database.SQLite {
		return Start(tb, Settings(tb, copyPeopled(tb)))
	}
	s := Start(tb, Settings(tb, dbtest.URL(tb, engine)))
	addPartners(tb, s.App)
	return s
}

// Start starts a server with these settings, and nobody in it yet.
func Start(tb testing.TB, settings config.Config) *Server {
	tb.Helper()
	log := &logBook{}
	manual := clock.NewManual(Noon)
	program, err := app.New(context.Background(), settings, app.Options{
		Version:  "test",
		Log:      slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Clock:    manual.Now,
		HashCost: cheapHash,
		// The race detector is slow, and more than one package is tested at a time.
		Timeouts: app.Timeouts{Work: 30 * time.Second},
	})
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(program.API)
	background, stop := context.WithCancel(context.Background())
	var hub sync.WaitGroup
	hub.Go(func() { program.Events.Run(background) })
	s := &Server{
		TB: tb, App: program, Clock: manual, URL: server.URL, DB: program.DB, Engine: program.DB.Engine(),
		log: log, users: map[string]*Client{}, conformer: conformer{api: program.API},
	}
	tb.Cleanup(func() {
		program.Events.Close()
		server.Close()
		stop()
		hub.Wait()
		if err := program.Close(); err != nil {
			tb.Error(err)
		}
		log.checkSecrets(tb)
	})
	return s
}

// AddPartners makes the admin and the partner, where Start made a server
// without them.
func (s *Server) AddPartners() {
	s.TB.Helper()
	addPartners(s.TB, s.App)
}

func addPartners(tb testing.TB, program *app.App) {
	tb.Helper()
	ctx := context.Background()
	_, err := program.Identity.CreateFirstAdmin(ctx, identity.NewUser{
		PartnerNumber: AdminNumber, Name: AdminName, PIN: AdminPIN,
	})
	if err != nil {
		tb.Fatal(err)
	}
	_, err = program.Identity.CreateUser(ctx, audit.System, identity.NewUser{
		PartnerNumber: StaffNumber, Name: StaffName, PIN: StaffPIN, Role: identity.Staff,
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// Log is what the server has logged so far.
func (s *Server) Log() string { return s.log.String() }
