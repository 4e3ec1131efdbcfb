package backup

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// A new table is either in the archive, or the list says why it is not.
func TestTheListHasEveryTableOfTheSchema(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		query := map[database.Engine]string{
			database.SQLite:     `SELECT name FROM sqlite_schema WHERE type = 'table'`,
			database.PostgreSQL: `SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'`,
		}[db.Engine()]
		names, err := database.Values[string](t.Context(), db.Read(), query)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if _, listed := treatment(name); !listed && !strings.HasPrefix(name, "goose_") && !strings.HasPrefix(name, "sqlite_") {
				t.Errorf("table %s is not in the list in tables.go: is it to be in backups?", name)
			}
		}
	})
}

// Restoring loads tables in the order of the list.
func TestATableStandsInTheListAfterThoseThatItRefersTo(t *testing.T) {
	db := dbtest.Open(t, database.SQLite)
	place := func(name string) int {
		return slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	}
	for i, one := range tables {
		refers, err := database.All(t.Context(), db.Read(), func(row database.Row) (r [2]string, err error) {
			err = row.Scan(&r[0], &r[1])
			return r, err
		}, `SELECT "table", "from" FROM pragma_foreign_key_list($1)`, one.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range refers {
			switch to := place(r[0]); {
			case to == i && r[1] != one.later:
				t.Errorf("%s.%s refers to its own table: name it as later", one.name, r[1])
			case to > i:
				t.Errorf("%s refers to %s, which comes after it", one.name, r[0])
			}
		}
	}
}

// The kinds of SQLite are told from its CHECKs, and must be what PostgreSQL's
// types say, in every version of the schema that an archive may have.
func TestBothEnginesDescribeEveryVersionAlike(t *testing.T) {
	sqlite := dbtest.Connect(t, dbtest.EmptyURL(t, database.SQLite))
	postgres := dbtest.Connect(t, dbtest.EmptyURL(t, database.PostgreSQL))
	newest, err := sqlite.NewestSchema()
	if err != nil {
		t.Fatal(err)
	}
	for version := int64(1); version <= newest; version++ {
		described := map[database.Engine][]Table{}
		for _, db := range []*database.DB{sqlite, postgres} {
			if err := db.MigrateTo(t.Context(), version); err != nil {
				t.Fatal(err)
			}
			err := db.InReadTx(t.Context(), func(tx *database.Handle) (err error) {
				described[db.Engine()], err = describe(t.Context(), tx)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		diff := cmp.Diff(described[database.PostgreSQL], described[database.SQLite], cmp.AllowUnexported(Table{}))
		if diff != "" {
			t.Errorf("version %d: a boolean of SQLite needs CHECK (x IN (false, true)), an instant CHECK (length(x) = 27), "+
				"a date CHECK (length(x) = 10) (-postgres +sqlite):\n%s", version, diff)
		}
	}
}
