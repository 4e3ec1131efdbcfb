package audit

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

func selectEntries(ctx context.Context, h *database.Handle, storeID string, since time.Time, limit int) ([]EntryBody, error) {
	return database.All(ctx, h, func(row database.Row) (EntryBody, error) {
		var e EntryBody
		var details *string
		err := row.Scan(&e.ID, &e.Type, &e.Title, &e.Description, &e.AdminName, &details,
			database.ScanInstant((*time.Time)(&e.Timestamp)))
		if details != nil {
			e.Details = Details(*details)
		}
		return e, err
	}, entriesQuery, storeID, database.Instant(since), limit)
}

const entriesQuery = `
	SELECT id, type, title, description, actor_name, details, timestamp FROM audit_log
	WHERE store_id = $1 AND timestamp >= $2
	ORDER BY timestamp DESC, id DESC LIMIT $3`
