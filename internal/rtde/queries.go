package rtde

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

const sessionColumns = `
	s.id, s.user_id, u.name, s.started_by, b.name, s.status, s.started_at, s.expires_at, s.completed_at,
	coalesce(s.received_at, s.started_at),
	s.items_counted, s.items_pulled, s.units_pulled, s.duration_seconds`

const fromSessions = `
	FROM rtde_sessions s
	JOIN users u ON u.id = s.user_id
	JOIN users b ON b.id = s.started_by `

func sessionFields(s *Session, seconds *int64) []any {
	return []any{
		&s.ID, &s.UserID, &s.UserName, &s.StartedBy, &s.StartedByName, &s.Status,
		database.ScanInstant(&s.StartedAt), database.ScanInstant(&s.ExpiresAt),
		database.ScanNullInstant(&s.CompletedAt), database.ScanInstant(&s.ReceivedAt),
		&s.Record.ItemsCounted, &s.Record.ItemsPulled, &s.Record.UnitsPulled, seconds,
	}
}

func scanSession(row database.Row) (Session, error) {
	var s Session
	var seconds int64
	err := row.Scan(sessionFields(&s, &seconds)...)
	s.Record.Duration = time.Duration(seconds) * time.Second
	return s, err
}

func selectSession(ctx context.Context, h *database.Handle, storeID, id string) (Session, error) {
	return database.One(ctx, h, scanSession,
		`SELECT `+sessionColumns+fromSessions+`WHERE s.store_id = $1 AND s.id = $2`, storeID, id)
}

// selectSessionForUpdate makes whoever else writes in the session wait.
func selectSessionForUpdate(ctx context.Context, tx *database.Handle, storeID, id string) (Session, error) {
	if _, err := database.Value[string](ctx, tx,
		`SELECT id FROM rtde_sessions WHERE store_id = $1 AND id = $2 `+tx.Engine().ForUpdate(), storeID, id); err != nil {
		return Session{}, err
	}
	return selectSession(ctx, tx, storeID, id)
}

// selectProgress lists the sessions that are worked on, the newest first; those
// of one user, or of all if userID is empty.
func selectProgress(
	ctx context.Context, h *database.Handle, storeID, userID string, now time.Time,
) ([]Progress, error) {
	var c database.Conditions
	c.Add("s.store_id = ?", storeID)
	c.Add("s.status = 'in_progress'")
	c.Add("s.expires_at > ?", database.Instant(now))
	if userID != "" {
		c.Add("s.user_id = ?", userID)
	}
	return database.All(ctx, h, func(row database.Row) (Progress, error) {
		var p Progress
		var seconds int64
		err := row.Scan(append(sessionFields(&p.Session, &seconds), &p.ItemsCounted, &p.TotalItems)...)
		return p, err
	}, `
		SELECT `+sessionColumns+`,
		       (SELECT count(*) FROM rtde_session_counts c
		        JOIN rtde_items i ON i.store_id = c.store_id AND i.id = c.item_id AND i.active
		        WHERE c.store_id = s.store_id AND c.session_id = s.id AND c.counted_quantity IS NOT NULL),
		       (SELECT count(*) FROM rtde_items i WHERE i.store_id = s.store_id AND i.active)
		`+fromSessions+c.Where()+` ORDER BY s.started_at DESC, s.id DESC`, c.Args()...)
}

// lockUser makes a partner's requests that begin or take a session wait for
// each other.
func lockUser(ctx context.Context, tx *database.Handle, userID string) error {
	_, err := database.Value[string](ctx, tx, `SELECT id FROM users WHERE id = $1 `+tx.Engine().ForUpdate(), userID)
	return err
}

func insertSession(ctx context.Context, tx *database.Handle, storeID string, s Session) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO rtde_sessions (store_id, id, user_id, started_by, status, started_at, expires_at, received_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		storeID, s.ID, s.UserID, s.UserID, string(s.Status), database.Instant(s.StartedAt), database.Instant(s.ExpiresAt),
		database.Instant(s.ReceivedAt))
	return err
}

// selectBegunSince is a partner's session in progress, if it was begun after that.
func selectBegunSince(ctx context.Context, tx *database.Handle, storeID, userID string, at time.Time) (Session, error) {
	return database.One(ctx, tx, scanSession, `SELECT `+sessionColumns+fromSessions+`
		WHERE s.store_id = $1 AND s.user_id = $2 AND s.status = 'in_progress' AND s.started_at > $3`,
		storeID, userID, database.Instant(at))
}

// dropSessions deletes what a partner has in progress. The items remember that
// they were counted, also just now: no count comes in between.
func dropSessions(ctx context.Context, tx *database.Handle, storeID, userID string) error {
	if _, err := database.Value[int](ctx, tx, `
		SELECT count(*) FROM (
			SELECT id FROM rtde_sessions
			WHERE store_id = $1 AND user_id = $2 AND status = 'in_progress' `+tx.Engine().ForUpdate()+`) locked`,
		storeID, userID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		UPDATE rtde_items SET was_used = true
		WHERE store_id = $1 AND NOT was_used AND id IN (
			SELECT c.item_id FROM rtde_session_counts c
			JOIN rtde_sessions s ON s.store_id = c.store_id AND s.id = c.session_id
			WHERE s.store_id = $1 AND s.user_id = $2 AND s.status = 'in_progress')`, storeID, userID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		DELETE FROM rtde_sessions WHERE store_id = $1 AND user_id = $2 AND status = 'in_progress'`, storeID, userID)
	return err
}

