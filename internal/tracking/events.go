package tracking

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
)

var eventTypes = map[Action]events.Type{
	Added: events.ItemAdded, Removed: events.ItemRemoved, Restored: events.ItemRestored,
}

// itemsChanged is what clients are told; of a large delivery only the beginning,
// since they have to load the list anyway.
type itemsChanged struct {
	Items    []itemChanged `json:"items"`
	Count    int           `json:"count"`
	UserName string        `json:"user_name"`
}

type itemChanged struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Code string `json:"code"`
}

const maxItemsTold = 50

// record puts what was done with items on record, and tells clients of it.
func record(
	ctx context.Context, tx *database.Handle, who actor.Actor, action Action, items []Item, at, received time.Time,
) error {
	if err := insertHistory(ctx, tx, who.Store.ID, action, items, who.UserID, at, received); err != nil {
		return err
	}
	told := itemsChanged{Items: []itemChanged{}, Count: len(items), UserName: who.Name}
	for _, i := range items[:min(len(items), maxItemsTold)] {
		told.Items = append(told.Items, itemChanged{i.ID, i.Name, i.Code})
	}
	return events.Publish(ctx, tx, who.Store.ID, eventTypes[action], told, received)
}
