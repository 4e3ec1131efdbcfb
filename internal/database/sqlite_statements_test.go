package database_test

import (
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestAStatementWhoseRowsAreBeingReadIsRunBesideItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		const query = `SELECT $1 UNION ALL SELECT $1 + 1 UNION ALL SELECT $1 + 2`
		err := db.InReadTx(t.Context(), func(tx *database.Handle) error {
			if tx.Engine() == database.PostgreSQL {
				return nil // whose connections have one thing to do at a time
			}
			var outer []int
			err := database.Each(t.Context(), tx, func(row database.Row) error {
				var n int
				if err := row.Scan(&n); err != nil {
					return err
				}
				outer = append(outer, n)
				inner, err := database.Values[int](t.Context(), tx, query, 10*n)
				if len(inner) != 3 || inner[0] != 10*n {
					t.Errorf("beside %d: %v", n, inner)
				}
				return err
			}, query, 1)
			if fmt.Sprint(outer) != "[1 2 3]" {
				t.Errorf("outer: %v", outer)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestMoreStatementsThanAreKeptAreRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		for round := range 2 {
			for n := range 300 {
				got, err := database.Value[int](t.Context(), db.Read(), fmt.Sprintf(`SELECT %d + 1`, n))
				if err != nil || got != n+1 {
					t.Fatalf("round %d: %d, %v", round, got, err)
				}
			}
		}
	})
}

func TestAStatementSurvivesAChangeOfTheSchema(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		change := func(statement string) {
			mustTx(t, db, func(tx *database.Handle) error {
				_, err := tx.Exec(t.Context(), statement)
				return err
			})
		}
		change(`CREATE TABLE things (name text)`)
		change(`INSERT INTO things (name) VALUES ('a')`)
		const count = `SELECT count(*) FROM things`
		for range 3 {
			if n, err := database.Value[int](t.Context(), db.Read(), count); n != 1 || err != nil {
				t.Fatal(n, err)
			}
		}
		change(`ALTER TABLE things ADD COLUMN size integer`)
		change(`CREATE INDEX things_by_name ON things (name)`)
		if n, err := database.Value[int](t.Context(), db.Read(), count); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	})
}
