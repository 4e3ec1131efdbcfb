package dbtest

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Crowded is a database in which two stores, "here" and "there", have the same
// long past each, so that it matters how a query finds its rows.
func Crowded(tb testing.TB, engine database.Engine, past Past, end time.Time) *database.DB {
	tb.Helper()
	db := Open(tb, engine)
	for _, store := range []string{"here", "there"} {
		AddStore(tb, db, store, end)
		past.Fill(tb, db, store, store, end)
	}
	return db
}

// ExpectPlan fails the test unless a query reads all these indexes, no table
// from end to end, and on PostgreSQL, which tells, at most so many rows at any
// point of its work. sorts is how often SQLite may sort.
func ExpectPlan(tb testing.TB, db *database.DB, indexes []string, rows, sorts int, query string, args ...any) {
	tb.Helper()
	plan := Plan(tb, db, query, args...)
	for _, index := range indexes {
		if !regexp.MustCompile(`\b` + index + `\b`).MatchString(plan) {
			tb.Errorf("the plan does without %s", index)
		}
	}
	if whole := wholeTable.FindString(plan); whole != "" {
		tb.Errorf("the plan reads a table from end to end: %s", whole)
	}
	if n := strings.Count(plan, "TEMP B-TREE"); n > sorts {
		tb.Errorf("the plan sorts %d times, want at most %d", n, sorts)
	}
	for _, match := range rowsRead.FindAllStringSubmatch(plan, -1) {
		if n, err := strconv.Atoi(match[1]); err != nil || n > rows {
			tb.Errorf("the plan reads %s rows at one point, want at most %d", match[1], rows)
		}
	}
	tb.Logf("%s\n%s", db.Engine(), plan)
	if tb.Failed() {
		tb.Logf("of %s", query)
	}
}

var (
	wholeTable = regexp.MustCompile(`(?m)(Seq Scan|SCAN)( on)? (tracking|milk|rtde|audit)_.*$`)
	rowsRead   = regexp.MustCompile(`(?:actual rows=|Rows Removed by [\w ]+: )(\d+)`)
)

// Plan is how the engine goes about a query.
func Plan(tb testing.TB, db *database.DB, query string, args ...any) string {
	tb.Helper()
	explain, columns := "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ", 1
	if db.Engine() == database.SQLite {
		explain, columns = "EXPLAIN QUERY PLAN ", 4
	}
	lines, err := database.All(tb.Context(), db.Read(), func(row database.Row) (string, error) {
		cells, dest := make([]string, columns), make([]any, columns)
		for i := range cells {
			dest[i] = &cells[i]
		}
		err := row.Scan(dest...)
		return cells[columns-1], err
	}, explain+query, args...)
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
