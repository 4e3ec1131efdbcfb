package database_test

import (
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestTheDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs(t *testing.T) {
	withEmpty(t, func(t *testing.T, url string) {
		db := dbtest.Connect(t, url)
		mustTx(t, db, func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), `CREATE TABLE users (id text)`)
			return err
		})
		before := schemaOf(t, db)
		_, err := db.Migrate(t.Context())
		if err == nil || !strings.Contains(err.Error(), "another program (it has a table users)") {
			t.Errorf("Migrate: %v", err)
		}
		if after := schemaOf(t, db); after != before {
			t.Errorf("the schema was %s and is %s", before, after)
		}
	})
}
