package legacy_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/legacy"
	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

// mia2001 is the id of a partner in the sample.
const mia = "fa544cde-3677-476c-8aed-0a91a39ca475"

// gone is the id of a deleted one.
const gone = "5c7e7437-dfc0-40ff-85a7-e57b82a59daa"

const hash = `'scrypt:32768:8:1$salt$` + zeros + `'`

const zeros = "0000000000000000000000000000000000000000000000000000000000000000" +
	"0000000000000000000000000000000000000000000000000000000000000000"

func addUser(id, number, created, deleted string) string {
	return `INSERT INTO users (id, partner_number, name, pin_hash, role, created_at, updated_at, is_deleted) VALUES ('` +
		id + `', '` + number + `', 'Someone', ` + hash + `, 'staff', '` + created + `', '` + created + `', ` + deleted + `);`
}

func TestRowsThatHaveNoPlaceStopTheImport(t *testing.T) {
	for name, c := range map[string]struct{ spoil, want string }{
		"two numbers that differ in case": {
			addUser("u-2", "Mia2001", "2025-12-01", "false"),
			"users u-2: the partner number Mia2001 is the same as mia2001 of " + mia + ": change one of them, or use --rename-duplicates",
		},
		"a number that is too short": {
			addUser("u-2", "ab1", "2025-12-01", "false"), `users u-2: the partner number "ab1" is not 4 to 20 letters and digits`,
		},
		"a PIN that nobody can check": {
			`UPDATE users SET pin_hash = 'md5$x$y' WHERE partner_number = 'SAM9001'`,
			"users fa7397dc-f50e-4685-8791-3debfc442fe1: the PIN of SAM9001 is hashed in a way that is not known: set it anew in the old system",
		},
		"no admin": {
			`UPDATE users SET is_deleted = true WHERE role = 'admin'`,
			"users : there is no active admin who could own the installation: make one in the old system",
		},
		"a code that is none": {
			`UPDATE tracking_items SET code = '٣١٧٨' WHERE code = '3178'`,
			`tracking_items bbdf9872-f4e1-4333-b1db-f015d1d49398: the code "٣١٧٨" is not four digits`,
		},
		"two active items with one code": {
			`DROP INDEX ix_tracking_items_code; UPDATE tracking_items SET code = '8577' WHERE code = '3178'`,
			"tracking_items bbdf9872-f4e1-4333-b1db-f015d1d49398: the code 8577 is also that of 36067d99-e516-462d-908b-5765815c1288, and neither is removed",
		},
		"milks that differ in case": {
			`UPDATE milk_count_milk_types SET name = 'WHOLE' WHERE name = 'Soy'`,
			`milk_count_milk_types mt-009-soy: the name "WHOLE" is the same as that of mt-001-whole`,
		},
		"a milk of no category": {
			`UPDATE milk_count_milk_types SET category = 'nuts' WHERE name = 'Soy'`,
			`milk_count_milk_types mt-009-soy: the category "nuts" is neither dairy nor non_dairy`,
		},
		"a negative par": {
			`UPDATE milk_count_par_levels SET par_value = -1 WHERE id = 'pl-003'`,
			"milk_count_par_levels pl-003: par_value is -1, and not between 0 and 1000000",
		},
		"a count beyond all measure": {
			`UPDATE milk_count_entries SET foh_count = 1000001 WHERE id = 'c7da2b67-1227-4cee-a57f-4bcdd777a24f'`,
			"milk_count_entries c7da2b67-1227-4cee-a57f-4bcdd777a24f: foh_count is 1000001, and not between 0 and 1000000",
		},
		"an unknown method": {
			`UPDATE milk_count_entries SET morning_method = 'guess' WHERE id = 'c7da2b67-1227-4cee-a57f-4bcdd777a24f'`,
			`milk_count_entries c7da2b67-1227-4cee-a57f-4bcdd777a24f: the method "guess" is none`,
		},
		"an unknown status": {
			`UPDATE milk_count_sessions SET status = 'paused' WHERE session_date = '2025-12-16'`,
			`milk_count_sessions 11b9ad0a-c248-4eaa-a7f9-9a115df861a4: the status "paused" is none`,
		},
		"two sessions of one date": {
			`ALTER TABLE milk_count_sessions DROP CONSTRAINT milk_count_sessions_session_date_key;
			UPDATE milk_count_sessions SET session_date = '2025-12-16' WHERE session_date = '2025-12-17'`,
			"milk_count_sessions c5afb174-43f1-4c4b-8c3e-cbd896624039: the date 2025-12-16 is also that of 11b9ad0a-c248-4eaa-a7f9-9a115df861a4",
		},
		"a display item of no par": {
			`UPDATE rtde_items SET par_level = 0 WHERE name = 'Display item 2'`,
			"rtde_items 0b066439-13ba-425e-9eb7-093e948c71df: par_level is 0, and not between 1 and 1000000",
		},
		"a negative count of the display": {
			`UPDATE rtde_session_counts SET counted_quantity = -4 WHERE id = 'c3da3867-de0a-468e-8a7e-3ca2803f871b'`,
			"rtde_session_counts 1c859926-8eb3-4d49-890b-88c3fba69dce: counted_quantity is -4, and not between 0 and 1000000",
		},
		"a moment after all others": {
			`UPDATE users SET created_at = 'infinity' WHERE id = '` + mia + `'`,
			"users " + mia + ": created_at is not within the years 1 to 9999",
		},
		"a moment before all others": {
			`UPDATE users SET deleted_at = '-infinity' WHERE partner_number = 'OLD0001'`,
			"users " + gone + ": deleted_at is not within the years 1 to 9999",
		},
		"a year of five digits": {
			`UPDATE rtde_items SET updated_at = '10000-01-01' WHERE name = 'Display item 2'`,
			"rtde_items 0b066439-13ba-425e-9eb7-093e948c71df: updated_at is not within the years 1 to 9999",
		},
		"a date after all others": {
			`UPDATE milk_count_sessions SET session_date = 'infinity' WHERE session_date = '2025-12-16'`,
			"milk_count_sessions 11b9ad0a-c248-4eaa-a7f9-9a115df861a4: session_date is not within the years 1 to 9999",
		},
		"no id": {
			`INSERT INTO item_name_suggestions (id, name, category, created_at, updated_at) VALUES ('', 'New', 'cups', '2025-01-01', '2025-01-01')`,
			"item_name_suggestions : the id has 0 characters, and not 1 to 36",
		},
		"an id that is too long": {
			`ALTER TABLE item_name_suggestions ALTER COLUMN id TYPE text;
			INSERT INTO item_name_suggestions (id, name, category, created_at, updated_at)
			VALUES ('0123456789012345678901234567890123456', 'New', 'cups', '2025-01-01', '2025-01-01')`,
			"item_name_suggestions 0123456789012345678901234567890123456: the id has 37 characters, and not 1 to 36",
		},
		"a place among milks that is too far": {
			`UPDATE milk_count_milk_types SET display_order = 2147483647 WHERE name = 'Soy'`,
			"milk_count_milk_types mt-009-soy: display_order is 2147483647, and not between -1000000 and 1000000",
		},
		"a place in the display that is too far": {
			`UPDATE rtde_items SET display_order = -1000001 WHERE name = 'Display item 2'`,
			"rtde_items 0b066439-13ba-425e-9eb7-093e948c71df: display_order is -1000001, and not between -1000000 and 1000000",
		},
		"an unknown status of the display": {
			`UPDATE rtde_count_sessions SET status = 'lost' WHERE id = 'ae55b84c-f12c-41fa-9fed-264379337101'`,
			`rtde_count_sessions ae55b84c-f12c-41fa-9fed-264379337101: the status "lost" is none`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			source := legacytest.Sample(t)
			legacytest.Run(t, source, c.spoil)
			old, err := legacy.Read(t.Context(), source)
			if err != nil {
				t.Fatal(err)
			}
			err = old.Check(legacy.Options{})
			var unfit *legacy.UnfitError
			if !errors.As(err, &unfit) || len(unfit.Problems) != 1 {
				t.Fatalf("%v", err)
			}
			p := unfit.Problems[0]
			if got := p.Table + " " + p.ID + ": " + p.What; got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
			if strings.Contains(p.What, "$") {
				t.Errorf("a hash is told: %s", p.What)
			}
		})
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	source := legacytest.Sample(t)
	legacytest.Run(t, source, addUser("u-2", "MIA2001", "2025-12-01", "false")+
		`UPDATE rtde_items SET par_level = 0; UPDATE milk_count_par_levels SET par_value = -1;`)
	old, err := legacy.Read(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	err = old.Check(legacy.Options{})
	if want := "33 rows of the old database cannot be moved as they are; nothing was changed"; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// The number stays with whoever is there the longest, and is still there.
func TestNumbersThatDifferInCaseAreRenamedIfAskedFor(t *testing.T) {
	source := legacytest.Sample(t)
	legacytest.Run(t, source, addUser("u-1", "MIA2001", "2020-01-01", "true")+addUser("u-2", "Mia2001", "2025-12-01", "false")+
		addUser("u-3", "mia2001x2", "2025-12-02", "false")+
		addUser("u-4", "abcdefghijklmnopqrst", "2025-12-02", "false")+addUser("u-5", "ABCDEFGHIJKLMNOPQRST", "2025-12-03", "false"))
	want := map[string]string{
		mia: "MIA2001", "u-1": "MIA2001X4", "u-2": "MIA2001X3", "u-3": "MIA2001X2",
		"u-4": "ABCDEFGHIJKLMNOPQRST", "u-5": "ABCDEFGHIJKLMNOPQRX2",
	}
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		move := prepare(t, s, source, legacy.Options{RenameDuplicates: true})
		if _, err := move.Write(t.Context(), into(s)); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for id := range want {
			got[id] = valueOf(t, s.DB, `SELECT partner_number FROM users WHERE id = $1`, id)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		renamed := map[string]string{}
		for _, r := range move.Renamed {
			renamed[r.Old] = r.New
		}
		if diff := cmp.Diff(map[string]string{
			"MIA2001": "MIA2001X4", "Mia2001": "MIA2001X3", "ABCDEFGHIJKLMNOPQRST": "ABCDEFGHIJKLMNOPQRX2",
		}, renamed); diff != "" {
			t.Error(diff)
		}
		s.LogIn("mia2001", "5678")
	})
}

func valueOf(t *testing.T, db *database.DB, query string, args ...any) string {
	t.Helper()
	value, err := database.One(t.Context(), db.Read(), func(row database.Row) (string, error) {
		var text *string
		err := row.Scan(&text)
		if text == nil {
			return "null", err
		}
		return *text, err
	}, query, args...)
	if err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	return value
}

func TestOddRowsAreMovedByRules(t *testing.T) {
	source := legacytest.Sample(t)
	legacytest.Run(t, source, `
		UPDATE tracking_items SET removed_at = NULL WHERE id = (SELECT id FROM tracking_items WHERE is_removed ORDER BY id LIMIT 1);
		UPDATE tracking_items SET removed_at = '2026-01-01' WHERE code = '3178';
		UPDATE users SET deleted_at = NULL, deleted_by = '`+mia+`', updated_at = '2026-02-03' WHERE partner_number = 'OLD0001';
		UPDATE users SET is_deleted = true, deleted_at = '2026-02-01', deleted_by = '5c7e7437-dfc0-40ff-85a7-e57b82a59daa' WHERE id = '`+mia+`';
		UPDATE users SET deleted_at = '2026-02-01' WHERE partner_number = 'SAM9001';
		UPDATE milk_count_milk_types SET display_order = display_order - 1;
		UPDATE milk_count_sessions SET completed_at = NULL WHERE session_date = '2025-12-16';
		UPDATE milk_count_sessions SET completed_at = '2025-12-15' WHERE session_date = '2025-12-15';
		UPDATE milk_count_sessions SET on_order_saved_at = NULL WHERE session_date = '2025-12-17';
		UPDATE rtde_count_sessions SET user_id = '15c8a222-e3e1-4d33-9442-e4c9b0cbcdd3', started_at = '2026-02-19', status = 'in_progress'
			WHERE id IN ('7b97113e-15f0-4541-8b9b-72c5efb7dcaa', '1c859926-8eb3-4d49-890b-88c3fba69dce');
		UPDATE rtde_count_sessions SET completed_at = NULL WHERE id = 'ae55b84c-f12c-41fa-9fed-264379337101';
		UPDATE rtde_session_counts SET session_id = 'ae55b84c-f12c-41fa-9fed-264379337101' WHERE session_id = 'e8979f83-38db-4dc6-a1b7-770a37805abf';
		DELETE FROM item_name_suggestions;`)
	dropped := *legacytest.Rows(t, source, `SELECT min(item_id) FROM rtde_session_counts WHERE session_id = '1c859926-8eb3-4d49-890b-88c3fba69dce'`)[0][0]
	folded := *legacytest.Rows(t, source, `
		SELECT concat_ws(' ', count(*), count(*) FILTER (WHERE is_pulled), sum(greatest(0, par_level - counted_quantity)) FILTER (WHERE is_pulled))
		FROM rtde_session_counts c JOIN rtde_items i ON i.id = c.item_id
		WHERE session_id = 'ae55b84c-f12c-41fa-9fed-264379337101'`)[0][0]
	left := *legacytest.Rows(t, source, `SELECT count(*) FROM rtde_session_counts WHERE session_id IN
		('7b97113e-15f0-4541-8b9b-72c5efb7dcaa', '5bd434ad-86df-4c03-b211-c5b44739750b')`)[0][0]
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		templates := valueOf(t, s.DB, `SELECT CAST(count(*) AS text) FROM tracking_name_templates`)
		move := prepare(t, s, source, legacy.Options{})
		if _, err := move.Write(t.Context(), into(s)); err != nil {
			t.Fatal(err)
		}
		if len(move.Notes) != 2 || !strings.HasSuffix(move.Notes[1], "whose partners had begun others since: 1.") {
			t.Errorf("%q", move.Notes)
		}
		for query, want := range map[string]string{
			`SELECT CAST(count(*) AS text) FROM tracking_items WHERE is_removed AND removed_at = added_at`:                                       "1",
			`SELECT CAST(removed_at AS text) FROM tracking_items WHERE code = '3178'`:                                                            "null",
			`SELECT CAST(count(*) AS text) FROM users WHERE partner_number = 'OLD0001' AND deleted_at = updated_at`:                              "1",
			`SELECT deleted_by FROM users WHERE partner_number = 'OLD0001'`:                                                                      mia,
			`SELECT deleted_by FROM users WHERE partner_number = 'MIA2001'`:                                                                      "5c7e7437-dfc0-40ff-85a7-e57b82a59daa",
			`SELECT CAST(deleted_at AS text) FROM users WHERE partner_number = 'SAM9001'`:                                                        "null",
			`SELECT CAST(min(display_order) AS text) FROM milk_types`:                                                                            "1",
			`SELECT CAST(par_value AS text) FROM milk_par_levels WHERE milk_type_id = 'mt-010-hemp'`:                                             "0",
			`SELECT CAST(count(*) AS text) FROM milk_sessions WHERE session_date = '2025-12-15' AND completed_at = on_order_saved_at`:            "1",
			`SELECT CAST(completed_at AS text) FROM milk_sessions WHERE session_date = '2025-12-14'`:                                             "null",
			`SELECT on_order_user_id FROM milk_sessions WHERE session_date = '2025-12-16'`:                                                       "null",
			`SELECT CAST(count(*) AS text) FROM rtde_sessions WHERE status = 'in_progress' AND user_id = '15c8a222-e3e1-4d33-9442-e4c9b0cbcdd3'`: "1",
			`SELECT CAST(count(*) AS text) FROM rtde_sessions WHERE id = 'ae55b84c-f12c-41fa-9fed-264379337101' AND completed_at = expires_at`:   "1",
			`SELECT CAST(items_counted AS text) || ' ' || CAST(items_pulled AS text) || ' ' || CAST(units_pulled AS text)
				FROM rtde_sessions WHERE id = 'ae55b84c-f12c-41fa-9fed-264379337101'`: folded,
			`SELECT CAST(count(*) AS text) FROM rtde_session_counts`:                                 left,
			`SELECT CASE WHEN was_used THEN 'used' END FROM rtde_items WHERE id = '` + dropped + `'`: "used",
			`SELECT CAST(count(*) AS text) FROM tracking_name_templates`:                             templates,
		} {
			if got := valueOf(t, s.DB, query); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
	})
}
