package identity_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestAnOwnerGivesSomebodyStoresAndTakesThemAway(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, first := s.Staff(), homeOf(s, s.Admin())
		s.Clock.Advance(time.Hour)
		second := addStore(s)
		path := userPath(staff) + "/stores"
		inSecond := staff.With("X-Store-ID", second)
		inSecond.Get("/api/tracking/items").ExpectError(403, notAMember)

		s.Clock.Advance(time.Hour)
		s.Admin().Put(path, map[string]any{"store_ids": []string{second, first}}).Expect(200, fmt.Sprintf(`{
			"message": "User stores updated successfully", "user": {"id": "<id>", "partner_number": "TEST123", "name": "Sam Rivera",
			"role": "staff", "is_owner": false, "status": "active", "last_login_at": "<time>", "created_at": "2026-03-04T20:00:00.123456Z",
			"updated_at": "2026-03-04T22:00:00.123456Z", "home_store_id": %q, "store_ids": [%q, %q]}}`, first, first, second))
		inSecond.Post("/api/tracking/items", `{"name": "Oat", "category": "other", "code": "4821"}`).ExpectStatus(201)
		inSecond.Get("/api/tracking/items/4821").ExpectStatus(200)
		staff.Get("/api/tracking/items/4821").ExpectStatus(404)
		// Another home: there is where a request without a store acts.
		s.Admin().Put(path, map[string]any{"store_ids": []string{second}, "home_store_id": second}).ExpectStatus(200)
		staff.Get("/api/tracking/items/4821").ExpectStatus(200)
		staff.With("X-Store-ID", first).Get("/api/tracking/items").ExpectError(403, notAMember)
		if want := "user_updated | User Updated | Sam Rivera (TEST123) | ADMIN001 | Avery Stone | 2"; lastLine(s) != want {
			t.Errorf("on record is %q", lastLine(s))
		}
		if diff := cmp.Diff([]string{"ADMIN001 active"}, numbers(s.Admin().Get("/api/admin/users"))); diff != "" {
			t.Errorf("the users of the first store: %s", diff)
		}
		s.Admin().Put(path, map[string]any{"store_ids": []string{first}, "home_store_id": first}).ExpectStatus(200)
		inSecond.Get("/api/tracking/items").ExpectError(403, notAMember)
		staff.Get("/api/tracking/items").ExpectStatus(200)
	})
}

func TestAnAdminIsAdminOfTheStoresTheyBelongTo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		admin, first, second := boss(s, "BOSS01"), homeOf(s, s.Admin()), addStore(s)
		inSecond := admin.With("X-Store-ID", second)
		inSecond.Get("/api/admin/users").ExpectError(403, notAMember)
		move(s, admin, first, second)
		if diff := cmp.Diff([]string{"BOSS01 active"}, numbers(inSecond.Get("/api/admin/users"))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		id := inSecond.Post("/api/admin/users", account("NEW01", "Nia", "2468")).ExpectStatus(201).Text("user.id")
		if got := inSecond.Get("/api/admin/users/" + id).ExpectStatus(200).Text("user.home_store_id"); got != second {
			t.Errorf("the home is %s", got)
		}
		admin.Get("/api/admin/users/"+id).ExpectError(404, userNotFound)
		move(s, admin, first)
		inSecond.Get("/api/admin/users").ExpectError(403, notAMember)
	})
}

