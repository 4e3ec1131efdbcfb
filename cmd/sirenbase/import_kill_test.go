package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

// kills is how often an import is killed on each engine.
const kills = 25

// TestAKilledImportLeavesEverythingOrNothing kills the real program at random
// moments, SIGKILL, which nothing can be done about.
func TestAKilledImportLeavesEverythingOrNothing(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "sirenbase")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	source := legacytest.Sample(t)
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			i := importing{binary: binary, source: source}
			began := time.Now()
			i.run(t, t.Context(), dbtest.EmptyURL(t, engine), true)
			took := time.Since(began)
			url := dbtest.EmptyURL(t, engine)
			i.run(t, t.Context(), url, true)
			whole := imported(t, url)
			found := map[string]int{}
			for range kills {
				found[i.killedAt(t, dbtest.EmptyURL(t, engine), rand.N(took+took/10), whole)]++
			}
			t.Logf("an import takes %v; of %d that were killed: %v", took.Round(time.Millisecond), kills, found)
			if found["empty"] == 0 {
				t.Error("none was killed before its end")
			}
		})
	}
}

type importing struct{ binary, source string }

// run imports into a database, which must go well if it is not killed.
func (i importing) run(t *testing.T, ctx context.Context, url string, mustEnd bool) {
	t.Helper()
	cmd := exec.CommandContext(ctx, i.binary, "import", "--from", i.source)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "DATABASE_URL="+url, "DATA_DIR="+cmd.Dir,
		"SECRET_KEY=a pepper for imports, long enough to be taken", "JWT_SECRET_KEY=a signing key, long enough to be taken")
	out, err := cmd.CombinedOutput()
	if err != nil && (mustEnd || ctx.Err() == nil) {
		t.Fatalf("%v\n%s", err, out)
	}
}

// killedAt says what a killed import left. Where it is nothing, the next one
// goes through.
func (i importing) killedAt(t *testing.T, url string, moment time.Duration, whole map[string][]string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), moment)
	defer cancel()
	i.run(t, ctx, url, false)
	left := imported(t, url)
	if len(left["users"]) > 0 {
		expectWhole(t, left, whole)
		return "whole"
	}
	for table, rows := range left {
		if len(rows) > 0 && !firstRun[table] {
			t.Errorf("killed after %v, there is nobody, but %d rows in %s", moment, len(rows), table)
		}
	}
	i.run(t, t.Context(), url, true)
	expectWhole(t, imported(t, url), whole)
	return "empty"
}

func expectWhole(t *testing.T, got, whole map[string][]string) {
	t.Helper()
	for table, rows := range whole {
		if !slices.Equal(got[table], rows) {
			t.Errorf("%s has %d rows, which are not the %d of a whole import", table, len(got[table]), len(rows))
		}
	}
}

// firstRun are the tables that have rows in an empty SirenBase.
var firstRun = map[string]bool{"tracking_codes": true, "tracking_name_templates": true, "milk_types": true, "milk_par_levels": true}

// importedColumns are what every import of the sample must leave the same.
var importedColumns = map[string]string{
	"users":                   "id partner_number name pin_hash role is_owner status deleted_at deleted_by created_at updated_at",
	"store_members":           "user_id",
	"tracking_items":          "id name name_key category code added_by added_at is_removed removed_at removed_by",
	"tracking_codes":          "code in_use freed_at",
	"tracking_history":        "id action item_name item_code user_id timestamp notes received_at",
	"tracking_name_templates": "id name name_key category created_at updated_at",
	"milk_types":              "id name name_key category display_order active created_at updated_at",
	"milk_par_levels":         "id milk_type_id par_value updated_at updated_by",
	"milk_sessions": "id session_date status reopened night_foh_saved_at night_foh_user_id night_boh_saved_at night_boh_user_id " +
		"morning_saved_at morning_user_id on_order_saved_at on_order_user_id completed_at created_at received_at",
	"milk_entries": "id session_id milk_type_id foh_count boh_count morning_method current_boh delivered on_order par_value " +
		"updated_at updated_by",
	"rtde_items": "id name brand image_filename icon par_level display_order active was_used created_at updated_at",
	"rtde_sessions": "id user_id started_by status started_at expires_at completed_at items_counted items_pulled units_pulled " +
		"duration_seconds received_at",
	"rtde_session_counts": "session_id item_id counted_quantity is_pulled updated_at",
	"audit_log":           "type title description details actor_name",
}

// imported is what stands in a database, by table; nothing where the schema is
// not there yet.
func imported(t *testing.T, url string) map[string][]string {
	t.Helper()
	db, err := database.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	// A server may still be busy with what the killed one sent last. Whoever
	// imports has the store's row locked.
	err = db.InTx(t.Context(), func(tx *database.Handle) error {
		_, err := database.Values[string](t.Context(), tx, "SELECT id FROM stores "+tx.Engine().ForUpdate())
		return err
	})
	if err != nil && !ofNoSchema(err) {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for table, columns := range importedColumns {
		var texts []string
		for _, column := range strings.Fields(columns) {
			texts = append(texts, "coalesce(CAST("+column+" AS text), 'null')")
		}
		rows[table], err = database.Values[string](t.Context(), db.Read(),
			"SELECT "+strings.Join(texts, " || '|' || ")+" FROM "+table+" ORDER BY 1")
		if err != nil && !ofNoSchema(err) {
			t.Fatal(err)
		}
	}
	return rows
}

// ofNoSchema says whether a query failed because the schema is not made yet, or
// not all of it.
func ofNoSchema(err error) bool {
	for _, words := range []string{"no such table", "no such column", "does not exist"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}
