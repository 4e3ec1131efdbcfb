package idempotency

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/database"
)

// stored is an answer with what it was an answer to.
type stored struct {
	api.Answer
	fingerprint string
}

// lock keeps the same request out of other nodes until the transaction ends. On
// SQLite there are none, and nobody else writes.
func lock(ctx context.Context, tx *database.Handle, n name) (mine bool, err error) {
	if tx.Engine() == database.SQLite {
		return true, nil
	}
	return database.Value[bool](ctx, tx, `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))`, n.userID+" "+n.key)
}

func selectAnswer(ctx context.Context, h *database.Handle, n name, since time.Time) (stored, error) {
	return database.One(ctx, h, func(row database.Row) (stored, error) {
		var s stored
		err := row.Scan(&s.fingerprint, &s.Status, &s.ContentType, &s.Body)
		return s, err
	}, `
		SELECT fingerprint, status, content_type, body FROM idempotency_answers
		WHERE user_id = $1 AND idempotency_key = $2 AND created_at > $3`, n.userID, n.key, database.Instant(since))
}

// storeAnswer takes the place of an answer that is kept no longer.
func storeAnswer(ctx context.Context, tx *database.Handle, n name, s stored, at time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO idempotency_answers (user_id, idempotency_key, fingerprint, status, content_type, body, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (user_id, idempotency_key) DO UPDATE SET fingerprint = excluded.fingerprint,
			status = excluded.status, content_type = excluded.content_type, body = excluded.body,
			created_at = excluded.created_at`,
		n.userID, n.key, s.fingerprint, s.Status, s.ContentType, string(s.Body), database.Instant(at))
	return err
}

func deleteAnswers(ctx context.Context, tx *database.Handle, before time.Time) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM idempotency_answers WHERE created_at <= $1`, database.Instant(before))
}
