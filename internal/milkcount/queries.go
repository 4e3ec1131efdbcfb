package milkcount

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/database"
)

const sessionColumns = `
	id, session_date, status, created_at, coalesce(received_at, created_at), reopened, completed_at,
	night_foh_saved_at, night_foh_user_id, (SELECT name FROM users WHERE users.id = night_foh_user_id),
	night_boh_saved_at, night_boh_user_id, (SELECT name FROM users WHERE users.id = night_boh_user_id),
	morning_saved_at, morning_user_id, (SELECT name FROM users WHERE users.id = morning_user_id),
	on_order_saved_at, on_order_user_id, (SELECT name FROM users WHERE users.id = on_order_user_id) `

const selectFromSessions = `SELECT ` + sessionColumns + `FROM milk_sessions `

func scanSession(row database.Row) (Session, error) {
	session := Session{Saves: map[Status]Save{}}
	var at [4]*time.Time
	var userID, userName [4]*string
	err := row.Scan(&session.ID, database.ScanDate((*string)(&session.Date)), &session.Status,
		database.ScanInstant(&session.CreatedAt), database.ScanInstant(&session.ReceivedAt), &session.Reopened, database.ScanNullInstant(&session.CompletedAt),
		database.ScanNullInstant(&at[0]), &userID[0], &userName[0],
		database.ScanNullInstant(&at[1]), &userID[1], &userName[1],
		database.ScanNullInstant(&at[2]), &userID[2], &userName[2],
		database.ScanNullInstant(&at[3]), &userID[3], &userName[3])
	for i := range at {
		if at[i] == nil {
			continue
		}
		save := Save{At: *at[i]}
		if userID[i] != nil { // unknown for some sessions of the old system
			save.UserID, save.UserName = *userID[i], *userName[i]
		}
		session.Saves[statuses[i]] = save
	}
	return session, err
}

func selectSession(ctx context.Context, h *database.Handle, storeID, id string) (Session, error) {
	return database.One(ctx, h, scanSession, selectFromSessions+`WHERE store_id = $1 AND id = $2`, storeID, id)
}

func selectSessionByDate(ctx context.Context, h *database.Handle, storeID string, date Date) (Session, error) {
	return database.One(ctx, h, scanSession,
		selectFromSessions+`WHERE store_id = $1 AND session_date = $2`, storeID, string(date))
}

func sessionConditions(storeID string, status Status) *database.Conditions {
	var c database.Conditions
	c.Add("store_id = ?", storeID)
	if status != "" {
		c.Add("status = ?", string(status))
	}
	return &c
}

func countSessions(ctx context.Context, h *database.Handle, storeID string, status Status) (int, error) {
	c := sessionConditions(storeID, status)
	return database.Value[int](ctx, h, `SELECT count(*) FROM milk_sessions `+c.Where(), c.Args()...)
}

// countInProgress counts those of all stores. The status is no parameter, so
// that PostgreSQL finds them by their partial index.
func countInProgress(ctx context.Context, h *database.Handle) (int, error) {
	return database.Value[int](ctx, h, `SELECT count(*) FROM milk_sessions WHERE status <> 'completed'`)
}

func selectSessions(
	ctx context.Context, h *database.Handle, storeID string, status Status, limit, offset int,
) ([]Session, error) {
	c := sessionConditions(storeID, status)
	query := selectFromSessions + c.Where() + ` ORDER BY session_date DESC LIMIT ` + c.Param(limit) +
		` OFFSET ` + c.Param(offset)
	return database.All(ctx, h, scanSession, query, c.Args()...)
}

// lockSession makes whoever else changes the session wait.
func lockSession(ctx context.Context, tx *database.Handle, storeID, id string) (Status, error) {
	return database.Value[Status](ctx, tx,
		`SELECT status FROM milk_sessions WHERE store_id = $1 AND id = $2 `+tx.Engine().ForUpdate(), storeID, id)
}

func insertSession(ctx context.Context, tx *database.Handle, storeID, id string, date Date, at, received time.Time) (int64, error) {
	return tx.Exec(ctx, `
		INSERT INTO milk_sessions (store_id, id, session_date, status, created_at, received_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (store_id, session_date) DO NOTHING`,
		storeID, id, string(date), string(NightFOH), database.Instant(at), database.Instant(received))
}

// markSaved moves the session on and returns it, if it waits for this very step.
func markSaved(
	ctx context.Context, tx *database.Handle, storeID, id string, step Status, by string, at, received time.Time,
) (Session, error) {
	completed := ""
	if step.next() == Completed {
		completed = ", completed_at = $2"
	}
	return database.One(ctx, tx, scanSession, fmt.Sprintf(`
		UPDATE milk_sessions SET status = $1, %[1]s_saved_at = $2, %[1]s_user_id = $3, received_at = $7%[2]s
		WHERE store_id = $4 AND id = $5 AND status = $6
		RETURNING `, step, completed)+sessionColumns,
		string(step.next()), database.Instant(at), by, storeID, id, string(step), database.Instant(received))
}

// noteReceived keeps when the server last heard of work on a session.
func noteReceived(ctx context.Context, tx *database.Handle, storeID, id string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE milk_sessions SET received_at = $1 WHERE store_id = $2 AND id = $3`,
		database.Instant(at), storeID, id)
	return err
}

// markReopened takes the session back to a step, and forgets who saved that one
// and those after it. Its pars are today's again.
func markReopened(ctx context.Context, tx *database.Handle, storeID, id string, to Status, received time.Time) error {
	cleared := ""
	for _, step := range statuses[to.index():Completed.index()] {
		cleared += fmt.Sprintf(", %[1]s_saved_at = NULL, %[1]s_user_id = NULL", step)
	}
	if _, err := tx.Exec(ctx, `
		UPDATE milk_sessions SET status = $1, reopened = true, completed_at = NULL, received_at = $4`+cleared+`
		WHERE store_id = $2 AND id = $3`, string(to), storeID, id, database.Instant(received)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE milk_entries SET par_value = NULL WHERE store_id = $1 AND session_id = $2`,
		storeID, id)
	return err
}

