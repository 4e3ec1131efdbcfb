package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// A partner who helps out brings nothing of the store that they come from.
func TestAGuestDoesNotShowTheStoreThatTheyComeFrom(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			s := chain(t, engine)
			far, near := openShop(s, "QUOKKA", 777_000), openShop(s, "WOMBAT", 0)
			guest := far.things["staff"]
			s.Admin().Put("/api/admin/users/"+guest+"/stores", map[string]any{
				"store_ids": []string{far.store, near.store},
			}).ExpectStatus(http.StatusOK)
			path := "/api/admin/users/" + guest
			for _, r := range []*apptest.Response{
				near.admin.Get("/api/admin/users").ExpectStatus(http.StatusOK),
				near.admin.Get(path).ExpectStatus(http.StatusOK),
				near.admin.Get("/api/admin/activity?limit=30").ExpectStatus(http.StatusOK),
				near.admin.Put(path, `{"name": "Sam R."}`).ExpectStatus(http.StatusForbidden),
				near.admin.Put(path+"/pin", `{"pin": "1111"}`).ExpectStatus(http.StatusForbidden),
				near.admin.Delete(path).ExpectStatus(http.StatusForbidden),
			} {
				if strings.Contains(string(r.Body), far.store) {
					t.Errorf("the other store's id is shown: %s", r.Body)
				}
			}
			if r := near.admin.Get(path); r.Value("user.home_store_id") != nil {
				t.Errorf("to the admin where they help out: %s", r.Body)
			}
			if r := s.Admin().Get(path); r.Text("user.home_store_id") != far.store {
				t.Errorf("an owner does not see the home: %s", r.Body)
			}
			if r := far.admin.Get(path); r.Text("user.home_store_id") != far.store || strings.Contains(string(r.Body), near.store) {
				t.Errorf("to the admin at home: %s", r.Body)
			}
		})
	}
}
