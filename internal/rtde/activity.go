package rtde

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/activity"
)

// Recent is what the feed over all tools shows of completed sessions.
func (s *Service) Recent(ctx context.Context, storeID string, limit int) ([]activity.Entry, error) {
	sessions, err := selectCompleted(ctx, s.db.Read(), storeID, limit, 0)
	if err != nil {
		return nil, err
	}
	recent := make([]activity.Entry, len(sessions))
	for i, session := range sessions {
		recent[i] = activity.Entry{
			ID: session.ID, Type: "rtde_completed", Title: "RTD&E Restocking Completed",
			Description: "Display restocking completed", UserName: session.UserName,
			Timestamp: *session.CompletedAt, Tool: "rtde",
		}
	}
	return recent, nil
}
