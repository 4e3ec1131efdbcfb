package app_test

import (
	"context"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

func dropItems(tx *database.Handle) error {
	_, err := tx.Exec(context.Background(), `ALTER TABLE tracking_items RENAME TO tracking_items_away`)
	return err
}

// ready is what a server says that has nothing to complain of.
var ready = map[database.Engine]string{
	database.SQLite:     `{"status": "ok", "backup": {"last_at": null, "age_seconds": null}}`,
	database.PostgreSQL: `{"status": "ok"}`, // which nobody but its own tools backs up
}

func TestAServerWithACurrentSchemaIsReady(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().Get("/healthz").Expect(200, `{"status": "ok"}`)
		s.Anybody().Get("/readyz").Expect(200, ready[s.Engine])
	})
}

// While nodes are upgraded one by one, the first migrates for all; the others
// serve on.
func TestAServerIsReadyOnADatabaseThatIsNewer(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Anybody().Get("/readyz").Expect(200, ready[s.Engine])
	})
}

func TestAServerWhoseSchemaLacksSomethingIsNotReady(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), `DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Anybody().Get("/readyz").ExpectError(503, "The database schema is not current")
		s.Anybody().Get("/healthz").ExpectStatus(200)
	})
}
