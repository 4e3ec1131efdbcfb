package tracking

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/database"
)

const selectItem = `
	SELECT i.id, i.name, i.category, i.code, i.added_by, a.name, i.added_at,
	       i.is_removed, i.removed_at, i.removed_by, r.name
	FROM tracking_items i
	JOIN users a ON a.id = i.added_by
	LEFT JOIN users r ON r.id = i.removed_by `

func scanItem(row database.Row) (Item, error) {
	var i Item
	err := row.Scan(&i.ID, &i.Name, &i.Category, &i.Code, &i.AddedBy, &i.AddedByName,
		database.ScanInstant(&i.AddedAt), &i.IsRemoved, database.ScanNullInstant(&i.RemovedAt),
		&i.RemovedBy, &i.RemovedByName)
	return i, err
}

// selectItems lists items newest first; limit 0 means all of them.
func selectItems(ctx context.Context, h *database.Handle, storeID string, filter ItemFilter) ([]Item, error) {
	var c database.Conditions
	c.Add("i.store_id = ?", storeID)
	if !filter.IncludeRemoved {
		c.Add("i.is_removed = false") // as a comparison: see the index tracking_items_active
	}
	if filter.Category != "" {
		c.Add("i.category = ?", filter.Category)
	}
	if filter.Query != "" {
		addTextCondition(&c, filter.Query)
	}
	if filter.After != nil {
		c.Add("(i.added_at, i.id) < (?, ?)", database.Instant(filter.After.Time), filter.After.ID)
	}
	query := selectItem + c.Where() + ` ORDER BY i.added_at DESC, i.id DESC`
	if filter.Limit > 0 {
		query += ` LIMIT ` + c.Param(filter.Limit)
	}
	return database.All(ctx, h, scanItem, query, c.Args()...)
}

func addTextCondition(c *database.Conditions, text string) {
	condition := `(i.name_key LIKE ? ESCAPE '\' OR i.code LIKE ? ESCAPE '\'`
	args := []any{database.Contains(NameKey(text)), database.Contains(text)}
	for _, category := range categoriesLabelled(text) {
		condition += ` OR i.category = ?`
		args = append(args, category)
	}
	c.Add(condition+`)`, args...)
}

// selectByIDs is for items that this transaction has just written.
func selectByIDs(ctx context.Context, h *database.Handle, storeID string, ids []string) ([]Item, error) {
	list, args := database.In(2, ids)
	return database.All(ctx, h, scanItem,
		selectItem+`WHERE i.store_id = $1 AND i.id IN `+list+` ORDER BY i.code`,
		append([]any{storeID}, args...)...)
}

func selectActive(ctx context.Context, h *database.Handle, storeID, code string) (Item, error) {
	return database.One(ctx, h, scanItem,
		selectItem+`WHERE i.store_id = $1 AND i.code = $2 AND NOT i.is_removed`, storeID, code)
}

const lastRemoved = `WHERE i.store_id = $1 AND i.code = $2 AND i.is_removed
	ORDER BY i.removed_at DESC, i.id DESC LIMIT 1`

func selectLastRemoved(ctx context.Context, h *database.Handle, storeID, code string) (Item, error) {
	return database.One(ctx, h, scanItem, selectItem+lastRemoved, storeID, code)
}

// selectRemovedCodes says which of the codes an item had that is removed now.
func selectRemovedCodes(ctx context.Context, h *database.Handle, storeID string, codes []string) ([]string, error) {
	list, args := database.In(2, codes)
	return database.Values[string](ctx, h,
		`SELECT DISTINCT code FROM tracking_items WHERE store_id = $1 AND is_removed AND code IN `+list+` ORDER BY code`,
		append([]any{storeID}, args...)...)
}

func insertItems(ctx context.Context, tx *database.Handle, storeID string, items []Item) error {
	rows := make([][]any, len(items))
	for n, i := range items {
		rows[n] = []any{
			storeID, i.ID, i.Name, NameKey(i.Name), i.Category, i.Code, i.AddedBy, database.Instant(i.AddedAt),
		}
	}
	return database.InsertRows(ctx, tx,
		`INSERT INTO tracking_items (store_id, id, name, name_key, category, code, added_by, added_at)`, rows)
}

// markRemoved removes the active items with these codes and returns their ids.
func markRemoved(
	ctx context.Context, tx *database.Handle, storeID string, codes []string, by string, at, addedUntil time.Time,
) ([]string, error) {
	list, args := database.In(5, codes)
	return database.Values[string](ctx, tx, `
		UPDATE tracking_items SET is_removed = true, removed_at = $1, removed_by = $2
		WHERE store_id = $3 AND NOT is_removed AND added_at <= $4 AND code IN `+list+`
		RETURNING id`, append([]any{database.Instant(at), by, storeID, database.Instant(addedUntil)}, args...)...)
}

