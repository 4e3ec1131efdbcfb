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
	_, err := tx.Exec(ctx, `UPDATE stores SET name = $1, timezone = $2, updated_at = $3 WHERE id = $4`,
		s.Name, s.Timezone, database.Instant(s.UpdatedAt), s.ID)
	return err
}