// keepPars writes today's pars into a session that is completed, so that
// changing a par does not rewrite its summary.
func keepPars(ctx context.Context, tx *database.Handle, storeID, id string) error {
	_, err := tx.Exec(ctx, `
		UPDATE milk_entries SET par_value = (
			SELECT p.par_value FROM milk_par_levels p
			WHERE p.store_id = milk_entries.store_id AND p.milk_type_id = milk_entries.milk_type_id)
		WHERE store_id = $1 AND session_id = $2`, storeID, id)
	return err
}

func selectEntries(ctx context.Context, h *database.Handle, storeID, sessionID string) ([]Entry, error) {
	return database.All(ctx, h, func(row database.Row) (Entry, error) {
		var e Entry
		err := row.Scan(&e.ID, &e.SessionID, &e.MilkTypeID, &e.MilkTypeName, &e.Category, &e.FOH, &e.BOH,
			&e.Method, &e.CurrentBOH, &e.direct, &e.OnOrder, &e.Par, database.ScanInstant(&e.UpdatedAt), &e.UpdatedByName)
		return e, err
	}, `
		SELECT e.id, e.session_id, e.milk_type_id, t.name, t.category, e.foh_count, e.boh_count,
		       e.morning_method, e.current_boh, e.delivered, e.on_order, coalesce(e.par_value, p.par_value),
		       e.updated_at, u.name
		FROM milk_entries e
		JOIN milk_types t ON t.store_id = e.store_id AND t.id = e.milk_type_id
		JOIN milk_par_levels p ON p.store_id = e.store_id AND p.milk_type_id = e.milk_type_id
		LEFT JOIN users u ON u.id = e.updated_by
		WHERE e.store_id = $1 AND e.session_id = $2
		ORDER BY t.display_order, t.id`, storeID, sessionID)
}

// stepColumns are what each step writes, with the values of a count for them.
var stepColumns = map[Status]struct {
	names  []string
	values func(Count) []any
}{
	NightFOH: {[]string{"foh_count"}, func(c Count) []any { return []any{c.FOH} }},
	NightBOH: {[]string{"boh_count"}, func(c Count) []any { return []any{c.BOH} }},
	Morning: {[]string{"morning_method", "current_boh", "delivered"}, func(c Count) []any {
		return []any{(*string)(c.Method), c.CurrentBOH, c.Delivered}
	}},
	OnOrder: {[]string{"on_order"}, func(c Count) []any { return []any{c.OnOrder} }},
}

// upsertCounts writes one step's values of several milks in one statement.
func upsertCounts(
	ctx context.Context, tx *database.Handle, who actor.Actor, sessionID string, step Status, counts []Count, at time.Time,
) error {
	columns := stepColumns[step]
	rows := make([][]any, len(counts))
	for i, count := range counts {
		rows[i] = append([]any{
			who.Store.ID, sessionID, count.MilkTypeID, uuid.Must(uuid.NewV7()).String(), database.Instant(at), who.UserID,
		}, columns.values(count)...)
	}
	updates := ""
	for _, name := range columns.names {
		updates += fmt.Sprintf(", %[1]s = excluded.%[1]s", name)
	}
	return database.UpsertRows(ctx, tx, `
		INSERT INTO milk_entries (store_id, session_id, milk_type_id, id, updated_at, updated_by, `+
		strings.Join(columns.names, ", ")+`)`, rows, `
		ON CONFLICT (store_id, session_id, milk_type_id)
		DO UPDATE SET updated_at = excluded.updated_at, updated_by = excluded.updated_by`+updates)
}

// selectCounted reads what the completed sessions of a period say, by milk, in
// the order of their dates. A milk that nobody counted at night is not there:
// to take it for none would make all of it used.
func selectCounted(ctx context.Context, h *database.Handle, storeID string, from, to Date) (map[string][]counted, error) {
	type line struct {
		date  Date
		entry Entry
	}
	lines, err := database.All(ctx, h, func(row database.Row) (line, error) {
		var l line
		e := &l.entry
		err := row.Scan(database.ScanDate((*string)(&l.date)), &e.MilkTypeID, &e.FOH, &e.BOH, &e.Method,
			&e.CurrentBOH, &e.direct)
		return l, err
	}, `
		SELECT s.session_date, e.milk_type_id, e.foh_count, e.boh_count, e.morning_method, e.current_boh, e.delivered
		FROM milk_sessions s
		JOIN milk_entries e ON e.store_id = s.store_id AND e.session_id = s.id
		WHERE s.store_id = $1 AND s.session_date BETWEEN $2 AND $3 AND s.status = 'completed'
		  AND (e.foh_count IS NOT NULL OR e.boh_count IS NOT NULL)
		ORDER BY s.session_date`, storeID, string(from), string(to))
	days := map[string][]counted{}
	for _, l := range lines {
		days[l.entry.MilkTypeID] = append(days[l.entry.MilkTypeID], counted{
			date: l.date, night: or0(l.entry.FOH) + or0(l.entry.BOH), total: l.entry.total(),
		})
	}
	return days, err
}

func deleteSessions(ctx context.Context, tx *database.Handle, storeID string) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM milk_sessions WHERE store_id = $1`, storeID)
}

func deleteSession(ctx context.Context, tx *database.Handle, storeID, id string) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM milk_sessions WHERE store_id = $1 AND id = $2`, storeID, id)
}
