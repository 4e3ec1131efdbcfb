package backup

import (
	"fmt"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// oddTexts are what names and notes may be, as far as a database is concerned.
var oddTexts = []any{
	nil, "", " ", "null", "\\N", "a\nb\r\n\tc\v\x01\x7f", `"quoted" 'text' \ and \\n`, "<b>&amp;</b>", "naïve café",
	"nai\u0308ve cafe\u0301", "日本のミルク", "☕🏳️‍🌈", "\u2028\u2029\ufeff\ufffd", "שלום", "\U0010ffff", `[1,2]`, `{"a":null}`, "0", "1e6",
}

var oddInstants = []any{
	"0001-01-01T00:00:00.000000Z", "1582-10-10T12:00:00.000001Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z",
	"1999-12-31T23:59:59.999999Z", "2000-01-01T00:00:00.000000Z", "2024-02-29T12:34:56.789012Z", "2026-03-08T10:00:00.100000Z",
	"2038-01-19T03:14:08.000000Z", "9999-12-31T23:59:59.999999Z",
}

// fillOddly puts a row into every table that is backed up, and odd values into
// columns of each kind.
func fillOddly(t testing.TB, db *database.DB) {
	t.Helper()
	const at = "2026-01-02T03:04:05.000006Z"
	dbtest.AddStore(t, db, "s1", noon)
	dbtest.AddStore(t, db, "s2", noon)
	add := func(query string, args ...any) { t.Helper(); run(t, db, query, args...) }
	// Accounts that were deleted by each other, in every order.
	for id, by := range map[string]any{"a": "b", "b": "c", "c": "a", "d": "d", "z": "s1"} {
		add(`INSERT INTO users (id, home_store_id, partner_number, name, pin_hash, role, is_owner, status, deleted_at, created_at, updated_at)
			VALUES ($1, 's1', $1, 'Somebody', 'x', 'admin', true, 'deleted', $2, $2, $2)`, id, at)
		defer add(`UPDATE users SET deleted_by = $1 WHERE id = $2`, by, id)
	}
	add(`INSERT INTO store_members (user_id, store_id) VALUES ('a', 's1'), ('a', 's2')`)
	add(`INSERT INTO key_checks (name, digest) VALUES ('SECRET_KEY', 'd1')`)
	add(`INSERT INTO login_sessions (id, user_id, created_at, expires_at, refresh_id) VALUES ('l1', 'a', $1, $1, 'r'), ('l2', 'a', $1, $1, NULL)`, at)
	add(`INSERT INTO login_guards (partner_number, locked_at, updated_at) VALUES ('a', $1, $1), ('b', NULL, $1)`, at)
	add(`INSERT INTO login_failures (partner_number, id, address, failed_at, in_row) VALUES ('a', '1', '::1', $1, true), ('a', '2', '::1', $1, false)`, at)
	add(`INSERT INTO idempotency_answers (user_id, idempotency_key, fingerprint, status, content_type, body, created_at)
		VALUES ('a', 'k', 'f', 201, 'application/json', '{"a":"\u00e4"}', $1)`, at)
	for i, instant := range oddInstants {
		add(`INSERT INTO audit_log (store_id, id, type, title, description, details, actor_name, timestamp)
			VALUES ('s1', $1, 't', 't', 'd', '{}', 'System', $2)`, fmt.Sprint(i), instant)
	}
	for i, revision := range []int64{1, 1 << 31, 1<<53 + 1, 1<<63 - 1} {
		add(`INSERT INTO store_events (store_id, revision, type, payload, created_at) VALUES ('s1', $1, 'x', '{}', $2)`, revision, oddInstants[i])
	}
	add(`INSERT INTO store_revisions (store_id, revision) VALUES ('s1', $1)`, int64(1<<63-1))
	add(`INSERT INTO tracking_codes (store_id, code, draw, in_use, lessee_id, lease_expires_at, freed_at)
		VALUES ('s1', '0000', -1, true, NULL, NULL, NULL), ('s1', '9999', 2147483647, false, 'a', $1, $1)`, at)
	add(`INSERT INTO tracking_items (store_id, id, name, name_key, category, code, added_by, added_at, is_removed, removed_at, removed_by)
		VALUES ('s1', 'i1', 'Oat', 'oat', 'other', '0042', 'a', $1, true, $1, 'b'), ('s1', 'I1', 'Oat', 'oat', 'other', '0042', 'a', $1, false, NULL, NULL)`, at)
	for i, text := range oddTexts {
		name := text
		if name == nil {
			name = "no notes"
		}
		add(`INSERT INTO tracking_history (store_id, id, action, item_name, item_code, user_id, timestamp, notes)
			VALUES ('s1', $1, 'ADD', $2, '0042', 'a', $3, $4)`, fmt.Sprint(i), name, at, text)
	}
	// Keys that collations would put into other orders.
	for _, id := range []string{"a", "B", "ä", "z", "Z", "_", "-", "10", "9", "ﬀ", "𝄞"} {
		add(`INSERT INTO tracking_name_templates (store_id, id, name, name_key, category, created_at, updated_at)
			VALUES ('s2', $1, $1, $1, 'other', $2, $2)`, id, at)
	}
	add(`INSERT INTO milk_types (store_id, id, name, name_key, category, display_order, active, created_at, updated_at)
		VALUES ('s1', 'm1', 'Oat', 'oat', 'non_dairy', 1, true, $1, $1), ('s1', 'm2', 'Whole', 'whole', 'dairy', 1000000, false, $1, $1)`, at)
	add(`INSERT INTO milk_par_levels (store_id, milk_type_id, id, par_value, updated_at, updated_by) VALUES ('s1', 'm1', 'p1', 1000000, $1, NULL)`, at)
	for i, date := range []string{"0001-01-01", "1999-12-31", "2000-01-01", "2024-02-29", "9999-12-31"} {
		add(`INSERT INTO milk_sessions (store_id, id, session_date, status, reopened, night_foh_user_id, created_at)
			VALUES ('s1', $1, $2, 'night_foh', true, 'b', $3)`, fmt.Sprint("e", i), date, at)
	}
	add(`INSERT INTO milk_entries (store_id, session_id, milk_type_id, id, foh_count, boh_count, delivered, updated_at)
		VALUES ('s1', 'e0', 'm1', 'c1', 0, 1000000, NULL, $1)`, at)
	add(`INSERT INTO rtde_items (store_id, id, name, brand, icon, par_level, display_order, active, created_at, updated_at)
		VALUES ('s1', 'r1', 'Panini', '', NULL, 1000000, -5, true, $1, $1)`, at)
	add(`INSERT INTO rtde_sessions (store_id, id, user_id, started_by, status, started_at, expires_at, completed_at)
		VALUES ('s1', 'd1', 'a', 'b', 'completed', $1, $1, $1)`, at)
	add(`INSERT INTO rtde_session_counts (store_id, session_id, item_id, counted_quantity, is_pulled, updated_at)
		VALUES ('s1', 'd1', 'r1', NULL, true, $1)`, at)
	// Of a moment only: these stay behind.
	add(`INSERT INTO setup_codes (code_hash, expires_at) VALUES ('h1', $1)`, at)
	add(`INSERT INTO event_tickets (ticket_hash, user_id, session_id, store_id, expires_at) VALUES ('h1', 'a', 'l1', 's1', $1)`, at)
	add(`INSERT INTO job_leases (name, holder, expires_at) VALUES ('j1', 'n1', $1)`, at)
}

// What goes in comes out: from each engine into each, and back.
func TestOddValuesComeThrough(t *testing.T) {
	eachPair(t, func(t *testing.T, from, into database.Engine) {
		source, target, back := dbtest.Open(t, from), dbtest.Open(t, into), dbtest.Open(t, from)
		fillOddly(t, source)
		want := contentsOf(t, source)
		for name, content := range want {
			if content.Rows == 0 {
				t.Errorf("no row in %s", name)
			}
		}
		first := archiveOf(t, source)
		expectSame(t, "the archive", want, contents(read(t, first).Manifest))
		if err := restore(t.Context(), first, target, Restoring{}); err != nil {
			t.Fatal(err)
		}
		expectSame(t, "the restored database", want, contentsOf(t, target))
		if err := restore(t.Context(), archiveOf(t, target), back, Restoring{}); err != nil {
			t.Fatal(err)
		}
		expectSame(t, "there and back", want, contentsOf(t, back))
		expectValues(t, back)
		for _, momentary := range []string{"setup_codes", "event_tickets", "job_leases"} {
			if n, err := database.Value[int](t.Context(), target.Read(), `SELECT count(*) FROM `+momentary); n != 0 || err != nil {
				t.Errorf("%d rows in %s (%v)", n, momentary, err)
			}
		}
	})
}

// expectValues looks at the values themselves, in case the checksums are blind.
func expectValues(t *testing.T, db *database.DB) {
	t.Helper()
	for i, want := range oddTexts {
		notes, err := database.One(t.Context(), db.Read(), func(row database.Row) (notes *string, err error) {
			err = row.Scan(&notes)
			return notes, err
		}, `SELECT notes FROM tracking_history WHERE store_id = 's1' AND id = $1`, fmt.Sprint(i))
		if err != nil || (notes == nil) != (want == nil) || notes != nil && *notes != want {
			t.Errorf("text %q came out as %v (%v)", want, notes, err)
		}
	}
	for i, want := range oddInstants {
		at, err := database.One(t.Context(), db.Read(), func(row database.Row) (at time.Time, err error) {
			err = row.Scan(database.ScanInstant(&at))
			return at, err
		}, `SELECT timestamp FROM audit_log WHERE store_id = 's1' AND id = $1`, fmt.Sprint(i))
		if got := at.Format("2006-01-02T15:04:05.000000Z"); err != nil || got != want {
			t.Errorf("instant %s came out as %s (%v)", want, got, err)
		}
	}
	by, err := database.Values[string](t.Context(), db.Read(), `SELECT id || deleted_by FROM users WHERE deleted_by IS NOT NULL ORDER BY id`)
	if got := fmt.Sprint(by); err != nil || got != "[ab bc ca dd zs1]" {
		t.Errorf("deleted by: %s (%v)", got, err)
	}
}
