// Package audit keeps the append-only record of what admins changed. An entry
// is written in the transaction of the change it tells of: there is never one
// without the other.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
)

// Type says what kind of change an entry tells of.
type Type string

// The changes that are recorded.
const (
	UserCreated  Type = "user_created"
	UserDeleted  Type = "user_deleted"
	UserUpdated  Type = "user_updated"
	UserApproved Type = "user_approved"
	PINReset     Type = "pin_reset"

	RefreshTokenReused Type = "refresh_token_reused"

	StoreCreated Type = "store_created"
	StoreUpdated Type = "store_updated"

	MilkParUpdated       Type = "milk_par_updated"
	MilkTypeUpdated      Type = "milk_type_updated"
	MilkSessionReopened  Type = "milk_session_reopened"
	MilkSessionCorrected Type = "milk_session_corrected"

	RTDEItemCreated    Type = "rtde_item_created"
	RTDEItemUpdated    Type = "rtde_item_updated"
	RTDEItemDeleted    Type = "rtde_item_deleted"
	RTDEItemsReordered Type = "rtde_items_reordered"
)

var titles = map[Type]string{
	UserCreated:  "User Created",
	UserDeleted:  "User Deleted",
	UserUpdated:  "User Updated",
	UserApproved: "User Approved",
	PINReset:     "PIN Reset",

	RefreshTokenReused: "Refresh Token Reused",

	StoreCreated: "Store Created",
	StoreUpdated: "Store Updated",

	MilkParUpdated:       "Milk Par Updated",
	MilkTypeUpdated:      "Milk Type Updated",
	MilkSessionReopened:  "Milk Session Reopened",
	MilkSessionCorrected: "Milk Session Corrected",

	RTDEItemCreated:    "RTD&E Item Created",
	RTDEItemUpdated:    "RTD&E Item Updated",
	RTDEItemDeleted:    "RTD&E Item Deleted",
	RTDEItemsReordered: "RTD&E Items Reordered",
}

// The actors that are no partner.
var (
	System     = actor.Actor{Name: "System"}
	SelfSignUp = actor.Actor{Name: "Self sign-up"}
)

// Record writes an entry about a change in a store, of which the server hears at
// at; the entry has the time at which it was done.
func Record(ctx context.Context, tx *database.Handle, who actor.Actor, storeID string,
	kind Type, description string, at time.Time,
) error {
	return RecordDetails(ctx, tx, who, storeID, kind, description, nil, at)
}

// RecordDetails is Record with the old and the new values, whatever they are;
// they are kept as JSON.
func RecordDetails(ctx context.Context, tx *database.Handle, who actor.Actor, storeID string,
	kind Type, description string, details any, at time.Time,
) error {
	var actorID, detailsJSON *string
	if who.UserID != "" {
		actorID = &who.UserID
	}
	if details != nil {
		raw, err := json.Marshal(details)
		if err != nil {
			return fmt.Errorf("details of %s: %w", kind, err)
		}
		text := string(raw)
		detailsJSON = &text
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO audit_log (store_id, id, type, title, description, details, actor_id, actor_name, timestamp)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		storeID, uuid.Must(uuid.NewV7()).String(), string(kind), titles[kind], description, detailsJSON,
		actorID, who.Name, database.Instant(clock.Recorded(ctx, at)))
	if err != nil || told[kind] == "" {
		return err
	}
	return events.Publish(ctx, tx, storeID, told[kind], map[string]Type{"change": kind}, at)
}

// told are the events that tell the store's clients of a change, so that they
// load anew what it concerns. Those of a milk session come from its tool.
var told = map[Type]events.Type{
	UserCreated: events.UserUpdated, UserDeleted: events.UserUpdated, UserUpdated: events.UserUpdated,
	UserApproved: events.UserUpdated, PINReset: events.UserUpdated,
	StoreCreated: events.StoreUpdated, StoreUpdated: events.StoreUpdated,
	MilkParUpdated: events.ParUpdated, MilkTypeUpdated: events.ParUpdated,
	RTDEItemCreated: events.RTDEItems, RTDEItemUpdated: events.RTDEItems, RTDEItemDeleted: events.RTDEItems,
	RTDEItemsReordered: events.RTDEItems,
}
