package rtde

import (
	"context"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

const itemColumns = `i.id, i.name, i.brand, i.image_filename, i.icon, i.par_level, i.display_order, i.active,
	i.created_at, i.updated_at`

func itemFields(i *Item) []any {
	return []any{
		&i.ID, &i.Name, &i.Brand, &i.ImageFilename, &i.Icon, &i.ParLevel, &i.DisplayOrder, &i.Active,
		database.ScanInstant(&i.CreatedAt), database.ScanInstant(&i.UpdatedAt),
	}
}

func scanItem(row database.Row) (Item, error) {
	var i Item
	err := row.Scan(itemFields(&i)...)
	return i, err
}

func selectItems(ctx context.Context, h *database.Handle, storeID string, includeInactive bool) ([]Item, error) {
	var c database.Conditions
	c.Add("i.store_id = ?", storeID)
	if !includeInactive {
		c.Add("i.active")
	}
	return database.All(ctx, h, scanItem,
		`SELECT `+itemColumns+` FROM rtde_items i `+c.Where()+` ORDER BY i.display_order, i.id`, c.Args()...)
}

func selectItemForUpdate(ctx context.Context, tx *database.Handle, storeID, id string) (Item, error) {
	return database.One(ctx, tx, scanItem,
		`SELECT `+itemColumns+` FROM rtde_items i WHERE i.store_id = $1 AND i.id = $2 `+tx.Engine().ForUpdate(), storeID, id)
}

// nextDisplayOrder is the place behind the last item. Whoever else adds one
// waits until this transaction is over.
func nextDisplayOrder(ctx context.Context, tx *database.Handle, storeID string) (int, error) {
	if _, err := database.Value[string](ctx, tx,
		`SELECT id FROM stores WHERE id = $1 `+tx.Engine().ForUpdate(), storeID); err != nil {
		return 0, err
	}
	return database.Value[int](ctx, tx,
		`SELECT coalesce(max(display_order), 0) + 1 FROM rtde_items WHERE store_id = $1`, storeID)
}

func insertItem(ctx context.Context, tx *database.Handle, storeID string, i Item) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO rtde_items (store_id, id, name, brand, image_filename, icon, par_level, display_order, active,
		                        created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		storeID, i.ID, i.Name, i.Brand, i.ImageFilename, i.Icon, i.ParLevel, i.DisplayOrder, i.Active,
		database.Instant(i.CreatedAt), database.Instant(i.UpdatedAt))
	return err
}

func updateItem(ctx context.Context, tx *database.Handle, storeID string, i Item) error {
	_, err := tx.Exec(ctx, `
		UPDATE rtde_items SET name = $1, brand = $2, image_filename = $3, icon = $4, par_level = $5, active = $6,
		       updated_at = $7
		WHERE store_id = $8 AND id = $9`,
		i.Name, i.Brand, i.ImageFilename, i.Icon, i.ParLevel, i.Active, database.Instant(i.UpdatedAt), storeID, i.ID)
	return err
}

// deleteUnusedItem deletes an item unless a session counted or pulled it, now
// or ever.
func deleteUnusedItem(ctx context.Context, tx *database.Handle, storeID, id string) (int64, error) {
	return tx.Exec(ctx, `
		DELETE FROM rtde_items
		WHERE store_id = $1 AND id = $2 AND NOT was_used AND NOT EXISTS (
			SELECT 1 FROM rtde_session_counts c WHERE c.store_id = rtde_items.store_id AND c.item_id = rtde_items.id)`,
		storeID, id)
}

// updatePlaces moves any number of items in one statement.
func updatePlaces(
	ctx context.Context, tx *database.Handle, storeID string, places []Place, at time.Time,
) (int64, error) {
	var c database.Conditions
	var cases, ids strings.Builder
	stamp, store := c.Param(database.Instant(at)), c.Param(storeID)
	for n, place := range places {
		id := c.Param(place.ItemID)
		cases.WriteString(" WHEN " + id + " THEN CAST(" + c.Param(place.DisplayOrder) + " AS integer)")
		if n > 0 {
			ids.WriteString(", ")
		}
		ids.WriteString(id)
	}
	return tx.Exec(ctx, `
		UPDATE rtde_items SET updated_at = `+stamp+`, display_order = CASE id`+cases.String()+` END
		WHERE store_id = `+store+` AND id IN (`+ids.String()+`)`, c.Args()...)
}

func scanLine(row database.Row) (Line, error) {
	var l Line
	err := row.Scan(append(itemFields(&l.Item), &l.Counted, &l.IsPulled)...)
	return l, err
}

// selectLines lists all active items with what a session says about them.
func selectLines(ctx context.Context, h *database.Handle, storeID, sessionID string) ([]Line, error) {
	return database.All(ctx, h, scanLine, `
		SELECT `+itemColumns+`, c.counted_quantity, coalesce(c.is_pulled, false)
		FROM rtde_items i
		LEFT JOIN rtde_session_counts c ON c.store_id = i.store_id AND c.session_id = $1 AND c.item_id = i.id
		WHERE i.store_id = $2 AND i.active
		ORDER BY i.display_order, i.id`, sessionID, storeID)
}

// selectCountedLines lists the items that a session says something about.
func selectCountedLines(ctx context.Context, h *database.Handle, storeID, sessionID string) ([]Line, error) {
	return database.All(ctx, h, scanLine, `
		SELECT `+itemColumns+`, c.counted_quantity, c.is_pulled
		FROM rtde_session_counts c
		JOIN rtde_items i ON i.store_id = c.store_id AND i.id = c.item_id
		WHERE c.store_id = $1 AND c.session_id = $2
		ORDER BY i.display_order, i.id`, storeID, sessionID)
}

func upsertCounts(
	ctx context.Context, tx *database.Handle, storeID, sessionID string, counts []Count, at time.Time,
) error {
	rows := make([][]any, len(counts))
	for n, count := range counts {
		rows[n] = []any{storeID, sessionID, count.ItemID, count.Quantity, database.Instant(at)}
	}
	return database.UpsertRows(ctx, tx, `
		INSERT INTO rtde_session_counts (store_id, session_id, item_id, counted_quantity, updated_at)`, rows, `
		ON CONFLICT (store_id, session_id, item_id)
		DO UPDATE SET counted_quantity = excluded.counted_quantity, updated_at = excluded.updated_at`)
}

func upsertPull(ctx context.Context, tx *database.Handle, storeID, sessionID, itemID string, at time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO rtde_session_counts (store_id, session_id, item_id, is_pulled, updated_at)
		VALUES ($1, $2, $3, true, $4)
		ON CONFLICT (store_id, session_id, item_id)
		DO UPDATE SET is_pulled = true, updated_at = excluded.updated_at`,
		storeID, sessionID, itemID, database.Instant(at))
	return err
}

func clearPull(
	ctx context.Context, tx *database.Handle, storeID, sessionID, itemID string, at time.Time,
) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE rtde_session_counts SET is_pulled = false, updated_at = $1
		WHERE store_id = $2 AND session_id = $3 AND item_id = $4`,
		database.Instant(at), storeID, sessionID, itemID)
}
