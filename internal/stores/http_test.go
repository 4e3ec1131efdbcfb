package stores_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestEverybodySeesTheStoresThatTheyMayActIn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		home := homeOf(s.Admin())
		second := addStore(s, "B-2", "Europe/Berlin")
		first := func(isHome bool) string {
			return fmt.Sprintf(`{"id": %q, "name": "Store 1", "number": "1", "timezone": "America/Los_Angeles",
				"business_day_start": "04:00", "morning_count_cutoff": "15:00", "is_home": %t,
				"created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T20:00:00.123456Z"}`, home, isHome)
		}
		pier := func(isHome bool) string {
			return fmt.Sprintf(`{"id": %q, "name": "Pier 7", "number": "B-2", "timezone": "Europe/Berlin",
				"business_day_start": "04:00", "morning_count_cutoff": "15:00", "is_home": %t,
				"created_at": "2026-03-04T20:01:00.123456Z", "updated_at": "2026-03-04T20:01:00.123456Z"}`, second, isHome)
		}
		lists := func(c *apptest.Client, stores string) {
			t.Helper()
			c.Get(storesPath).Expect(http.StatusOK, `{"stores": [`+stores+`]}`)
		}
		lists(s.Admin(), first(true)+","+pier(false)) // an owner belongs to every store
		lists(s.Staff(), first(true))
		other := hireAdmin(s, second)
		lists(other, pier(true))

		give(s, s.Staff(), second, home)
		lists(s.Staff(), first(false)+","+pier(true))
		give(s, s.Staff(), home, second)
		lists(s.Staff(), first(true)+","+pier(false))
		give(s, s.Staff(), second)
		lists(s.Staff(), pier(true))
		s.Anybody().Get(storesPath).ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
	})
}

func TestAnOwnerAddsAStore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Clock.Advance(time.Hour)
		id := s.Admin().Post(storesPath, `{"name": " Pier 7 ", "number": " B-2 ", "timezone": " Europe/Berlin "}`).Expect(
			http.StatusCreated, `{"message": "Store created successfully", "store": {
				"id": "<id>", "name": "Pier 7", "number": "B-2", "timezone": "Europe/Berlin",
				"business_day_start": "04:00", "morning_count_cutoff": "15:00", "is_home": false,
				"created_at": "2026-03-04T21:00:00.123456Z", "updated_at": "2026-03-04T21:00:00.123456Z"}}`).Text("store.id")
		record(s, id).Expect(http.StatusOK, `{"count": 1, "activities": [{
			"id": "<id>", "type": "store_created", "title": "Store Created", "description": "Pier 7 (B-2)",
			"admin_name": "Avery Stone", "timestamp": "2026-03-04T21:00:00.123456Z", "details": null}]}`)
		s.Admin().Post(storesPath, `{"name": "Pier 8", "number": "B-3", "timezone": "Asia/Tokyo",
			"business_day_start": "05:30", "morning_count_cutoff": "23:59"}`).Expect(
			http.StatusCreated, `{"message": "Store created successfully", "store": {
				"id": "<id>", "name": "Pier 8", "number": "B-3", "timezone": "Asia/Tokyo",
				"business_day_start": "05:30", "morning_count_cutoff": "23:59", "is_home": false,
				"created_at": "<time>", "updated_at": "<time>"}}`)
	})
}

func TestANewStoreBeginsWithAllThatAStoreNeeds(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		id := addStore(s, "B-2", "Europe/Berlin")
		partner := hireAdmin(s, id)
		milk := func(order int, name, category string) string {
			return fmt.Sprintf(`{"id": "<any>", "name": %q, "category": %q, "display_order": %d, "active": true,
				"created_at": "<time>", "updated_at": "<time>", "par_value": 0}`, name, category, order)
		}
		partner.Get("/api/milk-count/milk-types").Expect(http.StatusOK, `{"milk_types": [`+
			milk(1, "2%", "dairy")+`,`+milk(2, "Whole", "dairy")+`,`+milk(3, "Non-Fat", "dairy")+`,`+
			milk(4, "Half & Half", "dairy")+`,`+milk(5, "Heavy Cream", "dairy")+`,`+
			milk(6, "Soy", "non_dairy")+`,`+milk(7, "Oat", "non_dairy")+`,`+
			milk(8, "Coconut", "non_dairy")+`,`+milk(9, "Almond", "non_dairy")+`]}`)
		if n := len(partner.Get("/api/milk-count/admin/par-levels").Value("par_levels").([]any)); n != 9 {
			t.Errorf("%d pars, want 9", n)
		}
		const search = "/api/tracking/items/search?category=syrups&q=va"
		partner.Get(search).Expect(http.StatusOK, string(s.Staff().Get(search).Body))
		if found := partner.Get(search).Value("suggestions").([]any); len(found) == 0 {
			t.Error("no name templates")
		}
		partner.Post("/api/tracking/codes", `{"count": 100}`).ExpectStatus(http.StatusCreated)
		partner.Post("/api/tracking/items", `{"name": "Oat Cups", "category": "cups"}`).ExpectStatus(http.StatusCreated)
		partner.Get("/api/rtde/admin/items").Expect(http.StatusOK, `{"items": []}`)
		partner.Post("/api/milk-count/sessions/start", nil).ExpectStatus(http.StatusCreated)
	})
}

