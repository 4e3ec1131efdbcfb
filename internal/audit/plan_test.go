package audit_test

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestTheNewestEntriesAreReadFromTheEndOfTheirIndex(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			db := dbtest.Crowded(t, engine, dbtest.Past{Audit: 10_000}, at)
			for _, since := range []time.Duration{time.Minute, 30 * 24 * time.Hour} {
				dbtest.ExpectPlan(t, db, []string{"audit_log_by_time"}, 30, 0,
					audit.EntriesQuery, "here", database.Instant(at.Add(-since)), 30)
			}
		})
	}
}
