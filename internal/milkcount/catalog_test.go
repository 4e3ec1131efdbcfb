package milkcount_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// milkLines lists milks as "order name category active par".
func milkLines(r *apptest.Response) []string {
	r.TB.Helper()
	var list struct {
		MilkTypes []struct {
			Name, Category string
			DisplayOrder   int `json:"display_order"`
			Active         bool
			ParValue       int `json:"par_value"`
		} `json:"milk_types"`
	}
	r.ExpectStatus(http.StatusOK).Into(&list)
	lines := []string{}
	for _, m := range list.MilkTypes {
		lines = append(lines, fmt.Sprintf("%d %s %s %t %d", m.DisplayOrder, m.Name, m.Category, m.Active, m.ParValue))
	}
	return lines
}

var firstShelf = []string{
	"1 2% dairy true 0", "2 Whole dairy true 0", "3 Non-Fat dairy true 0", "4 Half & Half dairy true 0",
	"5 Heavy Cream dairy true 0", "6 Soy non_dairy true 0", "7 Oat non_dairy true 0", "8 Coconut non_dairy true 0",
	"9 Almond non_dairy true 0",
}

func expectMilks(t *testing.T, r *apptest.Response, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, milkLines(r)); diff != "" {
		t.Errorf("the milks differ (-want +got):\n%s", diff)
	}
}

func TestANewStoreHasItsMilksInTheOrderOfTheShelf(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		expectMilks(t, s.staff.Get(typesPath), firstShelf...)
		expectMilks(t, s.admin.Get(allTypesPath), firstShelf...)
		one := s.admin.Put(allTypesPath+"/"+s.milk["Oat"], `{}`)
		one.Expect(200, `{"message": "Milk type updated successfully", "milk_type": {"id": "<id>", "name": "Oat",
			"category": "non_dairy", "display_order": 7, "active": true, "created_at": "<time>", "updated_at": "<time>", "par_value": 0}}`)
		var pars struct {
			ParLevels []map[string]any `json:"par_levels"`
		}
		r := s.admin.Get(parsPath).ExpectStatus(200)
		r.Into(&pars)
		if len(pars.ParLevels) != 9 || pars.ParLevels[6]["milk_type_id"] != s.milk["Oat"] {
			t.Errorf("the pars are %s", r.Body)
		}
		first := s.admin.Put(parsPath+"/"+s.milk["2%"], `{"par_value": 0}`)
		first.Expect(200, `{"message": "Par level updated successfully", "par_level": {"id": "<id>", "milk_type_id": "<id>",
			"milk_type_name": "2%", "milk_type_category": "dairy", "par_value": 0, "updated_at": "<time>",
			"updated_by": null, "updated_by_name": null}}`)
	})
}

func TestHiddenMilksAreForAdminsWhoAskForThem(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		for name, change := range map[string]string{
			"Soy": `{"active": false}`, "Almond": `{"display_order": 1}`, "2%": `{"display_order": 2, "name": " Two Percent "}`,
		} {
			s.admin.Put(allTypesPath+"/"+s.milk[name], change).ExpectStatus(200)
		}
		s.admin.Put(parsPath+"/"+s.milk["Soy"], `{"par_value": 4}`).ExpectStatus(200)
		visible := []string{
			"1 Almond non_dairy true 0", "2 Two Percent dairy true 0", "2 Whole dairy true 0", "3 Non-Fat dairy true 0",
			"4 Half & Half dairy true 0", "5 Heavy Cream dairy true 0", "7 Oat non_dairy true 0", "8 Coconut non_dairy true 0",
		}
		expectMilks(t, s.staff.Get(typesPath), visible...)
		expectMilks(t, s.staff.Get(typesPath+"?include_inactive=true"), visible...)
		expectMilks(t, s.admin.Get(allTypesPath), visible...)
		expectMilks(t, s.admin.Get(allTypesPath+"?include_inactive=1"), visible...)
		all := append(append([]string{}, visible[:6]...), "6 Soy non_dairy false 4")
		expectMilks(t, s.admin.Get(allTypesPath+"?include_inactive=TRUE"), append(all, visible[6:]...)...)
		if pars := s.admin.Get(parsPath); strings.Contains(string(pars.Body), "Soy") {
			t.Errorf("a hidden milk's par is listed: %s", pars.Body)
		}
		s.admin.Put(allTypesPath+"/"+s.milk["Soy"], `{"active": true}`).ExpectStatus(200)
		if n := len(milkLines(s.staff.Get(typesPath))); n != 9 {
			t.Errorf("%d milks, want 9", n)
		}
		if n := len(s.audit("milk_type_updated")); n != 4 {
			t.Errorf("%d changes on record, want 4", n)
		}
	})
}

