package app_test

import (
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// twins are the tables of which the far store gets the near one's rows as well,
// under the same ids: those of imported rows are unique in their store alone.
// Parents come first. What is not said here is copied as it is.
var twins = []struct {
	table, where string
	instead      map[string]string
}{
	{table: "milk_types", instead: map[string]string{"name": "'QUOKKA ' || id", "name_key": "'quokka ' || id", "display_order": "777012"}},
	{table: "milk_par_levels", instead: map[string]string{"par_value": "777001"}},
	{table: "milk_sessions"},
	{table: "milk_entries", instead: map[string]string{
		"foh_count": "777002", "boh_count": "777003", "current_boh": "777004", "delivered": "1", "on_order": "777005", "par_value": "777006",
	}},
	{table: "rtde_items", instead: map[string]string{"name": "'QUOKKA ' || id", "par_level": "777007", "display_order": "777011", "was_used": "false"}},
	{table: "rtde_sessions", instead: map[string]string{"items_counted": "777008", "units_pulled": "777009"}},
	{table: "rtde_session_counts", instead: map[string]string{"counted_quantity": "1"}},
	{table: "tracking_items", where: "code NOT LIKE '01%'", instead: map[string]string{"name": "'QUOKKA ' || code", "name_key": "'quokka ' || code"}},
	{table: "tracking_name_templates", instead: map[string]string{"name": "'QUOKKA ' || name"}},
	{table: "tracking_history", instead: map[string]string{"item_name": "'QUOKKA ' || item_code", "notes": "'QUOKKA'"}},
	{table: "audit_log", instead: map[string]string{"description": "'QUOKKA'"}},
}

func makeTwins(t *testing.T, s *apptest.Server, near, far *shop) {
	t.Helper()
	all := columns(t, s)
	must(t, s.DB.InTx(t.Context(), func(tx *database.Handle) error {
		for _, twin := range twins {
			var names, values []string
			for _, c := range all {
				value, changed := twin.instead[c.name]
				switch {
				case c.table != twin.table:
					continue
				case c.name == "store_id":
					value = "CAST($1 AS text)"
				case !changed:
					value = c.name
				}
				names, values = append(names, c.name), append(values, value)
			}
			where := "store_id = $2"
			if twin.where != "" {
				where += " AND " + twin.where
			}
			if _, err := tx.Exec(t.Context(), `INSERT INTO `+twin.table+` (`+strings.Join(names, ", ")+`)
				SELECT `+strings.Join(values, ", ")+` FROM `+twin.table+` WHERE `+where, far.store, near.store); err != nil {
				return err
			}
		}
		return nil
	}))
}
