package database_test

import (
	_ "embed"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

var update = flag.Bool("update", false, "write the golden files")

// The files in schema/ show what the migrations add up to.
func TestSchemaIsAsWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		golden := filepath.Join("schema", string(db.Engine())+".sql")
		got := schemaOf(t, db)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil { //nolint:gosec // it is source
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs; run go test ./internal/database -update (-want +got):\n%s", golden, diff)
		}
	})
}

//go:embed testdata/schema_sqlite.sql
var readSQLiteSchema string

//go:embed testdata/schema_postgres.sql
var readPostgresSchema string

// schemaOf writes the schema out as SQL, table by table, without the table in
// which goose keeps its versions.
func schemaOf(t *testing.T, db *database.DB) string {
	t.Helper()
	query := readSQLiteSchema
	if db.Engine() == database.PostgreSQL {
		query = readPostgresSchema
	}
	statements, err := database.All(t.Context(), db.Read(), func(row database.Row) (string, error) {
		var statement string
		err := row.Scan(&statement)
		return statement, err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	return "-- Written by go test ./internal/database -update; do not edit.\n\n" + strings.Join(statements, "\n")
}
