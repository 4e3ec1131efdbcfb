package events

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

func nextRevision(ctx context.Context, tx *database.Handle, storeID string) (int64, error) {
	return database.Value[int64](ctx, tx, `
		INSERT INTO store_revisions (store_id, revision) VALUES ($1, 1)
		ON CONFLICT (store_id) DO UPDATE SET revision = store_revisions.revision + 1
		RETURNING revision`, storeID)
}

func insertEvent(ctx context.Context, tx *database.Handle, storeID string, e Event, at time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO store_events (store_id, revision, type, payload, created_at) VALUES ($1, $2, $3, $4, $5)`,
		storeID, e.Revision, string(e.Type), e.Payload, database.Instant(at))
	return err
}

// counted is a store with its newest number.
type counted struct {
	storeID  string
	revision int64
}

func scanCounted(row database.Row) (c counted, err error) {
	err = row.Scan(&c.storeID, &c.revision)
	return c, err
}

func lockRevisions(ctx context.Context, tx *database.Handle) error {
	_, err := database.Values[string](ctx, tx,
		`SELECT store_id FROM store_revisions ORDER BY store_id `+tx.Engine().ForUpdate())
	return err
}

// insertElsewhere gives each of the other stores its next number, and the event.
func insertElsewhere(ctx context.Context, tx *database.Handle, storeID string, kind Type, payload string, at time.Time) error {
	others, err := database.All(ctx, tx, scanCounted, `
		INSERT INTO store_revisions (store_id, revision) SELECT id, 1 FROM stores WHERE id <> $1
		ON CONFLICT (store_id) DO UPDATE SET revision = store_revisions.revision + 1
		RETURNING store_id, revision`, storeID)
	if err != nil {
		return err
	}
	rows := make([][]any, len(others))
	for i, c := range others {
		rows[i] = []any{c.storeID, c.revision, string(kind), payload, database.Instant(at)}
	}
	return database.InsertRows(ctx, tx, `INSERT INTO store_events (store_id, revision, type, payload, created_at)`, rows)
}

// selectRevision is the number of a store's newest event.
func selectRevision(ctx context.Context, h *database.Handle, storeID string) (int64, error) {
	return database.Value[int64](ctx, h,
		`SELECT coalesce((SELECT revision FROM store_revisions WHERE store_id = $1), 0)`, storeID)
}

// selectRevisions is that of several stores.
func selectRevisions(ctx context.Context, h *database.Handle, storeIDs []string) (map[string]int64, error) {
	list, args := database.In(1, storeIDs)
	lines, err := database.All(ctx, h, scanCounted,
		`SELECT store_id, revision FROM store_revisions WHERE store_id IN `+list, args...)
	revisions := make(map[string]int64, len(lines))
	for _, c := range lines {
		revisions[c.storeID] = c.revision
	}
	return revisions, err
}

// selectAfter reads the events that follow on a number, oldest first.
func selectAfter(ctx context.Context, h *database.Handle, storeID string, revision int64, limit int) ([]Event, error) {
	return database.All(ctx, h, func(row database.Row) (Event, error) {
		var e Event
		err := row.Scan(&e.Revision, &e.Type, &e.Payload)
		return e, err
	}, `
		SELECT revision, type, payload FROM store_events
		WHERE store_id = $1 AND revision > $2 ORDER BY revision LIMIT $3`, storeID, revision, limit)
}

func deleteEvents(ctx context.Context, tx *database.Handle, before time.Time) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM store_events WHERE created_at <= $1`, database.Instant(before))
}
