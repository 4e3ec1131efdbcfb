package app_test

import (
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

func TestASettingThatTheStoreDoesNotGoByIsToldOf(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			s := apptest.New(t, engine)
			warn := func(flags map[string]string) int {
				settings, err := config.Load(config.Input{Flags: flags})
				if err != nil {
					t.Fatal(err)
				}
				before := strings.Count(s.Log(), `"level":"WARN"`)
				if err := s.App.WarnOfUnusedSettings(t.Context(), settings); err != nil {
					t.Fatal(err)
				}
				return strings.Count(s.Log(), `"level":"WARN"`) - before
			}
			for zone, want := range map[string]int{"": 0, "America/Los_Angeles": 0, "UTC": 1} {
				if n := warn(map[string]string{"STORE_TIMEZONE": zone, "BUSINESS_DAY_START": "04:00"}); n != want {
					t.Errorf("%q: %d warnings, want %d", zone, n, want)
				}
			}
			if n := warn(map[string]string{"MORNING_COUNT_CUTOFF": "14:00"}); n != 1 {
				t.Errorf("%d warnings of another cutoff", n)
			}
			if !strings.Contains(s.Log(), `"setting":"STORE_TIMEZONE","given":"UTC","store":"America/Los_Angeles"`) {
				t.Error(s.Log())
			}
		})
	}
}

func TestAStoreThatNobodyHasAnAccountInGoesByTheSettingsThatAreGiven(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			url := dbtest.URL(t, engine)
			start := func(flags map[string]string) *apptest.Server {
				t.Helper()
				flags["DATABASE_URL"], flags["SECRET_KEY"] = url, strings.Repeat("pepper ", 8)
				flags["JWT_SECRET_KEY"], flags["DATA_DIR"] = strings.Repeat("signing ", 8), t.TempDir()
				settings, err := config.Load(config.Input{Flags: flags})
				if err != nil {
					t.Fatal(err)
				}
				return apptest.Start(t, settings)
			}
			zone := func(s *apptest.Server) string {
				t.Helper()
				store, err := stores.First(t.Context(), s.App.DB.Read())
				if err != nil {
					t.Fatal(err)
				}
				return store.Timezone + " " + store.BusinessDayStart
			}
			for _, step := range []struct {
				flags map[string]string
				want  string
			}{
				{map[string]string{"STORE_TIMEZONE": "UTC"}, "UTC 04:00"},
				{map[string]string{"STORE_TIMEZONE": "Europe/Paris", "BUSINESS_DAY_START": "03:00"}, "Europe/Paris 03:00"},
				{map[string]string{}, "Europe/Paris 03:00"}, // a command without the server's settings
			} {
				if got := zone(start(step.flags)); got != step.want {
					t.Errorf("with %v: %s, want %s", step.flags, got, step.want)
				}
			}
			s := start(map[string]string{})
			s.AddPartners()
			if got := zone(start(map[string]string{"STORE_TIMEZONE": "UTC"})); got != "Europe/Paris 03:00" {
				t.Errorf("with accounts: %s", got)
			}
		})
	}
}
