package audit_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const listPath = "/api/admin/activity"

type object = map[string]any

// eachServer runs a test on a server over each engine. Two entries tell of the
// partners that it begins with.
func eachServer(t *testing.T, run func(t *testing.T, s *apptest.Server)) {
	t.Helper()
	t.Parallel()
	apptest.Each(t, run)
}

// begun are the entries that every server begins with.
var begun = []string{
	"user_created | User Created | Sam Rivera (TEST123) | System",
	"user_created | User Created | Avery Stone (ADMIN001) | System",
}

// list is a list of entries as JSON, each given as "type | title | description
// | admin_name", with details behind it where there are some.
func list(lines ...string) string {
	all := make([]string, len(lines))
	for i, line := range lines {
		f := strings.Split(line+" | null", " | ")
		all[i] = fmt.Sprintf(`{"id": "<id>", "type": %q, "title": %q, "description": %q, "admin_name": %q,
			"timestamp": "<time>", "details": %s}`, f[0], f[1], f[2], f[3], f[4])
	}
	return fmt.Sprintf(`{"activities": [%s], "count": %d}`, strings.Join(all, ", "), len(lines))
}

// signedUp is somebody who waits for an admin.
func signedUp(s *apptest.Server, number, name string) (id string) {
	s.TB.Helper()
	return s.Anybody().Post("/api/auth/signup", object{"partner_number": number, "name": name, "pin": "2468"}).
		ExpectStatus(http.StatusCreated).Text("user.id")
}

func TestTheListShowsWhatHappenedToAccounts(t *testing.T) {
	eachServer(t, func(_ *testing.T, s *apptest.Server) {
		admin := s.Admin()
		admin.Get(listPath).Expect(http.StatusOK, list(begun...))

		nia := admin.Post("/api/admin/users", object{"partner_number": "nia01", "name": "Nia Brooks", "pin": "2468"}).
			ExpectStatus(http.StatusCreated).Text("user.id")
		lee := signedUp(s, "LEE01", `Lee "P" Park`)
		admin.Put("/api/admin/users/"+lee, object{"status": "active"}).ExpectStatus(http.StatusOK)
		admin.Put("/api/admin/users/"+lee+"/pin", object{"pin": "1357"}).ExpectStatus(http.StatusOK)
		admin.Delete("/api/admin/users/" + nia).ExpectStatus(http.StatusOK)
		admin.Put("/api/admin/users/"+nia, object{"status": "active"}).ExpectStatus(http.StatusOK)
		admin.Get(listPath).Expect(http.StatusOK, list(append([]string{
			`user_updated | User Updated | Nia Brooks (NIA01) | Avery Stone | {"old": {"name": "Nia Brooks", "role": "staff", "status": "deleted"},
				"new": {"name": "Nia Brooks", "role": "staff", "status": "active"}}`,
			"user_deleted | User Deleted | Nia Brooks (NIA01) | Avery Stone",
			`pin_reset | PIN Reset | Lee "P" Park (LEE01) | Avery Stone`,
			`user_approved | User Approved | Lee "P" Park (LEE01) | Avery Stone`,
			`user_created | User Created | Lee "P" Park (LEE01) | Self sign-up`,
			"user_created | User Created | Nia Brooks (NIA01) | Avery Stone",
		}, begun...)...))
	})
}

const milkRoot = "/api/milk-count"

func TestTheListShowsWhatHappenedToMilk(t *testing.T) {
	eachServer(t, func(_ *testing.T, s *apptest.Server) {
		admin := s.Admin()
		oat := admin.Post(milkRoot+"/admin/milk-types", object{"name": "Oat Gold", "category": "non_dairy", "par_value": 3}).
			ExpectStatus(http.StatusCreated).Text("milk_type.id")
		for range 2 { // the second time changes nothing
			admin.Put(milkRoot+"/admin/par-levels/"+oat, object{"par_value": 12}).ExpectStatus(http.StatusOK)
		}
		admin.Put(milkRoot+"/admin/milk-types/"+oat, object{"name": "Oat Silver", "display_order": 4}).ExpectStatus(http.StatusOK)
		admin.Get(listPath).Expect(http.StatusOK, list(append([]string{
			`milk_type_updated | Milk Type Updated | Oat Silver | Avery Stone | {"old": {"name": "Oat Gold", "display_order": 10, "active": true},
				"new": {"name": "Oat Silver", "display_order": 4, "active": true}}`,
			`milk_par_updated | Milk Par Updated | Oat Gold: 12 | Avery Stone | {"old": 3, "new": 12}`,
			`milk_type_updated | Milk Type Updated | Oat Gold (added) | Avery Stone`,
		}, begun...)...))
	})
}

