package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// column is one of the database, as it calls itself.
type column struct{ table, name string }

func columns(t *testing.T, s *apptest.Server) []column {
	t.Helper()
	query := `SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
		WHERE t.type = 'table' ORDER BY t.name, c.cid`
	if s.Engine == database.PostgreSQL {
		query = `SELECT table_name, column_name FROM information_schema.columns
			WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`
	}
	all, err := database.All(t.Context(), s.DB.Read(), func(row database.Row) (column, error) {
		var c column
		err := row.Scan(&c.table, &c.name)
		return c, err
	}, query)
	must(t, err)
	return all
}

// ownedBy says which rows of a table are a store's; of those tables that have
// no store, which are those of its people.
func ownedBy(table string, names []string) string {
	const people = `(SELECT id FROM users WHERE home_store_id = $1)`
	switch {
	case slices.Contains(names, "store_id"):
		return "store_id = $1"
	case table == "stores":
		return "id = $1"
	case table == "users":
		return "home_store_id = $1"
	case slices.Contains(names, "user_id"):
		return "user_id IN " + people
	case slices.Contains(names, "partner_number"):
		return "partner_number IN (SELECT partner_number FROM users WHERE home_store_id = $1)"
	default:
		return ""
	}
}

// belongings reads every row of a store, a line each, and every id in them.
func belongings(t *testing.T, s *apptest.Server, store string) (lines []string, ids map[string]bool) {
	t.Helper()
	tables := map[string][]string{}
	for _, c := range columns(t, s) {
		tables[c.table] = append(tables[c.table], c.name)
	}
	ids = map[string]bool{}
	for table, names := range tables {
		where := ownedBy(table, names)
		if where == "" {
			continue
		}
		values := make([]string, len(names))
		for i, name := range names {
			values[i] = fmt.Sprintf("coalesce(CAST(%s AS text), '-')", name)
		}
		const separator = "\x1f"
		rows, err := database.Values[string](t.Context(), s.DB.Read(),
			`SELECT `+strings.Join(values, ` || '`+separator+`' || `)+` FROM `+table+` WHERE `+where, store)
		must(t, err)
		for _, row := range rows {
			for i, value := range strings.Split(row, separator) {
				if (names[i] == "id" || strings.HasSuffix(names[i], "_id")) && len(value) > len("0101") {
					ids[value] = true
				}
			}
			lines = append(lines, table+": "+strings.ReplaceAll(row, separator, " | "))
		}
	}
	slices.Sort(lines)
	return lines, ids
}
