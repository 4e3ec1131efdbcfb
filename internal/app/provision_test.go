package app_test

import (
	"net/http"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// A step down takes a tool's first-run data with it, and an upgrade brings
// tools that the store has never seen: either way the store must have what it
// needs after the next start.
func TestAStoreWorksAgainAfterMigrationsWentDownAndUp(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			url := dbtest.URL(t, engine)
			apptest.Start(t, apptest.Settings(t, url)).AddPartners()
			db := dbtest.Connect(t, url)
			steps, err := db.Migrations(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			const kept = 3 // stores, identity, audit
			if _, err := db.MigrateDown(t.Context(), len(steps)-kept); err != nil {
				t.Fatal(err)
			}
			partner := apptest.Start(t, apptest.Settings(t, url)).Staff()
			partner.Post("/api/tracking/items", `{"name": "Oat Cups", "category": "cups"}`).ExpectStatus(http.StatusCreated)
			milks := partner.Get("/api/milk-count/milk-types").ExpectStatus(http.StatusOK).Value("milk_types").([]any)
			if len(milks) != 9 {
				t.Errorf("%d milks, want 9", len(milks))
			}
		})
	}
}