// Who corrects a count need not be an admin.
func TestTheListShowsWhatHappenedToSavedCounts(t *testing.T) {
	eachServer(t, func(_ *testing.T, s *apptest.Server) {
		admin, staff := s.Admin(), s.Staff()
		milks := staff.Get(milkRoot + "/milk-types").Value("milk_types").([]any)
		for _, milk := range milks[1:] { // so that the session has one
			admin.Put(milkRoot+"/admin/milk-types/"+milk.(object)["id"].(string), object{"active": false}).ExpectStatus(http.StatusOK)
		}
		id := milks[0].(object)["id"].(string)
		session := milkRoot + "/sessions/" + staff.Post(milkRoot+"/sessions/start", nil).Text("session.id")
		save := func(count int) {
			staff.Put(session+"/night-foh", object{"counts": []object{{"milk_type_id": id, "foh_count": count}}}).ExpectStatus(http.StatusOK)
		}
		save(5)
		admin.Post(session+"/reopen", object{"status": "night_foh", "reason": "a typo"}).ExpectStatus(http.StatusOK)
		save(6)
		admin.Get(listPath+"?limit=2").Expect(http.StatusOK, list(
			`milk_session_corrected | Milk Session Corrected | Session for 2026-03-04: night_foh | Sam Rivera | {"step": "night_foh",
				"new": [{"milk_type_id": "`+id+`", "foh_count": 6}]}`,
			`milk_session_reopened | Milk Session Reopened | Session for 2026-03-04: night_foh | Avery Stone | {"from": "night_boh",
				"to": "night_foh", "reason": "a typo", "old": [{"milk_type_id": "`+id+`", "foh_count": 5}]}`,
		))
	})
}

func TestTheListShowsWhatHappenedToTheDisplay(t *testing.T) {
	const items = "/api/rtde/admin/items"
	eachServer(t, func(_ *testing.T, s *apptest.Server) {
		admin := s.Admin()
		id := admin.Post(items, object{"name": "Panini", "par_level": 4}).ExpectStatus(http.StatusCreated).Text("item.id")
		admin.Put(items+"/"+id, object{"par_level": 6}).ExpectStatus(http.StatusOK)
		admin.Put(items+"/reorder", object{"item_orders": []object{{"id": id, "display_order": 9}}}).ExpectStatus(http.StatusOK)
		admin.Delete(items + "/" + id).ExpectStatus(http.StatusOK)
		values := func(par int) string {
			return fmt.Sprintf(`{"name": "Panini", "brand": "", "image_filename": "", "icon": "", "par_level": %d, "active": true}`, par)
		}
		admin.Get(listPath).Expect(http.StatusOK, list(append([]string{
			"rtde_item_deleted | RTD&E Item Deleted | Panini (Par: 6) | Avery Stone",
			"rtde_items_reordered | RTD&E Items Reordered | 1 items | Avery Stone",
			"rtde_item_updated | RTD&E Item Updated | Panini (Par: 6) | Avery Stone | " + `{"old": ` + values(4) + `, "new": ` + values(6) + `}`,
			"rtde_item_created | RTD&E Item Created | Panini (Par: 4) | Avery Stone",
		}, begun...)...))
	})
}

func storeID(s *apptest.Server) string {
	s.TB.Helper()
	id, err := database.Value[string](context.Background(), s.DB.Read(), `SELECT id FROM stores WHERE id <> 'there'`)
	if err != nil {
		s.TB.Fatal(err)
	}
	return id
}

func TestAnEntryIsShownForThirtyDays(t *testing.T) {
	eachServer(t, func(t *testing.T, s *apptest.Server) {
		later := func(d time.Duration) *apptest.Response {
			s.Clock.Set(apptest.Noon.Add(d))
			r := s.Anybody().Post("/api/auth/login", object{"partner_number": apptest.AdminNumber, "pin": apptest.AdminPIN})
			return s.Anybody().WithToken(r.ExpectStatus(http.StatusOK).Text("token")).Get(listPath)
		}
		const month = 30 * 24 * time.Hour
		later(month).Expect(http.StatusOK, list(begun...))
		later(month+time.Microsecond).Expect(http.StatusOK, list())
		signedUp(s, "NIA01", "Nia Brooks")
		later(2*month).Expect(http.StatusOK, list("user_created | User Created | Nia Brooks (NIA01) | Self sign-up"))
	})
}

func TestTheListIsForAdminsOfTheStoreAlone(t *testing.T) {
	eachServer(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().Get(listPath).ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
		s.Staff().Get(listPath+"?limit=0").ExpectError(http.StatusForbidden, "Admin access required")
		dbtest.AddStore(t, s.DB, "there", s.Clock.Now())
		dbtest.Past{Audit: 40}.Fill(t, s.DB, "there", "there", s.Clock.Now())
		s.Admin().Get(listPath+"?limit=30").Expect(http.StatusOK, list(begun...))
	})
}

func TestAListIsAsLongAsAskedForAndAtMostThirty(t *testing.T) {
	eachServer(t, func(t *testing.T, s *apptest.Server) {
		dbtest.Past{Audit: 40}.Fill(t, s.DB, storeID(s), s.Admin().UserID, s.Clock.Now())
		for query, want := range map[string]int{
			"": 10, "?limit=1": 1, "?limit=10": 10, "?limit=30": 30, "?limit=31": 30, "?limit=1000000": 30, "?_t=1": 10,
		} {
			r := s.Admin().Get(listPath + query).ExpectStatus(http.StatusOK)
			if got := len(r.Value("activities").([]any)); got != want || r.Value("count") != float64(want) {
				t.Errorf("%q: %d entries and the count %v, want %d", query, got, r.Value("count"), want)
			}
		}
		for _, limit := range []string{"0", "-1", "x", "", "1.5", "10x"} {
			s.Admin().Get(listPath+"?limit="+limit).ExpectError(http.StatusBadRequest, "Invalid limit parameter")
		}
		if first, second := s.Admin().Get(listPath), s.Admin().Get(listPath); string(first.Body) != string(second.Body) {
			t.Errorf("the list changes from one request to the next:\n%s\n%s", first.Body, second.Body)
		}
	})
}
