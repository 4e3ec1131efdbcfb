package legacytest

import (
	"fmt"
	"testing"
)

// Long is the address of an old database of a shop with a long past: so many
// lines of history, and so many milk counts of nine milks and walks along the
// display. The engine makes the rows by itself.
func Long(tb testing.TB, history, sessions int) string {
	tb.Helper()
	url := Sample(tb)
	Run(tb, url, fmt.Sprintf(`
		DELETE FROM tracking_history;
		DELETE FROM milk_count_sessions;
		DELETE FROM rtde_count_sessions;
		INSERT INTO tracking_history (id, action, item_name, item_code, user_id, "timestamp", notes)
		SELECT gen_random_uuid(), CASE i %% 2 WHEN 0 THEN 'ADD' ELSE 'REMOVE' END::historyaction, 'Thing ' || i %% 300,
		       lpad((i %% 10000)::text, 4, '0'), (SELECT id FROM users ORDER BY id OFFSET i %% 8 LIMIT 1),
		       timestamp '2024-01-01 08:00:00.000123' + i * interval '17 minutes', 'Added Thing ' || i %% 300
		FROM generate_series(1, %[1]d) i;
		INSERT INTO milk_count_sessions (id, session_date, status, night_count_user_id, morning_count_user_id,
			night_foh_saved_at, night_boh_saved_at, morning_saved_at, on_order_saved_at, completed_at, created_at)
		SELECT 'count-' || i, date '2022-01-01' + i, 'completed', u.id, u.id,
		       date '2022-01-01' + i + interval '22 hours', date '2022-01-01' + i + interval '22.1 hours',
		       date '2022-01-01' + i + interval '29 hours', date '2022-01-01' + i + interval '29.1 hours',
		       date '2022-01-01' + i + interval '29.1 hours', date '2022-01-01' + i + interval '21.9 hours'
		FROM generate_series(1, %[2]d) i, (SELECT id FROM users ORDER BY id LIMIT 1) u;
		INSERT INTO milk_count_entries (id, session_id, milk_type_id, foh_count, boh_count, morning_method,
			current_boh, delivered, on_order, updated_at)
		SELECT gen_random_uuid(), s.id, t.id, t.display_order, 20, 'boh_count', 20 + t.display_order, t.display_order, 3,
		       s.created_at
		FROM milk_count_sessions s, milk_count_milk_types t WHERE t.active;
		INSERT INTO rtde_count_sessions (id, user_id, status, started_at, completed_at, expires_at)
		SELECT gen_random_uuid(), u.id, 'completed', timestamp '2024-01-01' + i * interval '1 day',
		       timestamp '2024-01-01 00:20' + i * interval '1 day', timestamp '2024-01-01 00:30' + i * interval '1 day'
		FROM generate_series(1, %[2]d) i, (SELECT id FROM users ORDER BY id LIMIT 1) u;`, history, sessions))
	return url
}
