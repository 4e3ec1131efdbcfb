package tracking_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const mustBeOneOf = "Invalid category. Must be one of: syrups, sauces, coffee_beans, powders, cups, lids, " +
	"condiments, cleaning_supplies, other"

func TestAddedItemIsAnsweredListedAndOnRecord(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		const vanilla = `{
			"id": "<id>", "name": "Vanilla Syrup", "category": "syrups", "code": "4821",
			"added_by": "<id>", "added_by_name": "Sam Rivera", "added_at": "2026-03-04T20:00:00.123456Z",
			"is_removed": false, "removed_at": null, "removed_by": null, "removed_by_name": null}`
		added := partner.Post(itemsPath, item("Vanilla Syrup", "syrups", "4821")).
			Expect(http.StatusCreated, `{"message": "Item created successfully", "item": `+vanilla+`}`)
		if by := added.Text("item.added_by"); by != partner.UserID {
			t.Errorf("added by %s, want %s", by, partner.UserID)
		}
		partner.Get(itemsPath).Expect(http.StatusOK, `{"items": [`+vanilla+`], "count": 1, "next_cursor": null}`)
		partner.Get(historyPath).Expect(http.StatusOK, `{"history": [{
			"id": "<id>", "action": "ADD", "item_name": "Vanilla Syrup", "item_code": "4821",
			"user_id": "`+partner.UserID+`", "user_name": "Sam Rivera", "timestamp": "2026-03-04T20:00:00.123456Z", "received_at": "2026-03-04T20:00:00.123456Z",
			"notes": "Added Vanilla Syrup (Code: 4821)"}], "count": 1, "next_cursor": null}`)
	})
}

func TestAddTakesWhatTheRulesAllow(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for _, c := range []struct {
			body       object
			name, code string
		}{
			{item("  Oat Milk\t\n", "other", "0000"), "Oat Milk", "0000"},
			{item("Ab", " other ", " 9999 "), "Ab", "9999"},
			{item("茶é", "other", "0001"), "茶é", "0001"},
			{item(strings.Repeat("é", 100), "other", "0002"), strings.Repeat("é", 100), "0002"},
			{item("  "+strings.Repeat("😀", 100)+"  ", "other", "0003"), strings.Repeat("😀", 100), "0003"},
			{item(`100% "Raw" \ Sugar_Ärmel 'x'; --`, "other", "0004"), `100% "Raw" \ Sugar_Ärmel 'x'; --`, "0004"},
			{object{"name": "Null Code", "category": "other", "code": nil}, "Null Code", "<code>"},
			{item("No Code", "other"), "No Code", "<code>"},
		} {
			r := s.Staff().Post(itemsPath, c.body).ExpectStatus(http.StatusCreated)
			if name := r.Text("item.name"); name != c.name {
				t.Errorf("the name is %q, want %q", name, c.name)
			}
			code := r.Text("item.code")
			if c.code != "<code>" && code != c.code || len(code) != 4 {
				t.Errorf("%s: the code is %q, want %s", c.name, code, c.code)
			}
		}
	})
}

func TestAddTakesEveryCategory(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for _, category := range []string{
			"syrups", "sauces", "coffee_beans", "powders", "cups", "lids", "condiments", "cleaning_supplies", "other",
		} {
			r := s.Staff().Post(itemsPath, item("Thing", category)).ExpectStatus(http.StatusCreated)
			if got := r.Text("item.category"); got != category {
				t.Errorf("the category is %q, want %q", got, category)
			}
		}
	})
}

