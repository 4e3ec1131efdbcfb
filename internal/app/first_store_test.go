package app_test

import (
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
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
