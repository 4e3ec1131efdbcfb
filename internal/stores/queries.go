package stores

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/database"
)

const storeColumns = `id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at`

func scanStore(row database.Row) (Store, error) {
	var s Store
	err := row.Scan(&s.ID, &s.Name, &s.Number, &s.Timezone, &s.BusinessDayStart, &s.MorningCountCutoff,
		database.ScanInstant(&s.CreatedAt), database.ScanInstant(&s.UpdatedAt))
	return s, err
}

func selectFirst(ctx context.Context, h *database.Handle, forUpdate string) (Store, error) {
	return database.One(ctx, h, scanStore,
		`SELECT `+storeColumns+` FROM stores ORDER BY created_at, id LIMIT 1 `+forUpdate)
}

func insertStore(ctx context.Context, tx *database.Handle, s Store) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO stores (`+storeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.ID, s.Name, s.Number, s.Timezone, s.BusinessDayStart, s.MorningCountCutoff,
		database.Instant(s.CreatedAt), database.Instant(s.UpdatedAt))
	return err
}

func updateStore(ctx context.Context, tx *database.Handle, s Store) error {
	_, err := tx.Exec(ctx, `
		UPDATE stores SET name = $1, number = $2, timezone = $3, business_day_start = $4, morning_count_cutoff = $5,
		       updated_at = $6
		WHERE id = $7`,
		s.Name, s.Number, s.Timezone, s.BusinessDayStart, s.MorningCountCutoff, database.Instant(s.UpdatedAt), s.ID)
	return err
}

// updateUnusedTimes leaves what is asked to be empty, and everything once anybody
// had an account.
func updateUnusedTimes(ctx context.Context, tx *database.Handle, id string, asked Store) error {
	_, err := tx.Exec(ctx, `
		UPDATE stores SET timezone = coalesce(nullif($1, ''), timezone),
		       business_day_start = coalesce(nullif($2, ''), business_day_start),
		       morning_count_cutoff = coalesce(nullif($3, ''), morning_count_cutoff)
		WHERE id = $4 AND NOT EXISTS (SELECT 1 FROM users)`,
		asked.Timezone, asked.BusinessDayStart, asked.MorningCountCutoff, id)
	return err
}

func lockStore(ctx context.Context, tx *database.Handle, id string) (Store, error) {
	return database.One(ctx, tx, scanStore,
		`SELECT `+storeColumns+` FROM stores WHERE id = $1 `+tx.Engine().ForUpdate(), id)
}

func selectByNumber(ctx context.Context, h *database.Handle, number string) (Store, error) {
	return database.One(ctx, h, scanStore, `SELECT `+storeColumns+` FROM stores WHERE number = $1`, number)
}

func selectAll(ctx context.Context, h *database.Handle) ([]Store, error) {
	return database.All(ctx, h, scanStore, `SELECT `+storeColumns+` FROM stores ORDER BY created_at, id`)
}

// selectOf lists the stores that a user belongs to, oldest first; to an owner,
// all of them.
func selectOf(ctx context.Context, h *database.Handle, userID string) ([]Store, error) {
	return database.All(ctx, h, scanStore, `
		SELECT `+storeColumns+` FROM stores s
		WHERE EXISTS (SELECT 1 FROM store_members m WHERE m.store_id = s.id AND m.user_id = $1)
		   OR EXISTS (SELECT 1 FROM users u WHERE u.id = $1 AND u.is_owner)
		ORDER BY created_at, id`, userID)
}

func selectHome(ctx context.Context, h *database.Handle, userID string) (string, error) {
	return database.Value[string](ctx, h, `SELECT home_store_id FROM users WHERE id = $1`, userID)
}

func selectActivePartners(ctx context.Context, h *database.Handle) (map[string]int, error) {
	counts := map[string]int{}
	_, err := database.All(ctx, h, func(row database.Row) (struct{}, error) {
		var id string
		var n int
		err := row.Scan(&id, &n)
		counts[id] = n
		return struct{}{}, err
	}, `
		SELECT m.store_id, count(*) FROM store_members m JOIN users u ON u.id = m.user_id
		WHERE u.status = 'active' GROUP BY m.store_id`)
	return counts, err
}
