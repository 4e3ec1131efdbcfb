package identity_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// open puts a program together on the settings, as every command does.
func open(s *apptest.Server, settings config.Config) error {
	program, err := app.New(context.Background(), settings, app.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: s.Clock.Now,
		HashCost: identity.HashCost{MemoryKiB: 64, Passes: 1},
	})
	if err != nil {
		return err
	}
	return program.Close()
}

func TestAProgramWithAnotherSecretKeyStops(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			s := apptest.Start(t, settings)
			s.AddPartners()
			if digest := value[string](s, `SELECT digest FROM key_checks WHERE name = 'SECRET_KEY'`); len(digest) != 64 {
				t.Errorf("the digest is %q", digest)
			}
			other := settings
			other.SecretKey = config.Secret(strings.Repeat("another pepper ", 3))
			err := open(s, other)
			if err == nil || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "SECRET_KEY is not the one") {
				t.Errorf("with another SECRET_KEY: %v", err)
			}
			other = settings
			other.JWTSecretKey = config.Secret(strings.Repeat("another key ", 4))
			for name, settings := range map[string]config.Config{"the same": settings, "another JWT_SECRET_KEY": other} {
				if err := open(s, settings); err != nil {
					t.Errorf("with %s: %v", name, err)
				}
			}
		})
	}
}

func TestADatabaseFromBeforeTakesTheFirstKey(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			s := apptest.Start(t, settings)
			execute(s, `DELETE FROM key_checks`)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					if err := open(s, settings); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n := value[int](s, `SELECT count(*) FROM key_checks`); n != 1 {
				t.Errorf("%d key checks", n)
			}
		})
	}
}

func TestAsLongAsNobodyHasAnAccountTheDatabaseTakesWhicheverKeyComes(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			first := apptest.Start(t, settings)
			settings.SecretKey = config.Secret(strings.Repeat("another pepper ", 3))
			second := apptest.Start(t, settings)

			// The first server still runs. Its account ends the choice, for its key.
			first.AddPartners()
			err := second.App.Identity.CheckPepper(t.Context())
			if err == nil || !strings.HasPrefix(err.Error(), "SECRET_KEY is not the one") {
				t.Errorf("the second server: %v", err)
			}
			if err := first.App.Identity.CheckPepper(t.Context()); err != nil {
				t.Errorf("the first server: %v", err)
			}
			_, err = second.App.Identity.CreateFirstAdmin(t.Context(), identity.NewUser{
				PartnerNumber: "LATE01", Name: "Late", PIN: "4711",
			})
			if err == nil && value[int](second, `SELECT count(*) FROM users WHERE partner_number = 'LATE01'`) > 0 {
				t.Error("a program with another key made an account")
			}
		})
	}
}
