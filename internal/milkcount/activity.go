package milkcount

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/activity"
)

// savedStep is a step of a session that somebody saved.
type savedStep struct {
	sessionID string
	step      string
	date      Date
	userName  string
	at        time.Time
}

var activityTitles = map[string]string{
	"milk_count_foh":       "Milk FOH Count Saved",
	"milk_count_boh":       "Milk BOH Count Saved",
	"milk_count_morning":   "Milk Morning Count Saved",
	"milk_count_completed": "Milk Count Completed",
}

// Recent is what the feed over all tools shows of sessions.
func (s *Service) Recent(ctx context.Context, storeID string, limit int) ([]activity.Entry, error) {
	steps, err := selectSavedSteps(ctx, s.db.Read(), storeID, limit)
	if err != nil {
		return nil, err
	}
	recent := make([]activity.Entry, len(steps))
	for i, step := range steps {
		date, err := time.Parse(time.DateOnly, string(step.date))
		if err != nil {
			return nil, err
		}
		recent[i] = activity.Entry{
			ID: step.id(), Type: step.step, Title: activityTitles[step.step],
			Description: "Session for " + date.Format("Jan 02"), UserName: step.userName,
			Timestamp: step.at, Tool: "milk-count",
		}
	}
	return recent, nil
}

// id is the same each time; a step has no row of its own, and two ids put
// together are longer than an id may be.
func (s savedStep) id() string {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(s.sessionID+"/"+s.step)).String()
}
