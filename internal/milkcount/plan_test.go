package milkcount_test

import (
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// Only what the four indexes yield, 20 of each, is put in order.
func TestTheNewestSavedStepsAreReadFromTheEndsOfTheirIndexes(t *testing.T) {
	indexes := []string{
		"milk_sessions_by_night_foh", "milk_sessions_by_night_boh", "milk_sessions_by_morning", "milk_sessions_by_completion",
	}
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			db := dbtest.Crowded(t, engine, dbtest.Past{MilkCounts: 10_000}, apptest.Noon)
			dbtest.ExpectPlan(t, db, indexes, 4*20, 1, milkcount.SavedStepsQuery, "here", 20)
		})
	}
}
