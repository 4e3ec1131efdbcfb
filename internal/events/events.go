// Package events tells clients of what happens in their store while they look on.
//
// An event is a row, written in the transaction of the change that it tells of,
// with the next number of its store. Whoever takes a number holds the store's
// counter until the transaction ends; so events become visible in the order of
// their numbers, and a client that has seen one has seen all before it. From
// there a hub on each node hands them to the streams that are open.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Type says what an event tells of.
type Type string

// The events that there are.
const (
	ItemAdded     Type = "item.added"
	ItemRemoved   Type = "item.removed"
	ItemRestored  Type = "item.restored"
	MilkSession   Type = "milk.session"
	RTDECompleted Type = "rtde.completed"
	RTDEItems     Type = "rtde.items"
	ParUpdated    Type = "par.updated"
	UserUpdated   Type = "user.updated"
	StoreUpdated  Type = "store.updated"
)

// Event is one of them.
type Event struct {
	Revision int64
	Type     Type
	Payload  string // JSON
}

// channel is where nodes tell each other of events.
const channel = "sirenbase_events"

// Publish writes an event of a store. It should come last in its transaction,
// which holds up every other that has one for the same store.
func Publish(ctx context.Context, tx *database.Handle, storeID string, kind Type, payload any, at time.Time) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("payload of %s: %w", kind, err)
	}
	revision, err := nextRevision(ctx, tx, storeID)
	if err != nil {
		return err
	}
	if err := insertEvent(ctx, tx, storeID, Event{revision, kind, string(raw)}, at); err != nil {
		return err
	}
	return tx.Notify(ctx, channel, storeID)
}

// HoldAll makes every other publisher wait. Who publishes in several stores holds
// them first: two that took them in different orders would wait for each other.
func HoldAll(ctx context.Context, tx *database.Handle) error { return lockRevisions(ctx, tx) }

// PublishElsewhere writes an event of every store but one. Nobody is told: hubs
// find it when they poll.
func PublishElsewhere(ctx context.Context, tx *database.Handle, storeID string, kind Type, payload any, at time.Time) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("payload of %s: %w", kind, err)
	}
	return insertElsewhere(ctx, tx, storeID, kind, string(raw), at)
}
