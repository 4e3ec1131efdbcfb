package backup

import (
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// A backup that was made before an upgrade comes back as what the upgrade would
// have made of the data.
func TestABackupOfAnOlderSchemaIsBroughtUpToDate(t *testing.T) {
	eachPair(t, func(t *testing.T, from, into database.Engine) {
		newest, err := dbtest.Open(t, from).NewestSchema()
		if err != nil {
			t.Fatal(err)
		}
		for _, version := range []int64{2, newest - 1} {
			t.Run(fmt.Sprint("version ", version), func(t *testing.T) {
				source := dbtest.Connect(t, dbtest.EmptyURL(t, from))
				if err := source.MigrateTo(t.Context(), version); err != nil {
					t.Fatal(err)
				}
				dbtest.AddStore(t, source, "s1", noon)
				if version >= 4 {
					dbtest.Past{History: 100}.Fill(t, source, "s1", "s1", noon)
				}
				archive := archiveOf(t, source)
				if _, err := source.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
				want := contentsOf(t, source)

				// Into nothing, and in place of something.
				empty, full := dbtest.Connect(t, dbtest.EmptyURL(t, into)), target(t, into)
				for _, db := range []*database.DB{empty, full} {
					if err := restore(t.Context(), archive, db, Restoring{Replace: db == full}); err != nil {
						t.Fatal(err)
					}
					if err := db.CheckSchema(t.Context()); err != nil {
						t.Error(err)
					}
					expectSame(t, "the restored database", want, contentsOf(t, db))
				}
			})
		}
	})
}

func TestNothingIsNoBackup(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		db := dbtest.Connect(t, dbtest.EmptyURL(t, engine))
		if _, err := maker().Write(t.Context(), db, nil); err == nil || err.Error() != "there is nothing in the database yet" {
			t.Errorf("%s: %v", engine, err)
		}
	}
}
