package client_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// serve starts a server with an admin in it. It is for examples, which have no
// test to fail: what goes wrong here is a panic.
func serve() (url string, stop func()) {
	folder, err := os.MkdirTemp("", "sirenbase-example-")
	check(err)
	settings, err := config.Load(config.Input{Flags: map[string]string{
		"DATABASE_URL": "sqlite:" + filepath.Join(folder, "sirenbase.db"), "DATA_DIR": folder,
		"SECRET_KEY": strings.Repeat("pepper ", 6), "JWT_SECRET_KEY": strings.Repeat("signing ", 6),
	}})
	check(err)
	program, err := app.New(context.Background(), settings, app.Options{
		Version: "example", Log: slog.New(slog.DiscardHandler), Clock: clock.System,
		HashCost: identity.HashCost{MemoryKiB: 64, Passes: 1},
	})
	check(err)
	_, err = program.Identity.CreateFirstAdmin(context.Background(), identity.NewUser{
		PartnerNumber: "ADMIN001", Name: "Avery Stone", PIN: "1234",
	})
	check(err)
	server := httptest.NewServer(program.API)
	return server.URL, func() {
		server.Close()
		check(program.Close())
		check(os.RemoveAll(folder))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