func TestAMilkIsAddedAtTheEndOfTheShelf(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.admin.Post(allTypesPath, `{"name": "  Macadamia ", "category": "non_dairy", "par_value": 12}`).Expect(201, `{
			"message": "Milk type created successfully", "milk_type": {"id": "<id>", "name": "Macadamia",
			"category": "non_dairy", "display_order": 10, "active": true, "created_at": "2026-03-04T20:00:00.123456Z",
			"updated_at": "2026-03-04T20:00:00.123456Z", "par_value": 12}}`)
		s.admin.Post(allTypesPath, `{"name": "`+strings.Repeat("ß", 50)+`", "category": "dairy"}`).ExpectStatus(201)
		s.admin.Post(allTypesPath, `{"name": "é", "category": "dairy", "par_value": 1000000}`).ExpectStatus(201)
		lines := milkLines(s.staff.Get(typesPath))
		if diff := cmp.Diff([]string{
			"10 Macadamia non_dairy true 12", "11 " + strings.Repeat("ß", 50) + " dairy true 0", "12 é dairy true 1000000",
		}, lines[9:]); diff != "" {
			t.Errorf("the milks differ (-want +got):\n%s", diff)
		}
		s.lookUpMilks()
		// A name is taken in any case, of letters beyond A to Z too, and by a hidden milk.
		s.admin.Put(allTypesPath+"/"+s.milk["Soy"], `{"active": false}`).ExpectStatus(200)
		for _, name := range []string{"oat", " OAT ", "Oat", "É", "soy", strings.Repeat("SS", 25), "HALF & half"} {
			body, want := object{"name": name, "category": "dairy"}, 409
			if name == strings.Repeat("SS", 25) {
				want = 201 // as long as the other, but half of it
			}
			if r := s.admin.Post(allTypesPath, body).ExpectStatus(want); want == 409 {
				r.ExpectError(409, "Milk type already exists")
				s.admin.Put(allTypesPath+"/"+s.milk["Macadamia"], object{"name": name}).ExpectError(409, "Milk type already exists")
			}
		}
		// Its own name in other letters is nobody else's.
		s.admin.Put(allTypesPath+"/"+s.milk["Oat"], `{"name": "OAT"}`).ExpectStatus(200)
	})
}

type object = map[string]any