func TestAddRefusesWhatBreaksARule(t *testing.T) {
	const (
		badCode = "Code must be exactly 4 digits"
		short   = "Item name must be at least 2 characters"
		long    = "Item name too long (max 100 characters)"
		missing = "Missing data for required field."
		null    = "Field may not be null."
		text    = "Not a valid string."
	)
	each(t, func(t *testing.T, s *apptest.Server) {
		for name, c := range map[string]struct {
			body   any
			fields map[string]string
		}{
			"no name":               {item("", "other"), map[string]string{"name": "Item name is required"}},
			"blank name":            {item(" \t ", "other"), map[string]string{"name": "Item name is required"}},
			"one letter":            {item("a", "other"), map[string]string{"name": short}},
			"one letter of 3 bytes": {item(" 茶 ", "other"), map[string]string{"name": short}},
			"101 letters":           {item(strings.Repeat("é", 101), "other"), map[string]string{"name": long}},
			"NUL":                   {item("a\x00b", "other"), map[string]string{"name": text}},
			"no category":           {item("Oat", ""), map[string]string{"category": "Category is required"}},
			"unknown category":      {item("Oat", "Syrups"), map[string]string{"category": mustBeOneOf}},
			"label of a category":   {item("Oat", "Coffee Beans"), map[string]string{"category": mustBeOneOf}},
			"empty code": {
				item("Oat", "other", ""),
				map[string]string{"code": "Code cannot be empty if provided"},
			},
			"blank code": {
				item("Oat", "other", "  "),
				map[string]string{"code": "Code cannot be empty if provided"},
			},
			"3 digits":            {item("Oat", "other", "482"), map[string]string{"code": badCode}},
			"5 digits":            {item("Oat", "other", "48210"), map[string]string{"code": badCode}},
			"a letter":            {item("Oat", "other", "48a1"), map[string]string{"code": badCode}},
			"a sign":              {item("Oat", "other", "-482"), map[string]string{"code": badCode}},
			"a space inside":      {item("Oat", "other", "4 21"), map[string]string{"code": badCode}},
			"Arabic digits":       {item("Oat", "other", "٤٨٢١"), map[string]string{"code": badCode}},
			"full-width digits":   {item("Oat", "other", "４８２１"), map[string]string{"code": badCode}},
			"code as a number":    {`{"name": "Oat", "category": "other", "code": 4821}`, map[string]string{"code": text}},
			"name as a number":    {`{"name": 7, "category": "other"}`, map[string]string{"name": text}},
			"null for a name":     {`{"name": null, "category": "other"}`, map[string]string{"name": null}},
			"null for a category": {`{"name": "Oat", "category": null}`, map[string]string{"category": null}},
			"an empty object":     {`{}`, map[string]string{"name": missing, "category": missing}},
			"an unknown field": {
				`{"name": "Oat", "category": "other", "is_removed": true}`,
				map[string]string{"is_removed": "Unknown field."},
			},
			"everything at once": {
				`{"name": "a", "category": "milk", "code": "12", "size": 3}`,
				map[string]string{"name": short, "category": mustBeOneOf, "code": badCode, "size": "Unknown field."},
			},
			"wrong shape and broken rules at once": {
				`{"name": [], "code": ""}`,
				map[string]string{"name": text, "category": missing, "code": "Code cannot be empty if provided"},
			},
		} {
			t.Run(name, func(t *testing.T) {
				r := s.Staff().Post(itemsPath, c.body)
				r.TB = t
				r.ExpectFields(c.fields)
			})
		}
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_items`); n != 0 {
			t.Errorf("%d items were stored", n)
		}
	})
}

func TestAddRefusesATakenCode(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		add(s.Staff(), "Vanilla", "syrups", "4821")
		s.Admin().Post(itemsPath, item("Mocha", "sauces", "4821")).
			ExpectFields(map[string]string{"code": "Code already in use"})
		if got := names(s.Staff(), ""); len(got) != 1 || got[0] != "Vanilla" {
			t.Errorf("the items are %q", got)
		}
		s.Staff().Get(historyPath).ExpectStatus(http.StatusOK)

		remove(s.Staff(), "4821")
		add(s.Admin(), "Mocha", "sauces", "4821")
	})
}

func TestAddWantsAJSONObject(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		const notAnObject = "Request body must be a JSON object"
		for _, body := range []any{nil, ``, `[]`, `null`, `"name"`, `{"name": "Oat"`, `{} {}`} {
			partner.Post(itemsPath, body).ExpectError(http.StatusBadRequest, notAnObject)
		}
		partner.With("Content-Type", "text/plain").Post(itemsPath, `{"name": "Oat", "category": "other"}`).
			ExpectError(http.StatusUnsupportedMediaType, "Content-Type must be application/json")
		partner.With("Content-Type", "application/json; charset=utf-8").Post(itemsPath, item("Oat", "other")).
			ExpectStatus(http.StatusCreated)
		partner.Post(itemsPath, `{"name": "`+strings.Repeat("a", 1<<20)+`"}`).
			ExpectError(http.StatusRequestEntityTooLarge, "Request body too large")
	})
}

func TestEveryOperationWantsALogin(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for _, c := range []struct{ method, path string }{
			{http.MethodGet, itemsPath},
			{http.MethodPost, itemsPath},
			{http.MethodGet, itemsPath + "/4821"},
			{http.MethodDelete, itemsPath + "/4821"},
			{http.MethodPost, itemsPath + "/4821/restore"},
			{http.MethodPost, batchPath},
			{http.MethodPost, removePath},
			{http.MethodGet, searchPath},
			{http.MethodPost, codesPath},
			{http.MethodDelete, codesPath},
			{http.MethodGet, historyPath + "?limit=junk"},
		} {
			s.Anybody().Do(c.method, c.path, nil).
				ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
		}
	})
}
