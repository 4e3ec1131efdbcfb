package tracking_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestItemIsToldWithTheStoryOfItsCode(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		add(staff, "Mocha", "sauces", "4821")
		add(staff, "Neighbour", "sauces", "4822")
		s.Clock.Advance(time.Minute)
		remove(admin, "4821")
		staff.Get(itemsPath+"/4821").Expect(http.StatusOK, `{
			"item": {
				"id": "<id>", "name": "Mocha", "category": "sauces", "code": "4821",
				"added_by": "`+staff.UserID+`", "added_by_name": "Sam Rivera", "added_at": "2026-03-04T20:00:00.123456Z",
				"is_removed": true, "removed_at": "2026-03-04T20:01:00.123456Z",
				"removed_by": "`+admin.UserID+`", "removed_by_name": "Avery Stone"},
			"history": [
				{"id": "<id>", "action": "REMOVE", "item_name": "Mocha", "item_code": "4821",
				 "user_id": "`+admin.UserID+`", "user_name": "Avery Stone", "timestamp": "2026-03-04T20:01:00.123456Z", "received_at": "2026-03-04T20:01:00.123456Z",
				 "notes": "Removed Mocha (Code: 4821)"},
				{"id": "<id>", "action": "ADD", "item_name": "Mocha", "item_code": "4821",
				 "user_id": "`+staff.UserID+`", "user_name": "Sam Rivera", "timestamp": "2026-03-04T20:00:00.123456Z", "received_at": "2026-03-04T20:00:00.123456Z",
				 "notes": "Added Mocha (Code: 4821)"}]}`)

		s.Clock.Advance(time.Minute)
		add(staff, "Caramel", "sauces", "4821")
		r := staff.Get(itemsPath + "/4821").ExpectStatus(http.StatusOK)
		if name, removed := r.Text("item.name"), r.Value("item.is_removed"); name != "Caramel" || removed != false {
			t.Errorf("the item is %s, removed: %v; want the active one, Caramel", name, removed)
		}
		expectNames(t, column(r, "history", "notes"),
			"Added Caramel (Code: 4821)", "Removed Mocha (Code: 4821)", "Added Mocha (Code: 4821)")

		s.Clock.Advance(time.Minute)
		remove(staff, "4821")
		if name := staff.Get(itemsPath + "/4821").Text("item.name"); name != "Caramel" {
			t.Errorf("the item is %s, want the one that was removed last, Caramel", name)
		}
	})
}

func TestUnknownCodeIsNotFound(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		add(s.Staff(), "Mocha", "sauces", "4821")
		for _, code := range []string{"0000", "48", "batch", "%00", "%FF", "4821%20", "mt-001-whole"} {
			s.Staff().Get(itemsPath+"/"+code).ExpectError(http.StatusNotFound, "Item not found")
			s.Staff().Post(itemsPath+"/"+code+"/restore", nil).ExpectError(http.StatusNotFound, "Item not found")
		}
	})
}

func TestRestoreUndoesTheRemoval(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		before := staff.Post(itemsPath, item("Mocha", "sauces", "4821")).Value("item")
		s.Clock.Advance(time.Minute)
		remove(staff, "4821")
		s.Clock.Advance(time.Minute)
		restored := admin.Post(itemsPath+"/4821/restore", nil).Expect(http.StatusOK,
			`{"message": "Item restored successfully", "item": "<any>"}`)
		if diff := cmp.Diff(before, restored.Value("item")); diff != "" {
			t.Errorf("the item is not as it was:\n%s", diff)
		}
		if diff := cmp.Diff(before, staff.Get(itemsPath).Value("items.0")); diff != "" {
			t.Errorf("the item is not listed as it was:\n%s", diff)
		}
		staff.Get(historyPath+"?action=restore").Expect(http.StatusOK, `{"history": [{
			"id": "<id>", "action": "RESTORE", "item_name": "Mocha", "item_code": "4821",
			"user_id": "`+admin.UserID+`", "user_name": "Avery Stone", "timestamp": "2026-03-04T20:02:00.123456Z", "received_at": "2026-03-04T20:02:00.123456Z",
			"notes": "Restored Mocha (Code: 4821)"}], "count": 1, "next_cursor": null}`)
		staff.Post(itemsPath, item("Other", "other", "4821")).
			ExpectFields(map[string]string{"code": "Code already in use"})
		remove(staff, "4821")
	})
}

func TestRestoreBringsBackWhatWasRemovedLast(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		// All at one instant: the order of the removals still counts.
		for _, name := range []string{"First", "Second", "Third"} {
			add(partner, name, "other", "4821")
			remove(partner, "4821")
		}
		if name := partner.Post(itemsPath+"/4821/restore", nil).Text("item.name"); name != "Third" {
			t.Errorf("restored %s, want Third", name)
		}
	})
}

func TestRestoreRefusesWhatIsNotRemovedOrHasLostItsCode(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		add(staff, "Mocha", "sauces", "4821")
		staff.Post(itemsPath+"/4821/restore", nil).ExpectError(http.StatusBadRequest, "Item is not removed")
		remove(staff, "4821")
		add(staff, "Caramel", "sauces", "4821")
		staff.Post(itemsPath+"/4821/restore", nil).ExpectError(http.StatusConflict, "Code already in use")
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_history WHERE action = 'RESTORE'`); n != 0 {
			t.Errorf("%d restorations on record", n)
		}

		// Somebody else may already have written the code on another thing.
		leased := admin.Post(codesPath, nil).Text("codes.0")
		add(admin, "Leased", "other", leased)
		remove(admin, leased)
		exec(t, s.DB, `UPDATE tracking_codes SET lessee_id = $1, lease_expires_at = '2026-03-04T20:30:00.000000Z' WHERE code = $2`,
			admin.UserID, leased)
		staff.Post(itemsPath+"/"+leased+"/restore", nil).ExpectError(http.StatusConflict, "Code already in use")
		s.Clock.Advance(time.Hour)
		staff.Post(itemsPath+"/"+leased+"/restore", nil).ExpectStatus(http.StatusOK)
	})
}

func TestWrongMethodIsToldTheRightOnes(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for _, c := range []struct{ method, path, allow string }{
			{http.MethodPut, itemsPath, "GET, HEAD, POST"},
			{http.MethodPut, itemsPath + "/4821", "DELETE, GET, HEAD"},
			{http.MethodGet, itemsPath + "/4821/restore", "POST"},
			{http.MethodPost, historyPath, "GET, HEAD"},
			{http.MethodGet, codesPath, "DELETE, POST"},
		} {
			r := s.Staff().Do(c.method, c.path, nil).ExpectError(http.StatusMethodNotAllowed, "Method not allowed")
			expectHeader(r, "Allow", c.allow)
		}
	})
}