func markRestored(ctx context.Context, tx *database.Handle, storeID, id string) error {
	_, err := tx.Exec(ctx, `
		UPDATE tracking_items SET is_removed = false, removed_at = NULL, removed_by = NULL
		WHERE store_id = $1 AND id = $2`, storeID, id)
	return err
}

func insertHistory(
	ctx context.Context, tx *database.Handle, storeID string, action Action, items []Item, by string, at, received time.Time,
) error {
	rows := make([][]any, len(items))
	for n, i := range items {
		rows[n] = []any{
			storeID, uuid.Must(uuid.NewV7()).String(), string(action), i.Name, i.Code, by,
			database.Instant(at), action.note(i), database.Instant(received),
		}
	}
	return database.InsertRows(ctx, tx,
		`INSERT INTO tracking_history (store_id, id, action, item_name, item_code, user_id, timestamp, notes,
		                               received_at)`, rows)
}

func selectHistory(
	ctx context.Context, h *database.Handle, storeID string, filter HistoryFilter,
) ([]HistoryEntry, error) {
	query, args := historyQuery(storeID, filter)
	return database.All(ctx, h, func(row database.Row) (HistoryEntry, error) {
		var e HistoryEntry
		err := row.Scan(&e.ID, &e.Action, &e.ItemName, &e.ItemCode, &e.UserID, &e.UserName,
			database.ScanInstant(&e.Timestamp), &e.Notes, database.ScanInstant(&e.ReceivedAt))
		return e, err
	}, query, args...)
}

func historyQuery(storeID string, filter HistoryFilter) (query string, args []any) {
	var c database.Conditions
	c.Add("t.store_id = ?", storeID)
	if filter.UserID != "" {
		c.Add("t.user_id = ?", filter.UserID)
	}
	if filter.Action != "" {
		c.Add("t.action = ?", string(filter.Action))
	}
	if filter.Code != "" {
		c.Add("t.item_code = ?", filter.Code)
	}
	if filter.From != nil {
		c.Add("t.timestamp >= ?", database.Instant(*filter.From))
	}
	if filter.Before != nil {
		c.Add("t.timestamp < ?", database.Instant(*filter.Before))
	}
	if filter.After != nil {
		c.Add("(t.timestamp, t.id) < (?, ?)", database.Instant(filter.After.Time), filter.After.ID)
	}
	query = `
		SELECT t.id, t.action, t.item_name, t.item_code, t.user_id, u.name, t.timestamp, t.notes,
		       coalesce(t.received_at, t.timestamp)
		FROM tracking_history t
		JOIN users u ON u.id = t.user_id
		` + c.Where() + `
		ORDER BY t.timestamp DESC, t.id DESC LIMIT ` + c.Param(filter.Limit)
	return query, c.Args()
}

// selectNames finds the names of active items in a category that contain a
// text, each with one of its codes. Of a name in several spellings it is the
// one that goes with that code.
func selectNames(
	ctx context.Context, h *database.Handle, storeID, category, text string, limit int,
) ([]Suggestion, error) {
	return database.All(ctx, h, scanSuggestion, `
		SELECT name, code FROM (
			SELECT name, code, name_key, row_number() OVER (PARTITION BY name_key ORDER BY code) AS place
			FROM tracking_items
			WHERE store_id = $1 AND category = $2 AND name_key LIKE $3 ESCAPE '\' AND NOT is_removed
		) AS found
		WHERE place = 1 ORDER BY name_key LIMIT $4`,
		storeID, category, database.Contains(NameKey(text)), limit)
}

func selectTemplates(
	ctx context.Context, h *database.Handle, storeID, category, text string, limit int,
) ([]Suggestion, error) {
	return database.All(ctx, h, scanSuggestion, `
		SELECT min(name), NULL FROM tracking_name_templates
		WHERE store_id = $1 AND category = $2 AND name_key LIKE $3 ESCAPE '\'
		GROUP BY name_key ORDER BY name_key LIMIT $4`,
		storeID, category, database.Contains(NameKey(text)), limit)
}

func scanSuggestion(row database.Row) (Suggestion, error) {
	var s Suggestion
	err := row.Scan(&s.Name, &s.Code)
	return s, err
}

func insertTemplates(ctx context.Context, tx *database.Handle, storeID string, at time.Time) error {
	var rows [][]any
	for _, category := range Categories {
		for _, name := range nameTemplates[category] {
			rows = append(rows, []any{
				storeID, uuid.Must(uuid.NewV7()).String(), name, NameKey(name), category,
				database.Instant(at), database.Instant(at),
			})
		}
	}
	return database.InsertRows(ctx, tx, `
		INSERT INTO tracking_name_templates (store_id, id, name, name_key, category, created_at, updated_at)`, rows)
}
