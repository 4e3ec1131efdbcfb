// Package legacytest makes databases of the old system for tests: the last
// version of its schema, a made-up sample of a shop in it, and a shop with a
// long past.
package legacytest

import (
	"context"
	_ "embed"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

//go:embed schema.sql
var schema string

//go:embed sample.sql
var sample string

// Empty is the address of an old database with nothing in it.
func Empty(tb testing.TB) string {
	tb.Helper()
	url := dbtest.EmptyURL(tb, database.PostgreSQL)
	Install(tb, url)
	return url
}

// Install makes the old tables in a database.
func Install(tb testing.TB, url string) {
	tb.Helper()
	Run(tb, url, schema)
}

// Sample is the address of an old database with a shop in it. The PIN of
// ADMIN001 is 1234, everybody else's is 5678.
func Sample(tb testing.TB) string {
	tb.Helper()
	url := Empty(tb)
	Run(tb, url, sample)
	return url
}

// Run sends statements to a PostgreSQL database.
func Run(tb testing.TB, url, statements string) {
	tb.Helper()
	conn := connect(tb, url)
	defer func() { _ = conn.Close(tb.Context()) }()
	if _, err := conn.PgConn().Exec(tb.Context(), statements).ReadAll(); err != nil {
		tb.Fatal(err)
	}
}

// Drop drops a database of the same server, when its test is over.
func Drop(tb testing.TB, url, name string) {
	tb.Helper()
	ctx := context.Background() // the test's own is over
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		tb.Error(err)
	}
}

// Rows are the answers of a query, as text; nil for null.
func Rows(tb testing.TB, url, query string) [][]*string {
	tb.Helper()
	conn := connect(tb, url)
	defer func() { _ = conn.Close(tb.Context()) }()
	results, err := conn.PgConn().Exec(tb.Context(), query).ReadAll()
	if err != nil || len(results) != 1 {
		tb.Fatalf("%v in %s", err, query)
	}
	var rows [][]*string
	for _, raw := range results[0].Rows {
		row := make([]*string, len(raw))
		for i, value := range raw {
			if value != nil {
				text := string(value)
				row[i] = &text
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Dump is every row of every table, by table.
func Dump(tb testing.TB, url string) map[string][]string {
	tb.Helper()
	dump := map[string][]string{}
	for _, table := range Rows(tb, url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`) {
		lines := []string{}
		for _, row := range Rows(tb, url, `SELECT CAST(t AS text) FROM "`+*table[0]+`" t ORDER BY 1`) {
			lines = append(lines, *row[0])
		}
		dump[*table[0]] = lines
	}
	return dump
}

func connect(tb testing.TB, url string) *pgx.Conn {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), url)
	if err != nil {
		tb.Fatal(err)
	}
	return conn
}
