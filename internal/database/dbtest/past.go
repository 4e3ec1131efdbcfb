package dbtest

import (
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Past is how much a store has on record, in rows.
type Past struct{ History, Audit, Restocks, MilkCounts int }

// AddStore adds a store with one partner, who has the store's id.
func AddStore(tb testing.TB, db *database.DB, id string, at time.Time) {
	tb.Helper()
	run(tb, db, `
		INSERT INTO stores (id, name, number, timezone, business_day_start, morning_count_cutoff, created_at, updated_at)
		VALUES ($1, 'Store', $1, 'UTC', '04:00', '15:00', $2, $2)`, id, database.Instant(at))
	run(tb, db, `
		INSERT INTO users (id, home_store_id, partner_number, name, pin_hash, role, status, created_at, updated_at)
		VALUES ($1, $1, $1, 'Partner of ' || $1, '', 'staff', 'active', $2, $2)`, id, database.Instant(at))
}

// Fill gives a store a past that ends at a moment and was made by one partner.
// The engine makes the rows by itself, for there may be millions.
func (p Past) Fill(tb testing.TB, db *database.DB, store, user string, end time.Time) {
	tb.Helper()
	// A change every two seconds leaves a million of them within 30 days.
	moment, date := instantBefore(db.Engine(), "2 * i"), dateBefore(db.Engine())
	step := func(hours string) string { return instantBefore(db.Engine(), "86400 * i + 3600 * "+hours) }
	for query, n := range map[string]int{
		`INSERT INTO tracking_history (store_id, id, action, item_name, item_code, user_id, timestamp)
			SELECT $2, 'history-' || CAST(i AS text), CASE i % 2 WHEN 0 THEN 'ADD' ELSE 'REMOVE' END,
				'Thing', '0042', $3, ` + moment + ` FROM n`: p.History,
		`INSERT INTO audit_log (store_id, id, type, title, description, actor_id, actor_name, timestamp)
			SELECT $2, 'audit-' || CAST(i AS text), 'milk_par_updated', 'Milk Par Updated', 'Oat: 12',
				$3, 'Partner', ` + moment + ` FROM n`: p.Audit,
		`INSERT INTO rtde_sessions (store_id, id, user_id, started_by, status, started_at, expires_at, completed_at)
			SELECT $2, 'restock-' || CAST(i AS text), $3, $3, 'completed', ` + moment + `, ` + moment + `, ` + moment + ` FROM n`: p.Restocks,
		`INSERT INTO milk_sessions (store_id, id, session_date, status,
				night_foh_saved_at, night_foh_user_id, night_boh_saved_at, night_boh_user_id, morning_saved_at, morning_user_id,
				on_order_saved_at, on_order_user_id, completed_at, created_at)
			SELECT $2, 'count-' || CAST(i AS text), ` + date + `, 'completed',
				` + step("5") + `, $3, ` + step("4") + `, $3, ` + step("3") + `, $3,
				` + step("2") + `, $3, ` + step("2") + `, ` + step("6") + ` FROM n`: p.MilkCounts,
	} {
		if n > 0 {
			run(tb, db, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) `+query,
				n, store, user, database.Instant(end))
		}
	}
	if db.Engine() == database.PostgreSQL {
		run(tb, db, `ANALYZE`) // which it does by itself, later
	}
}

// instantBefore is so many seconds before $4; seconds is an expression of i.
func instantBefore(engine database.Engine, seconds string) string {
	if engine == database.SQLite {
		return `strftime('%Y-%m-%dT%H:%M:%f', $4, '-' || (` + seconds + `) || ' seconds') || '000Z'`
	}
	return `CAST($4 AS timestamptz) - (` + seconds + `) * interval '1 second'`
}

// dateBefore is i days before $4.
func dateBefore(engine database.Engine) string {
	if engine == database.SQLite {
		return `date($4, '-' || i || ' days')`
	}
	return `CAST(CAST($4 AS timestamptz) AS date) - i`
}

func run(tb testing.TB, db *database.DB, query string, args ...any) {
	tb.Helper()
	err := db.InTx(tb.Context(), func(tx *database.Handle) error {
		_, err := tx.Exec(tb.Context(), query, args...)
		return err
	})
	if err != nil {
		tb.Fatalf("%v in %s", err, query)
	}
}