// extendActive gives the partner's session in progress another half hour.
func extendActive(ctx context.Context, tx *database.Handle, storeID, userID string, at, received time.Time) (Session, error) {
	return database.One(ctx, tx, func(row database.Row) (Session, error) {
		var s Session
		err := row.Scan(&s.ID, database.ScanInstant(&s.ExpiresAt))
		return s, err
	}, `
		UPDATE rtde_sessions SET expires_at = CASE WHEN expires_at > $1 THEN expires_at ELSE $1 END, received_at = $5
		WHERE store_id = $2 AND user_id = $3 AND status = 'in_progress' AND expires_at > $4
		RETURNING id, expires_at`,
		database.Instant(at.Add(sessionLifetime)), storeID, userID, database.Instant(at), database.Instant(received))
}

// extendSession does that for a session that its owner works on, expired or not.
func extendSession(ctx context.Context, tx *database.Handle, storeID, id, userID string, at, received time.Time) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE rtde_sessions SET expires_at = CASE WHEN expires_at > $1 THEN expires_at ELSE $1 END, received_at = $5
		WHERE store_id = $2 AND id = $3 AND user_id = $4 AND status = 'in_progress'`,
		database.Instant(at.Add(sessionLifetime)), storeID, id, userID, database.Instant(received))
}

func updateOwner(ctx context.Context, tx *database.Handle, storeID string, s Session) error {
	_, err := tx.Exec(ctx, `UPDATE rtde_sessions SET user_id = $1, expires_at = $2, received_at = $3 WHERE store_id = $4 AND id = $5`,
		s.UserID, database.Instant(s.ExpiresAt), database.Instant(s.ReceivedAt), storeID, s.ID)
	return err
}

func markCompleted(ctx context.Context, tx *database.Handle, storeID, id string, r Record, at, received time.Time) error {
	_, err := tx.Exec(ctx, `
		UPDATE rtde_sessions SET status = 'completed', completed_at = $1, items_counted = $2, items_pulled = $3,
		       units_pulled = $4, duration_seconds = $5, received_at = $6
		WHERE store_id = $7 AND id = $8`,
		database.Instant(at), r.ItemsCounted, r.ItemsPulled, r.UnitsPulled, int64(r.Duration/time.Second),
		database.Instant(received), storeID, id)
	return err
}

// dropCounts deletes a session's counts. The items remember that they were
// counted.
func dropCounts(ctx context.Context, tx *database.Handle, storeID, id string) error {
	if _, err := tx.Exec(ctx, `
		UPDATE rtde_items SET was_used = true
		WHERE store_id = $1 AND NOT was_used AND id IN (
			SELECT item_id FROM rtde_session_counts WHERE store_id = $1 AND session_id = $2)`, storeID, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM rtde_session_counts WHERE store_id = $1 AND session_id = $2`, storeID, id)
	return err
}

// longExpired leaves alone what a phone that was out of reach is still sending.
const longExpired = `s.status = 'in_progress' AND s.expires_at <= $1 AND coalesce(s.received_at, s.started_at) <= $1`

func deleteExpired(ctx context.Context, tx *database.Handle, before time.Time) (int64, error) {
	if _, err := tx.Exec(ctx, `
		UPDATE rtde_items SET was_used = true
		WHERE NOT was_used AND EXISTS (
			SELECT 1 FROM rtde_session_counts c
			JOIN rtde_sessions s ON s.store_id = c.store_id AND s.id = c.session_id
			WHERE c.store_id = rtde_items.store_id AND c.item_id = rtde_items.id
			  AND `+longExpired+`)`, database.Instant(before)); err != nil {
		return 0, err
	}
	return tx.Exec(ctx, `DELETE FROM rtde_sessions AS s WHERE `+longExpired,
		database.Instant(before))
}

// countInProgress counts those of all stores.
func countInProgress(ctx context.Context, h *database.Handle, now time.Time) (int, error) {
	return database.Value[int](ctx, h,
		`SELECT count(*) FROM rtde_sessions WHERE status = 'in_progress' AND expires_at > $1`, database.Instant(now))
}

func countCompleted(ctx context.Context, h *database.Handle, storeID string) (int, error) {
	return database.Value[int](ctx, h,
		`SELECT count(*) FROM rtde_sessions WHERE store_id = $1 AND status = 'completed'`, storeID)
}

func selectCompleted(ctx context.Context, h *database.Handle, storeID string, limit, offset int) ([]Session, error) {
	return database.All(ctx, h, scanSession, completedQuery, storeID, limit, offset)
}

const completedQuery = `
	SELECT ` + sessionColumns + fromSessions + `
	WHERE s.store_id = $1 AND s.status = 'completed'
	ORDER BY s.completed_at DESC, s.id DESC LIMIT $2 OFFSET $3`
