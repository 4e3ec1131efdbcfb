package rtde_test

import (
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/rtde"
)

func TestTheNewestCompletedSessionsAreReadFromTheEndOfTheirIndex(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			db := dbtest.Crowded(t, engine, dbtest.Past{Restocks: 10_000}, apptest.Noon)
			dbtest.ExpectPlan(t, db, []string{"rtde_sessions_completed"}, 20, 0, rtde.CompletedQuery, "here", 20, 0)
		})
	}
}