func TestOnlyAnOwnerManagesStores(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		home := homeOf(s.Staff())
		admin := hireAdmin(s, home)
		expectNothingRecorded(t, s, home, func() {
			for _, c := range []*apptest.Client{s.Staff(), admin} {
				c.Post(storesPath, newShop("B-2")).ExpectError(http.StatusForbidden, ownerRequired)
				c.Post(storesPath, `{`).ExpectError(http.StatusForbidden, ownerRequired)
				c.Put(storesPath+"/"+home, `{"name": "Mine"}`).ExpectError(http.StatusForbidden, ownerRequired)
				c.Put(storesPath+"/nowhere", `{}`).ExpectError(http.StatusForbidden, ownerRequired)
			}
			s.Anybody().Post(storesPath, newShop("B-2")).ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
		})
		if n := len(s.Admin().Get(storesPath).Value("stores").([]any)); n != 1 {
			t.Errorf("%d stores, want 1", n)
		}
	})
}

func TestEveryPartOfAStoreCanBeChanged(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		id := addStore(s, "B-2", "Europe/Berlin")
		path := storesPath + "/" + id
		want := map[string]string{
			"name": "Pier 7", "number": "B-2", "timezone": "Europe/Berlin", "business_day_start": "04:00", "morning_count_cutoff": "15:00",
		}
		details := func() string {
			return fmt.Sprintf(`{"name": %q, "number": %q, "timezone": %q, "business_day_start": %q, "morning_count_cutoff": %q}`,
				want["name"], want["number"], want["timezone"], want["business_day_start"], want["morning_count_cutoff"])
		}
		for _, change := range [][2]string{
			{"name", "Harbor Street"},
			{"number", "0417"},
			{"timezone", "Asia/Tokyo"},
			{"business_day_start", "05:30"},
			{"morning_count_cutoff", "23:59"},
		} {
			s.Clock.Advance(time.Minute)
			now := s.Clock.Now().Format("2006-01-02T15:04:05.000000Z")
			old := details()
			want[change[0]] = change[1]
			s.Admin().Put(path, map[string]string{change[0]: " " + change[1] + " "}).Expect(http.StatusOK, fmt.Sprintf(`{
				"message": "Store updated successfully", "store": {
				"id": %q, "name": %q, "number": %q, "timezone": %q, "business_day_start": %q, "morning_count_cutoff": %q,
				"is_home": false, "created_at": "2026-03-04T20:01:00.123456Z", "updated_at": %q}}`,
				id, want["name"], want["number"], want["timezone"], want["business_day_start"], want["morning_count_cutoff"], now))
			in(s.Admin(), id).Get("/api/admin/activity?limit=1").Expect(http.StatusOK, fmt.Sprintf(`{"count": 1, "activities": [{
				"id": "<id>", "type": "store_updated", "title": "Store Updated", "description": "%s (%s)",
				"admin_name": "Avery Stone", "timestamp": %q, "details": {"old": %s, "new": %s}}]}`,
				want["name"], want["number"], now, old, details()))
		}
		home := homeOf(s.Admin())
		if r := s.Admin().Put(storesPath+"/"+home, `{"name": "Main Street"}`); r.Value("store.is_home") != true {
			t.Errorf("the owner is not at home: %s", r.Body)
		}
	})
}

func TestAChangeThatChangesNothingIsNotRecorded(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		id := addStore(s, "B-2", "Europe/Berlin")
		same := string(s.Admin().Get(storesPath).Body)
		expectNothingRecorded(t, s, id, func() {
			s.Clock.Advance(time.Hour)
			for _, body := range []string{
				`{}`, `{"name": " Pier 7 "}`,
				`{"name": "Pier 7", "number": "B-2", "timezone": "Europe/Berlin", "business_day_start": "04:00", "morning_count_cutoff": "15:00"}`,
			} {
				s.Admin().Put(storesPath+"/"+id, body).ExpectStatus(http.StatusOK)
			}
		})
		s.Admin().Get(storesPath).Expect(http.StatusOK, same)
	})
}

func TestNoTwoStoresHaveOneNumber(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		id := addStore(s, "B-2", "Europe/Berlin")
		const taken = "Store number already exists"
		s.Admin().Post(storesPath, newShop("B-2")).ExpectError(http.StatusConflict, taken)
		expectNothingRecorded(t, s, id, func() {
			s.Admin().Put(storesPath+"/"+id, `{"number": " 1 ", "name": "Other"}`).ExpectError(http.StatusConflict, taken)
		})

		owner, seen := s.Admin(), map[int]int{}
		for _, r := range apptest.AtOnce(3, func(int) *apptest.Response { return owner.Post(storesPath, newShop("C-3")) }) {
			seen[r.Status]++
		}
		if seen[http.StatusCreated] != 1 || seen[http.StatusConflict] != 2 {
			t.Errorf("three at once were answered %v", seen)
		}
		if n := len(s.Admin().Get(storesPath).Value("stores").([]any)); n != 3 {
			t.Errorf("%d stores, want 3", n)
		}
	})
}

func TestAStoreThatIsNotThereCannotBeChanged(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, id := range []string{"nowhere", "%00", "%FF", "1", "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"} {
			s.Admin().Put(storesPath+"/"+id, `{"name": "Pier 8"}`).ExpectError(http.StatusNotFound, "Store not found")
			s.Admin().Put(storesPath+"/"+id, `{"name": "P"}`).ExpectFields(map[string]string{
				"name": "Store name must be at least 2 characters",
			})
		}
	})
}
