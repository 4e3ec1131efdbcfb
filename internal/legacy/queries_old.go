package legacy

import (
	"context"
	"fmt"
	"slices"

	"github.com/sirenbase/sirenbase/internal/database"
)

// What is read of the old tables.
var (
	usersTable = sourceTable{name: "users", columns: slices.Concat(
		text("id", "partner_number", "name", "pin_hash", "role"), plain("created_at", "updated_at"),
		added("false", "is_deleted"), added("NULL", "deleted_at", "deleted_by"),
	)}
	itemsTable = sourceTable{name: "tracking_items", columns: slices.Concat(
		text("id", "name", "category", "code", "added_by"), plain("added_at", "is_removed", "removed_at", "removed_by"),
	)}
	historyTable = sourceTable{name: "tracking_history", columns: slices.Concat(
		text("id", "action", "item_name", "item_code", "user_id"), plain("timestamp", "notes"),
	)}
	suggestionsTable = sourceTable{name: "item_name_suggestions", optional: true, columns: slices.Concat(
		text("id", "name", "category"), plain("created_at", "updated_at"),
	)}
	milkTypesTable = sourceTable{name: "milk_types", milk: true, columns: slices.Concat(
		text("id", "name", "category"), plain("display_order", "active", "created_at", "updated_at"),
	)}
	parsTable = sourceTable{name: "par_levels", milk: true, columns: slices.Concat(
		text("id", "milk_type_id"), plain("par_value", "updated_at"), added("NULL", "updated_by"),
	)}
	milkSessionsTable = sourceTable{name: "sessions", milk: true, columns: slices.Concat(
		text("id", "status", "night_count_user_id", "morning_count_user_id"),
		plain("session_date", "night_foh_saved_at", "night_boh_saved_at", "morning_saved_at"), added("NULL", "on_order_saved_at"),
		plain("completed_at", "created_at"),
	)}
	milkEntriesTable = sourceTable{name: "entries", milk: true, columns: slices.Concat(
		text("id", "session_id", "milk_type_id"), plain("foh_count", "boh_count"), text("morning_method"),
		plain("current_boh", "delivered"), added("NULL", "on_order"), plain("updated_at"),
	)}
	displayItemsTable = sourceTable{name: "rtde_items", columns: slices.Concat(
		text("id", "name"), added("NULL", "brand", "image_filename", "icon"),
		plain("par_level", "display_order", "active", "created_at", "updated_at"),
	)}
	displaySessionsTable = sourceTable{name: "rtde_count_sessions", columns: slices.Concat(
		text("id", "user_id", "status"), plain("started_at", "completed_at", "expires_at"),
	)}
	displayCountsTable = sourceTable{name: "rtde_session_counts", columns: slices.Concat(
		text("session_id", "item_id"), plain("counted_quantity", "is_pulled", "updated_at"),
	)}
)

var sourceTables = []sourceTable{
	usersTable, itemsTable, historyTable, suggestionsTable, milkTypesTable, parsTable, milkSessionsTable,
	milkEntriesTable, displayItemsTable, displaySessionsTable, displayCountsTable,
}

