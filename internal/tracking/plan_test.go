package tracking_test

import (
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

func TestTheNewestHistoryIsReadFromTheEndOfItsIndex(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			db := dbtest.Crowded(t, engine, dbtest.Past{History: 10_000}, apptest.Noon)
			query, args := tracking.HistoryQuery("here", tracking.HistoryFilter{Limit: 20})
			dbtest.ExpectPlan(t, db, []string{"tracking_history_by_time"}, 20, 0, query, args...)
		})
	}
}
