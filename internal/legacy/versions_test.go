package legacy_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/legacy"
	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

func TestOtherVersionsOfTheOldSchemaMoveInToo(t *testing.T) {
	for name, change := range map[string]string{
		"later names": `
			ALTER TABLE milk_count_entries RENAME TO milk_order_entries;
			ALTER TABLE milk_count_milk_types RENAME TO milk_order_milk_types;
			ALTER TABLE milk_count_par_levels RENAME TO milk_order_par_levels;
			ALTER TABLE milk_count_sessions RENAME TO milk_order_sessions;`,
		"before orders, brands and deleted users": `
			ALTER TABLE milk_count_entries DROP COLUMN on_order;
			ALTER TABLE milk_count_sessions DROP COLUMN on_order_saved_at;
			ALTER TABLE milk_count_par_levels DROP COLUMN updated_by;
			ALTER TABLE rtde_items DROP COLUMN brand, DROP COLUMN image_filename, DROP COLUMN icon;
			ALTER TABLE users DROP COLUMN is_deleted, DROP COLUMN deleted_at, DROP COLUMN deleted_by;
			DROP TABLE item_name_suggestions;`,
		"uuids, zones and no version": `
			ALTER TABLE item_name_suggestions ALTER COLUMN id TYPE uuid USING id::uuid;
			ALTER TABLE tracking_history ALTER COLUMN "timestamp" TYPE timestamptz USING "timestamp" AT TIME ZONE 'UTC';
			DROP TABLE alembic_version;`,
	} {
		t.Run(name, func(t *testing.T) {
			source := legacytest.Sample(t)
			lastLine := *legacytest.Rows(t, source,
				`SELECT to_char(max("timestamp"), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') FROM tracking_history`)[0][0]
			legacytest.Run(t, source, change)
			s := empty(t, database.PostgreSQL) // the other engine makes no difference to what is read
			moveIn(t, s, source)
			c := s.LogIn("ADMIN001", "1234")
			for path, total := range map[string]float64{
				"/api/milk-count/history?status=completed": 62, "/api/rtde/history": 36,
			} {
				if got := c.Get(path).ExpectStatus(200).Value("total"); got != total {
					t.Errorf("%s: %v", path, got)
				}
			}
			c.Get("/api/milk-count/sessions/11b9ad0a-c248-4eaa-a7f9-9a115df861a4/summary").ExpectStatus(200)
			at := c.Get("/api/tracking/history?limit=1").Text("history.0.timestamp")
			if at != lastLine {
				t.Errorf("the last line is of %s, want %s", at, lastLine)
			}
		})
	}
}

func TestADatabaseThatIsNotTheOldOneIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ change, want string }{
		"no table":  {`DROP TABLE tracking_items`, "is not a database of the old SirenBase: it has no table tracking_items"},
		"no milk":   {`DROP TABLE milk_count_milk_types CASCADE`, "is not a database of the old SirenBase: it has no table milk_count_milk_types"},
		"no column": {`ALTER TABLE users DROP COLUMN pin_hash`, "is not a database of the old SirenBase: its table users has no column pin_hash"},
	} {
		t.Run(name, func(t *testing.T) {
			source := legacytest.Empty(t)
			legacytest.Run(t, source, c.change)
			if _, err := legacy.Read(t.Context(), source); err == nil || !strings.HasSuffix(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
	ours := dbtest.URL(t, database.PostgreSQL)
	if _, err := legacy.Read(t.Context(), ours); err == nil || !strings.HasSuffix(err.Error(), "it has no table milk_count_milk_types") {
		t.Errorf("ours: %v", err)
	}
}

// The old database may be of a server, and in an encoding, that ours may not.
func TestNamesComeInRightFromAnotherEncoding(t *testing.T) {
	beside := legacytest.Empty(t)
	at, err := url.Parse(beside)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(at.Path, "/") + "_latin"
	legacytest.Run(t, beside, "CREATE DATABASE "+name+" ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
	t.Cleanup(func() { legacytest.Drop(t, beside, name) })
	at.Path = "/" + name
	source := at.String()
	legacytest.Install(t, source)
	legacytest.Run(t, source, `INSERT INTO users (id, partner_number, name, pin_hash, role, created_at, updated_at)
		VALUES ('u-1', 'BOSS1', U&'M\00EDa', `+hash+`, 'admin', '2025-01-01', '2025-01-01')`)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		if got := valueOf(t, s.DB, `SELECT name FROM users`); got != "Mía" {
			t.Errorf("%q", got)
		}
	})
}