// readTables reads them all.
func (o *Old) readTables(ctx context.Context, tx *database.Handle, l layout) error {
	for _, read := range []func() error{
		func() error { return readInto(ctx, tx, l, usersTable, &o.users, scanUser) },
		func() error { return readInto(ctx, tx, l, itemsTable, &o.items, scanItem) },
		func() error { return readInto(ctx, tx, l, historyTable, &o.history, scanHistory) },
		func() error { return readInto(ctx, tx, l, suggestionsTable, &o.suggestions, scanSuggestion) },
		func() error { return readInto(ctx, tx, l, milkTypesTable, &o.milkTypes, scanMilkType) },
		func() error { return readInto(ctx, tx, l, parsTable, &o.pars, scanPar) },
		func() error { return readInto(ctx, tx, l, milkSessionsTable, &o.milkSessions, scanMilkSession) },
		func() error { return readInto(ctx, tx, l, milkEntriesTable, &o.milkEntries, scanMilkEntry) },
		func() error { return readInto(ctx, tx, l, displayItemsTable, &o.displayItems, scanDisplayItem) },
		func() error {
			return readInto(ctx, tx, l, displaySessionsTable, &o.displaySessions, scanDisplaySession)
		},
		func() error { return readInto(ctx, tx, l, displayCountsTable, &o.displayCounts, scanDisplayCount) },
	} {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

func readInto[T any](
	ctx context.Context, tx *database.Handle, l layout, t sourceTable, into *[]T, scan func(database.Row) (T, error),
) (err error) {
	if *into, err = selectTable(ctx, tx, l, t, scan); err != nil {
		return fmt.Errorf("read the old table %s: %w", t.in(l.milkPrefix()), err)
	}
	return nil
}

func scanUser(row database.Row) (u oldUser, err error) {
	err = row.Scan(&u.id, &u.partnerNumber, &u.name, &u.pinHash, &u.role,
		scanOldInstant(&u.createdAt), scanOldInstant(&u.updatedAt), &u.isDeleted,
		scanOldNullInstant(&u.deletedAt), &u.deletedBy)
	return u, err
}

func scanItem(row database.Row) (i oldItem, err error) {
	err = row.Scan(&i.id, &i.name, &i.category, &i.code, &i.addedBy, scanOldInstant(&i.addedAt),
		&i.isRemoved, scanOldNullInstant(&i.removedAt), &i.removedBy)
	return i, err
}

func scanHistory(row database.Row) (e oldHistory, err error) {
	err = row.Scan(&e.id, &e.action, &e.itemName, &e.itemCode, &e.userID, scanOldInstant(&e.at), &e.notes)
	return e, err
}

func scanSuggestion(row database.Row) (s oldSuggestion, err error) {
	err = row.Scan(&s.id, &s.name, &s.category, scanOldInstant(&s.createdAt), scanOldInstant(&s.updatedAt))
	return s, err
}

func scanMilkType(row database.Row) (m oldMilkType, err error) {
	err = row.Scan(&m.id, &m.name, &m.category, &m.displayOrder, &m.active,
		scanOldInstant(&m.createdAt), scanOldInstant(&m.updatedAt))
	return m, err
}

func scanPar(row database.Row) (p oldPar, err error) {
	err = row.Scan(&p.id, &p.milkTypeID, &p.value, scanOldInstant(&p.updatedAt), &p.updatedBy)
	return p, err
}

func scanMilkSession(row database.Row) (s oldMilkSession, err error) {
	err = row.Scan(&s.id, &s.status, &s.nightUser, &s.morningUser, database.ScanDate(&s.date),
		scanOldNullInstant(&s.fohSavedAt), scanOldNullInstant(&s.bohSavedAt),
		scanOldNullInstant(&s.morningSavedAt), scanOldNullInstant(&s.onOrderSavedAt),
		scanOldNullInstant(&s.completedAt), scanOldInstant(&s.createdAt))
	return s, err
}

func scanMilkEntry(row database.Row) (e oldMilkEntry, err error) {
	err = row.Scan(&e.id, &e.sessionID, &e.milkTypeID, &e.foh, &e.boh, &e.method, &e.currentBOH, &e.delivered,
		&e.onOrder, scanOldInstant(&e.updatedAt))
	return e, err
}

func scanDisplayItem(row database.Row) (i oldDisplayItem, err error) {
	err = row.Scan(&i.id, &i.name, &i.brand, &i.imageFilename, &i.icon, &i.parLevel, &i.displayOrder, &i.active,
		scanOldInstant(&i.createdAt), scanOldInstant(&i.updatedAt))
	return i, err
}

func scanDisplaySession(row database.Row) (s oldDisplaySession, err error) {
	err = row.Scan(&s.id, &s.userID, &s.status, scanOldInstant(&s.startedAt),
		scanOldNullInstant(&s.completedAt), scanOldInstant(&s.expiresAt))
	return s, err
}

func scanDisplayCount(row database.Row) (c oldDisplayCount, err error) {
	err = row.Scan(&c.sessionID, &c.itemID, &c.quantity, &c.isPulled, scanOldInstant(&c.updatedAt))
	return c, err
}