func TestSomebodysStoresAreToldWhatIsWrongWithThem(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, first := s.Staff(), homeOf(s, s.Admin())
		second := addStore(s)
		type fields = map[string]string
		put := func(body any) *apptest.Response { return s.Admin().Put(userPath(staff)+"/stores", body) }
		stores := func(home string, ids ...any) map[string]any {
			body := map[string]any{"store_ids": ids}
			if home != "" {
				body["home_store_id"] = home
			}
			return body
		}
		const notHome = "The home store must be one of store_ids"
		unrecorded(s, func() {
			put(`{}`).ExpectFields(fields{"store_ids": missing})
			put(`{"store_ids": null, "home_store_id": null, "stores": []}`).ExpectFields(fields{
				"store_ids": "Field may not be null.", "home_store_id": "Field may not be null.", "stores": "Unknown field.",
			})
			put(`{"store_ids": "x", "home_store_id": 1}`).ExpectFields(fields{"store_ids": "Not a valid list.", "home_store_id": "Not a valid string."})
			put(stores("", 1, nil, first)).ExpectFields(fields{"store_ids.0": "Not a valid string.", "store_ids.1": "Field may not be null."})
			put(`{"store_ids": []}`).ExpectFields(fields{"store_ids": "Length must be between 1 and 800."})
			put(stores("", first, second, first)).ExpectFields(fields{"store_ids": "Duplicate store: " + first})
			put(stores("", first, " "+first+" ")).ExpectFields(fields{"store_ids": "Duplicate store: " + first})
			put(stores("", first, "none")).ExpectFields(fields{"store_ids": "Unknown store: none"})
			put(stores("", first, "")).ExpectFields(fields{"store_ids": "Unknown store: "})
			put(stores("", second)).ExpectFields(fields{"home_store_id": notHome})
			put(stores(second, first)).ExpectFields(fields{"home_store_id": notHome})
			put(stores("none", first, "none")).ExpectFields(fields{"store_ids": "Unknown store: none"})
			put(stores("none", first)).ExpectFields(fields{"home_store_id": notHome})
			put(stores("none", "other")).Expect(400, `{"error": {"store_ids": ["Unknown store: other"], "home_store_id": ["`+notHome+`"]}}`)
		})
		if diff := cmp.Diff([]any{first}, s.Admin().Get(userPath(staff)).Value("user.store_ids")); diff != "" {
			t.Errorf("the stores were changed: %s", diff)
		}
		admin := boss(s, "BOSS01")
		unrecorded(s, func() {
			admin.Put(userPath(staff)+"/stores", stores("", first)).ExpectError(403, ownerRequired)
			staff.Put(userPath(staff)+"/stores", stores("", first)).ExpectError(403, ownerRequired)
		})
	})
}

func TestTheSameStoresAgainAreNotRecorded(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, first, second := s.Staff(), homeOf(s, s.Admin()), addStore(s)
		move(s, staff, first, second)
		s.Clock.Advance(time.Hour)
		unrecorded(s, func() {
			for _, ids := range [][]string{{first, second}, {second, first}} {
				for _, body := range []map[string]any{{"store_ids": ids}, {"store_ids": ids, "home_store_id": first}, {"store_ids": ids, "home_store_id": ""}} {
					r := s.Admin().Put(userPath(staff)+"/stores", body).ExpectStatus(200)
					if r.Text("user.updated_at") != "2026-03-04T20:00:00.123456Z" {
						t.Errorf("%v: %s", body, r.Body)
					}
				}
			}
		})
	})
}

// An owner belongs to every store, whatever is written about it.
func TestAnOwnerActsInEveryStore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		second := addStore(s)
		staff := s.Staff()
		move(s, staff, second)
		there := s.Admin().With("X-Store-ID", second)
		there.Get("/api/tracking/items").ExpectStatus(200)
		if diff := cmp.Diff([]string{"TEST123 active"}, numbers(there.Get("/api/admin/users"))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Admin().Put(userPath(staff), `{"name": "Samantha"}`).ExpectStatus(200) // from another store
		s.Admin().Put(userPath(staff)+"/pin", `{"pin": "8642"}`).ExpectStatus(200)
		s.Admin().Delete(userPath(staff)).ExpectStatus(200)
	})
}

func TestSimultaneousChangesOfSomebodysStoresLeaveOneOfThem(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, owner, first := s.Staff(), s.Admin(), homeOf(s, s.Admin())
		second := addStore(s)
		wishes := []map[string]any{
			{"store_ids": []string{first}, "home_store_id": first},
			{"store_ids": []string{second}, "home_store_id": second},
			{"store_ids": []string{first, second}, "home_store_id": second},
		}
		for range 6 {
			for _, r := range together(6, func(i int) *apptest.Response {
				return owner.Put(userPath(staff)+"/stores", wishes[i%3])
			}) {
				r.ExpectStatus(200)
			}
			if n := value[int](s, `SELECT count(*) FROM users u WHERE NOT EXISTS (
				SELECT 1 FROM store_members m WHERE m.user_id = u.id AND m.store_id = u.home_store_id)`); n != 0 {
				t.Error("the home is none of the stores")
			}
		}
	})
}