func TestAMilkThatBreaksTheRulesIsRefused(t *testing.T) {
	const (
		missing  = "Missing data for required field."
		category = "Category must be 'dairy' or 'non_dairy'"
		long     = "Name too long (max 50 characters)"
		tooMuch  = "Must be less than or equal to 1000000."
		negative = "Must be a non-negative integer"
		positive = "Must be a positive integer"
		null     = "Field may not be null."
	)
	type fields = map[string]string
	eachShop(t, func(t *testing.T, s *shop) {
		for body, want := range map[string]fields{
			`{}`:                               {"name": missing, "category": missing},
			`{"name": null, "category": null}`: {"name": null, "category": null},
			`{"name": 5, "category": true, "par_value": "3"}`: {
				"name": "Not a valid string.", "category": "Not a valid string.", "par_value": "Not a valid integer.",
			},
			`{"name": " ", "category": "milk", "par_value": -1}`: {
				"name": "Name is required", "category": category, "par_value": negative,
			},
			`{"name": "` + strings.Repeat("ü", 51) + `", "category": "Dairy", "par_value": 1000001}`: {
				"name": long, "category": category, "par_value": tooMuch,
			},
			`{"name": "x", "category": "dairy", "par_value": 3.0, "display_order": 3, "colour": "white"}`: {
				"par_value": "Not a valid integer.", "display_order": "Unknown field.", "colour": "Unknown field.",
			},
			`{"name": "x", "category": "dairy", "par_value": true}`: {"par_value": "Not a valid integer."},
			`{"name": "x", "category": "dairy", "par_value": null}`: {"par_value": null},
		} {
			try(t, "add "+body, func() *apptest.Response { return s.admin.Post(allTypesPath, body) },
				func(r *apptest.Response) { r.ExpectFields(want) })
		}
		for body, want := range map[string]fields{
			`{"name": ""}`:   {"name": "Name is required"},
			`{"name": null}`: {"name": null},
			`{"name": "` + strings.Repeat("x", 51) + `"}`:        {"name": long},
			`{"display_order": 0}`:                               {"display_order": positive},
			`{"display_order": -3, "name": " "}`:                 {"display_order": positive, "name": "Name is required"},
			`{"display_order": "1"}`:                             {"display_order": "Not a valid integer."},
			`{"display_order": true}`:                            {"display_order": "Not a valid integer."},
			`{"display_order": 1.0}`:                             {"display_order": "Not a valid integer."},
			`{"display_order": null}`:                            {"display_order": null},
			`{"display_order": 1000001}`:                         {"display_order": tooMuch},
			`{"active": null}`:                                   {"active": null},
			`{"active": "true"}`:                                 {"active": "Not a valid boolean."},
			`{"active": 1, "category": "dairy", "par_value": 3}`: {"active": "Not a valid boolean.", "category": "Unknown field.", "par_value": "Unknown field."},
			`{"display_order": -9223372036854775809}`:            {"display_order": positive},
		} {
			try(t, "change "+body, func() *apptest.Response { return s.admin.Put(allTypesPath+"/"+s.milk["Oat"], body) },
				func(r *apptest.Response) { r.ExpectFields(want) })
		}
		for body, want := range map[string]fields{
			`{}`:                                    {"par_value": "Par value is required"},
			`{"par_value": null}`:                   {"par_value": null},
			`{"par_value": -1}`:                     {"par_value": negative},
			`{"par_value": -9223372036854775809}`:   {"par_value": negative},
			`{"par_value": 1000001}`:                {"par_value": tooMuch},
			`{"par_value": 99999999999999999999}`:   {"par_value": tooMuch},
			`{"par_value": 3.0}`:                    {"par_value": "Not a valid integer."},
			`{"par_value": "3"}`:                    {"par_value": "Not a valid integer."},
			`{"par_value": true}`:                   {"par_value": "Not a valid integer."},
			`{"par_value": 3, "milk_type_id": "x"}`: {"milk_type_id": "Unknown field."},
		} {
			try(t, "par "+body, func() *apptest.Response { return s.admin.Put(parsPath+"/"+s.milk["Oat"], body) },
				func(r *apptest.Response) { r.ExpectFields(want) })
		}
		expectMilks(t, s.admin.Get(allTypesPath+"?include_inactive=true"), firstShelf...)
		for _, path := range []string{allTypesPath + "/nope", parsPath + "/nope", parsPath + "/mt-001-whole"} {
			body := `{"active": true}`
			if strings.HasPrefix(path, parsPath) {
				body = `{"par_value": 3}`
			}
			s.admin.Put(path, body).ExpectError(404, "Milk type not found")
		}
		if n := len(s.audit("milk_type_updated")) + len(s.audit("milk_par_updated")); n != 0 {
			t.Errorf("%d changes on record, want none", n)
		}
	})
}

func TestAParSentTwiceIsOnRecordOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		want := `{"message": "Par level updated successfully", "par_level": {"id": "<id>", "milk_type_id": "<id>",
			"milk_type_name": "Oat", "milk_type_category": "non_dairy", "par_value": 12,
			"updated_at": "2026-03-04T20:00:00.123456Z", "updated_by": "<id>", "updated_by_name": "Avery Stone"}}`
		s.admin.Put(parsPath+"/"+s.milk["Oat"], `{"par_value": 12}`).Expect(200, want)
		s.Clock.Advance(1000)
		s.admin.Put(parsPath+"/"+s.milk["Oat"], `{"par_value": 12}`).Expect(200, want)
		s.admin.Put(parsPath+"/"+s.milk["Oat"], `{"par_value": 0}`).ExpectStatus(200)
		if diff := cmp.Diff([]auditRow{
			{"milk_par_updated", "Oat: 12", "Avery Stone", object{"old": 0.0, "new": 12.0}},
			{"milk_par_updated", "Oat: 0", "Avery Stone", object{"old": 12.0, "new": 0.0}},
		}, s.audit("milk_par_updated")); diff != "" {
			t.Errorf("the record differs (-want +got):\n%s", diff)
		}
	})
}
