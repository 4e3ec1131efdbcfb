package milkcount

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/database"
)

// selectSavedSteps finds the newest saved steps. Each kind of step is read from
// an index of its own, and no more of it than is asked for: a session of long
// ago may have been completed just now.
func selectSavedSteps(ctx context.Context, h *database.Handle, storeID string, limit int) ([]savedStep, error) {
	return database.All(ctx, h, func(row database.Row) (savedStep, error) {
		var s savedStep
		err := row.Scan(&s.sessionID, &s.step, database.ScanDate((*string)(&s.date)), &s.userName, database.ScanInstant(&s.at))
		return s, err
	}, savedStepsQuery, storeID, limit)
}

const savedStepsQuery = `
	SELECT s.id, s.step, s.session_date, coalesce(u.name, 'Unknown'), s.at FROM (
		SELECT * FROM (
			SELECT id, 'milk_count_foh' AS step, 1 AS place, session_date, night_foh_user_id AS user_id, night_foh_saved_at AS at
			FROM milk_sessions WHERE store_id = $1 AND night_foh_saved_at IS NOT NULL
			ORDER BY night_foh_saved_at DESC, id DESC LIMIT $2) AS foh
		UNION ALL SELECT * FROM (
			SELECT id, 'milk_count_boh', 2, session_date, night_boh_user_id, night_boh_saved_at
			FROM milk_sessions WHERE store_id = $1 AND night_boh_saved_at IS NOT NULL
			ORDER BY night_boh_saved_at DESC, id DESC LIMIT $2) AS boh
		UNION ALL SELECT * FROM (
			SELECT id, 'milk_count_morning', 3, session_date, morning_user_id, morning_saved_at
			FROM milk_sessions WHERE store_id = $1 AND morning_saved_at IS NOT NULL
			ORDER BY morning_saved_at DESC, id DESC LIMIT $2) AS morning
		UNION ALL SELECT * FROM (
			SELECT id, 'milk_count_completed', 4, session_date, on_order_user_id, completed_at
			FROM milk_sessions WHERE store_id = $1 AND completed_at IS NOT NULL
			ORDER BY completed_at DESC, id DESC LIMIT $2) AS completed
	) AS s
	LEFT JOIN users u ON u.id = s.user_id
	ORDER BY s.at DESC, s.id DESC, s.place DESC LIMIT $2`
