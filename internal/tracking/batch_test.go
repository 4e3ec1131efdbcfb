package tracking_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestBatchAddsEachThingWithACodeOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		const one = `{"id": "<id>", "name": "%s", "category": "%s", "code": "%s",
			"added_by": "<id>", "added_by_name": "Sam Rivera", "added_at": "2026-03-04T20:00:00.123456Z",
			"is_removed": false, "removed_at": null, "removed_by": null, "removed_by_name": null}`
		r := partner.Post(batchPath, `{"items": [
			{"name": " Vanilla ", "category": "syrups", "quantity": 3},
			{"name": "Mocha", "category": "sauces", "code": "4821", "quantity": 1},
			{"name": "Lids", "category": "lids", "code": null},
			{"name": "Cups", "category": "cups", "code": "0000"}]}`)
		r.Expect(http.StatusCreated, `{"message": "Items created successfully", "count": 6, "items": [`+strings.Join([]string{
			fmt.Sprintf(one, "Vanilla", "syrups", "<code>"),
			fmt.Sprintf(one, "Vanilla", "syrups", "<code>"),
			fmt.Sprintf(one, "Vanilla", "syrups", "<code>"),
			fmt.Sprintf(one, "Mocha", "sauces", "4821"),
			fmt.Sprintf(one, "Lids", "lids", "<code>"),
			fmt.Sprintf(one, "Cups", "cups", "0000"),
		}, ",")+`]}`)
		distinct := map[string]bool{}
		for _, code := range column(r, "items", "code") {
			distinct[code] = true
		}
		if len(distinct) != 6 {
			t.Errorf("the codes are %v", distinct)
		}
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_history WHERE action = 'ADD'`); n != 6 {
			t.Errorf("%d additions on record, want 6", n)
		}
	})
}

func TestBatchTakes200ElementsOf100(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		batch := make([]object, 200)
		for n := range batch {
			batch[n] = item(fmt.Sprintf("Thing %d", n), "other")
		}
		batch[0]["quantity"] = 100
		r := s.Staff().Post(batchPath, object{"items": batch}).ExpectStatus(http.StatusCreated)
		if n := r.Value("count"); n != 299.0 {
			t.Errorf("count is %v, want 299", n)
		}
		s.Staff().Post(batchPath, object{"items": append(batch, item("One More", "other"))}).
			ExpectFields(map[string]string{"items": "Length must be between 1 and 200."})
	})
}

func TestBatchReportsEveryFaultByItsPath(t *testing.T) {
	const (
		badCode = "Code must be exactly 4 digits"
		missing = "Missing data for required field."
	)
	each(t, func(t *testing.T, s *apptest.Server) {
		add(s.Staff(), "Taken", "other", "4821")
		for name, c := range map[string]struct {
			body   any
			fields map[string]string
		}{
			"no items": {`{}`, map[string]string{"items": missing}},
			"null":     {`{"items": null}`, map[string]string{"items": "Field may not be null."}},
			"no list":  {`{"items": {}}`, map[string]string{"items": "Not a valid list."}},
			"empty":    {`{"items": []}`, map[string]string{"items": "Length must be between 1 and 200."}},
			"the rules of an item": {
				`{"items": [
					{"name": "Good", "category": "other"},
					{"name": "a", "category": "milk", "code": "12"},
					{"category": "other", "code": "", "colour": "red"},
					{"name": null, "category": "other", "quantity": 0},
					{"name": "Many", "category": "other", "quantity": 101},
					{"name": "Many", "category": "other", "quantity": "3"},
					{"name": "Many", "category": "other", "quantity": 3.0},
					{"name": "Many", "category": "other", "quantity": null}]}`,
				map[string]string{
					"items.1.name": "Item name must be at least 2 characters", "items.1.category": mustBeOneOf,
					"items.1.code": badCode,
					"items.2.name": missing, "items.2.code": "Code cannot be empty if provided",
					"items.2.colour": "Unknown field.",
					"items.3.name":   "Field may not be null.", "items.3.quantity": "Must be greater than or equal to 1.",
					"items.4.quantity": "Must be less than or equal to 100.",
					"items.5.quantity": "Not a valid integer.",
					"items.6.quantity": "Not a valid integer.",
					"items.7.quantity": "Field may not be null.",
				},
			},
			"an element that is no object does not hide the others": {
				`{"items": [7, {"name": "a", "category": "other"}, null]}`,
				map[string]string{
					"items.0": "Not a valid object.", "items.1.name": "Item name must be at least 2 characters",
					"items.2": "Field may not be null.",
				},
			},
			"codes": {
				object{"items": []object{
					item("One", "other", "0001"), item("Two", "other", "0001"), item("Three", "other", "12"),
					item("Four", "other", "12"),
					{"name": "Five", "category": "other", "code": "0005", "quantity": 2},
				}},
				map[string]string{
					"items.1.code": "Duplicate code", "items.2.code": badCode, "items.3.code": badCode,
					"items.4.quantity": "Quantity must be 1 for an item with a code",
				},
			},
			"taken codes": {
				object{"items": []object{item("One", "other"), item("Two", "other", "4821"), item("Three", "other", "0003")}},
				map[string]string{"items.1.code": "Code already in use"},
			},
			"taken codes after a quantity": {
				object{"items": []object{
					{"name": "One", "category": "other", "quantity": 9}, item("Two", "other", "4821"),
				}},
				map[string]string{"items.1.code": "Code already in use"},
			},
		} {
			t.Run(name, func(t *testing.T) {
				r := s.Staff().Post(batchPath, c.body)
				r.TB = t
				r.ExpectFields(c.fields)
			})
		}
		expectNames(t, names(s.Staff(), "?include_removed=true"), "Taken")
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_codes WHERE in_use`); n != 1 {
			t.Errorf("%d codes are in use, want 1", n)
		}
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_history`); n != 1 {
			t.Errorf("%d entries on record, want 1", n)
		}
	})
}
