package identity

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// guard makes whoever else tries this number wait until the transaction is
// over, and says whether the number is locked.
func guard(ctx context.Context, tx *database.Handle, number string, now time.Time) (locked bool, err error) {
	return database.Value[bool](ctx, tx, `
		INSERT INTO login_guards (partner_number, updated_at) VALUES ($1, $2)
		ON CONFLICT (partner_number) DO UPDATE SET updated_at = excluded.updated_at
		RETURNING locked_at IS NOT NULL`, number, database.Instant(now))
}

func lock(ctx context.Context, tx *database.Handle, number string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE login_guards SET locked_at = $1 WHERE partner_number = $2`,
		database.Instant(at), number)
	return err
}

func unlock(ctx context.Context, tx *database.Handle, number string) error {
	_, err := tx.Exec(ctx, `UPDATE login_guards SET locked_at = NULL WHERE partner_number = $1`, number)
	return err
}

func selectFailures(ctx context.Context, h *database.Handle, number string, since time.Time) ([]failure, error) {
	return database.All(ctx, h, func(row database.Row) (failure, error) {
		var f failure
		err := row.Scan(&f.address, database.ScanInstant(&f.at), &f.inRow)
		return f, err
	}, `SELECT address, failed_at, in_row FROM login_failures WHERE partner_number = $1 AND failed_at > $2`,
		number, database.Instant(since))
}

func insertFailure(ctx context.Context, tx *database.Handle, number, id, address string, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO login_failures (partner_number, id, address, failed_at) VALUES ($1, $2, $3, $4)`,
		number, id, address, database.Instant(at))
	return err
}

func deleteFailure(ctx context.Context, tx *database.Handle, number, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM login_failures WHERE partner_number = $1 AND id = $2`, number, id)
	return err
}

// endRow makes an address begin anew; what failed stays in the day's count.
func endRow(ctx context.Context, tx *database.Handle, number, address string) error {
	_, err := tx.Exec(ctx, `UPDATE login_failures SET in_row = $1 WHERE partner_number = $2 AND address = $3`,
		false, number, address)
	return err
}

// openAccount forgets every failure and takes the lock away.
func openAccount(ctx context.Context, tx *database.Handle, number string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM login_guards WHERE partner_number = $1`, number); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM login_failures WHERE partner_number = $1`, number)
	return err
}

// strangersLockedFor is how long a number that nobody has stays locked. Were it
// not at all, the lock would tell which numbers exist.
const strangersLockedFor = 90 * day

// deleteOldAttempts deletes what no attempt depends on any more.
func deleteOldAttempts(ctx context.Context, tx *database.Handle, now time.Time) (int64, error) {
	failures, err := tx.Exec(ctx, `DELETE FROM login_failures WHERE failed_at <= $1`, database.Instant(now.Add(-day)))
	if err != nil {
		return 0, err
	}
	guards, err := tx.Exec(ctx, `DELETE FROM login_guards WHERE locked_at IS NULL AND updated_at <= $1`,
		database.Instant(now.Add(-day)))
	if err != nil {
		return 0, err
	}
	strangers, err := tx.Exec(ctx, `
		DELETE FROM login_guards WHERE locked_at <= $1
		AND NOT EXISTS (SELECT 1 FROM users u WHERE u.partner_number = login_guards.partner_number)`,
		database.Instant(now.Add(-strangersLockedFor)))
	return failures + guards + strangers, err
}
