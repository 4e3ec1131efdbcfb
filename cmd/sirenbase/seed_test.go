package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// No command takes the last admin away; an import or a person with SQL may.
func TestSeedingNeedsAnActiveAdmin(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			settings := apptest.Settings(t, dbtest.URL(t, engine))
			c := newConsole(strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{})
			start := seeding{admin: identity.NewUser{PartnerNumber: "ADMIN001", Name: "Administrator", PIN: "4711"}}
			seedAfter := func(change string) (seeded, error) {
				err := withDatabase(t.Context(), settings.Database, func(db *database.DB) error {
					return db.InTx(t.Context(), func(tx *database.Handle) error {
						_, err := tx.Exec(t.Context(), change)
						return err
					})
				})
				if err != nil {
					t.Fatal(err)
				}
				return c.seed(t.Context(), settings, start)
			}
			if done, err := c.seed(t.Context(), settings, start); err != nil || !done.admin {
				t.Fatalf("%+v, %v", done, err)
			}
			_, err := seedAfter(`UPDATE users SET status = 'deleted', deleted_at = created_at`)
			if err == nil || !strings.HasPrefix(err.Error(), "there are accounts, but no active admin: ") {
				t.Errorf("with a deleted admin: %v", err)
			}
			// Somebody who waits, and there never was an admin: one is made.
			start.admin.PartnerNumber = "ADMIN002"
			done, err := seedAfter(`UPDATE users SET status = 'pending', deleted_at = NULL, role = 'staff', is_owner = false`)
			if err != nil || !done.admin {
				t.Errorf("with a pending partner: %+v, %v", done, err)
			}
		})
	}
}
