package backup

import "slices"

// table says how a table of the schema is treated. A test holds the list against
// the schemas of both engines; tables that another program may have in a
// PostgreSQL database are not in it, and are never touched.
type table struct {
	name string
	// leftOut is why a table is not in the archive.
	leftOut string
	// later is the column that refers to rows of the same table. It is filled in
	// when all of them are there.
	later string
}

// tables lists every table of any version of the schema, each after those that
// it refers to.
var tables = []table{
	{name: "stores"},
	{name: "users", later: "deleted_by"},
	{name: "store_members"},
	{name: "key_checks"},
	{name: "login_sessions"}, // a restored phone is still logged in
	{name: "login_guards"},   // and a guesser still locked out
	{name: "login_failures"},
	{name: "idempotency_answers"}, // a phone that tries again must not do it twice
	{name: "audit_log"},
	{name: "store_revisions"},
	{name: "store_events"},
	{name: "tracking_codes"},
	{name: "tracking_items"},
	{name: "tracking_history"},
	{name: "tracking_name_templates"},
	{name: "milk_types"},
	{name: "milk_par_levels"},
	{name: "milk_sessions"},
	{name: "milk_entries"},
	{name: "rtde_items"},
	{name: "rtde_sessions"},
	{name: "rtde_session_counts"},
	{name: "setup_codes", leftOut: "there is a first admin in every database worth restoring"},
	{name: "event_tickets", leftOut: "a ticket lives for a minute"},
	{name: "job_leases", leftOut: "who holds one is a process of that moment"},
}

// treatment finds a table in the list.
func treatment(name string) (table, bool) {
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	if i < 0 {
		return table{}, false
	}
	return tables[i], true
}
