package tracking

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/activity"
)

// What the feed calls the actions. A restored item is in the inventory again,
// which is all that a client needs to know who has two types to choose from.
var activities = map[Action]struct{ kind, title string }{
	Added:    {"inventory_add", "Added to Inventory"},
	Removed:  {"inventory_remove", "Removed from Inventory"},
	Restored: {"inventory_add", "Restored to Inventory"},
}

// Recent is what the feed over all tools shows of the record.
func (s *Service) Recent(ctx context.Context, storeID string, limit int) ([]activity.Entry, error) {
	entries, err := selectHistory(ctx, s.db.Read(), storeID, HistoryFilter{Limit: limit})
	if err != nil {
		return nil, err
	}
	recent := make([]activity.Entry, len(entries))
	for i, e := range entries {
		recent[i] = activity.Entry{
			ID: e.ID, Type: activities[e.Action].kind, Title: activities[e.Action].title,
			Description: e.ItemName + " (" + e.ItemCode + ")", UserName: e.UserName,
			Timestamp: e.Timestamp, Tool: "inventory",
		}
	}
	return recent, nil
}
