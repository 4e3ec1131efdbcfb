package tracking_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestRemovedItemIsAnsweredAndOnRecord(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		add(staff, "Vanilla Syrup", "syrups", "4821")
		s.Clock.Advance(90 * time.Second)
		admin.Delete(itemsPath+"/4821").Expect(http.StatusOK, `{"message": "Item removed successfully", "item": {
			"id": "<id>", "name": "Vanilla Syrup", "category": "syrups", "code": "4821",
			"added_by": "`+staff.UserID+`", "added_by_name": "Sam Rivera", "added_at": "2026-03-04T20:00:00.123456Z",
			"is_removed": true, "removed_at": "2026-03-04T20:01:30.123456Z",
			"removed_by": "`+admin.UserID+`", "removed_by_name": "Avery Stone"}}`)
		expectNames(t, names(staff, ""))
		staff.Get(historyPath + "?limit=1").ExpectStatus(http.StatusOK)
		staff.Get(historyPath+"?action=REMOVE").Expect(http.StatusOK, `{"history": [{
			"id": "<id>", "action": "REMOVE", "item_name": "Vanilla Syrup", "item_code": "4821",
			"user_id": "`+admin.UserID+`", "user_name": "Avery Stone", "timestamp": "2026-03-04T20:01:30.123456Z", "received_at": "2026-03-04T20:01:30.123456Z",
			"notes": "Removed Vanilla Syrup (Code: 4821)"}], "count": 1, "next_cursor": null}`)
	})
}

func TestRemoveRefusesWhatIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "Mocha", "sauces", "4821")
		for _, code := range []string{"0000", "482", "48210", "search", "%20", "4821%00", "%FF", "٤٨٢١", "4821%2F"} {
			partner.Delete(itemsPath+"/"+code).ExpectError(http.StatusNotFound, "Item not found")
		}
		remove(partner, "4821")
		partner.Delete(itemsPath+"/4821").ExpectError(http.StatusBadRequest, "Item already removed")
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_history`); n != 2 {
			t.Errorf("the record has %d entries, want 2", n)
		}
	})
}

func TestSeveralItemsAreRemovedTogether(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		codes, batch := make([]string, 200), make([]object, 200)
		for n := range codes {
			codes[n] = fmt.Sprintf("%04d", n)
			batch[n] = item("Thing", "other", codes[n])
		}
		partner.Post(batchPath, object{"items": batch}).ExpectStatus(http.StatusCreated)
		add(partner, "Stays", "other", "5000")
		r := partner.Post(removePath, object{"codes": codes}).ExpectStatus(http.StatusOK)
		if message, n := r.Text("message"), r.Value("count"); message != "Items removed successfully" || n != 200.0 {
			t.Errorf("message %q, count %v", message, n)
		}
		if removed := r.Value("items.17.is_removed"); removed != true {
			t.Errorf("is_removed is %v", removed)
		}
		expectNames(t, column(r, "items", "code"), codes...)
		expectNames(t, names(partner, ""), "Stays")
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_history WHERE action = 'REMOVE'`); n != 200 {
			t.Errorf("%d removals on record, want 200", n)
		}
	})
}

func TestRemovalOfSeveralIsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		for _, code := range []string{"0001", "0002", "0003", "0004"} {
			add(partner, "Thing "+code, "other", code)
		}
		remove(partner, "0003")
		remove(partner, "0004")
		for _, c := range []struct {
			codes  []string
			status int
			text   string
		}{
			{[]string{"0001", "9000", "0002", "8000"}, http.StatusNotFound, "Item not found: 9000, 8000"},
			{[]string{"0001", "0004", "0003"}, http.StatusBadRequest, "Item already removed: 0003, 0004"},
			{[]string{"0001", "0003", "9000"}, http.StatusNotFound, "Item not found: 9000"},
		} {
			partner.Post(removePath, object{"codes": c.codes}).ExpectError(c.status, c.text)
		}
		expectNames(t, names(partner, ""), "Thing 0002", "Thing 0001")
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_history`); n != 6 {
			t.Errorf("the record has %d entries, want 6", n)
		}
	})
}

func TestRemovalOfSeveralChecksItsCodes(t *testing.T) {
	const length = "Length must be between 1 and 200."
	each(t, func(t *testing.T, s *apptest.Server) {
		tooMany := make([]string, 201)
		for n := range tooMany {
			tooMany[n] = fmt.Sprintf("%04d", n)
		}
		for name, c := range map[string]struct {
			body   any
			fields map[string]string
		}{
			"no codes":  {`{}`, map[string]string{"codes": "Missing data for required field."}},
			"null":      {`{"codes": null}`, map[string]string{"codes": "Field may not be null."}},
			"no list":   {`{"codes": "4821"}`, map[string]string{"codes": "Not a valid list."}},
			"empty":     {`{"codes": []}`, map[string]string{"codes": length}},
			"201 codes": {object{"codes": tooMany}, map[string]string{"codes": length}},
			"all of them at once": {
				`{"codes": ["12", "0001", "0001", 7, "", "", null, "12"], "force": true}`,
				map[string]string{
					"codes.0": "Code must be exactly 4 digits",
					"codes.2": "Duplicate code",
					"codes.3": "Not a valid string.",
					"codes.4": "Code cannot be empty if provided",
					"codes.5": "Code cannot be empty if provided",
					"codes.6": "Field may not be null.",
					"codes.7": "Code must be exactly 4 digits",
					"force":   "Unknown field.",
				},
			},
		} {
			t.Run(name, func(t *testing.T) {
				r := s.Staff().Post(removePath, c.body)
				r.TB = t
				r.ExpectFields(c.fields)
			})
		}
	})
}
