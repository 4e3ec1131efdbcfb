package stores_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// expectApart fails the test unless a question has other answers in the two
// stores.
func expectApart(t *testing.T, c *apptest.Client, other, path, value string, here, there any) {
	t.Helper()
	got := []any{c.Get(path).ExpectStatus(http.StatusOK).Value(value), in(c, other).Get(path).ExpectStatus(http.StatusOK).Value(value)}
	if diff := cmp.Diff([]any{here, there}, got); diff != "" {
		t.Errorf("%s: %s (-want +got):\n%s", path, value, diff)
	}
}

func TestACodeCanBeInUseInEveryStore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		_, other := twoShops(s)
		owner := s.Admin()
		expectApart(t, owner, other, "/api/tracking/items/0001", "item.name", "Home Syrup", "Other Syrup")
		owner.Delete("/api/tracking/items/0001").ExpectStatus(http.StatusOK)
		expectApart(t, owner, other, "/api/tracking/items/0001", "item.is_removed", true, false)
		owner.Post("/api/tracking/items", `{"name": "Oat Cups", "category": "cups", "code": "0001"}`).ExpectStatus(http.StatusCreated)
		expectApart(t, owner, other, "/api/tracking/items/0001", "item.name", "Oat Cups", "Other Syrup")

		leased := owner.Post("/api/tracking/codes", nil).ExpectStatus(http.StatusCreated).Text("codes.0")
		in(owner, other).Post("/api/tracking/items", map[string]string{"name": "Oat Lids", "category": "lids", "code": leased}).
			ExpectStatus(http.StatusCreated) // not held here, and no less held there
		s.Staff().Post("/api/tracking/items", map[string]string{"name": "Oat Lids", "category": "lids", "code": leased}).
			ExpectFields(map[string]string{"code": "Code already in use"})
	})
}

func TestMilksAndParsAreAStoresOwn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		other := addStore(s, "B-2", "America/Los_Angeles")
		owner := s.Admin()
		here := owner.Get(milk + "/milk-types").Text("milk_types.0.id")
		there := in(owner, other).Get(milk + "/milk-types").Text("milk_types.0.id")
		owner.Put(milk+"/admin/par-levels/"+here, `{"par_value": 12}`).ExpectStatus(http.StatusOK)
		in(owner, other).Put(milk+"/admin/par-levels/"+there, `{"par_value": 34}`).ExpectStatus(http.StatusOK)
		expectApart(t, owner, other, milk+"/milk-types", "milk_types.0.par_value", 12.0, 34.0)
		owner.Put(milk+"/admin/par-levels/"+there, `{"par_value": 1}`).ExpectError(http.StatusNotFound, "Milk type not found")
		for _, store := range []string{"", other} { // one name in both
			in(owner, store).Post(milk+"/admin/milk-types", `{"name": "Hemp", "category": "non_dairy"}`).ExpectStatus(http.StatusCreated)
		}
		in(owner, other).Put(milk+"/admin/milk-types/"+there, `{"name": "Two Percent", "active": false}`).ExpectStatus(http.StatusOK)
		expectApart(t, owner, other, milk+"/admin/milk-types?include_inactive=true", "milk_types.0.name", "2%", "Two Percent")
		expectApart(t, owner, other, milk+"/milk-types", "milk_types.0.name", "2%", "Whole")
	})
}

func TestAMilkCountIsAStoresOwn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		other := addStore(s, "B-2", "America/Los_Angeles")
		owner := s.Admin()
		here := owner.Post(milk+"/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session.id")
		in(owner, other).Get(milk+"/sessions/today").Expect(http.StatusOK, `{"session": null}`)
		there := in(owner, other).Post(milk+"/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session.id")
		oneMilk := owner.Get(milk + "/milk-types").Text("milk_types.0.id")
		body := fmt.Sprintf(`{"counts": [{"milk_type_id": %q, "foh_count": 5}]}`, oneMilk)
		owner.Put(milk+"/sessions/"+here+"/night-foh", body).ExpectStatus(http.StatusOK)
		expectApart(t, owner, other, milk+"/sessions/today", "session.status", "night_boh", "night_foh")
		in(owner, other).Put(milk+"/sessions/"+there+"/night-foh", body).ExpectError(http.StatusBadRequest, "Unknown milk type: "+oneMilk)
		in(owner, other).Get(milk+"/sessions/"+here).ExpectError(http.StatusNotFound, "Session not found")
		expectApart(t, owner, other, milk+"/history", "total", 1.0, 1.0)
	})
}

func TestADisplayIsAStoresOwn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		other := addStore(s, "B-2", "America/Los_Angeles")
		owner := s.Admin()
		for store, par := range map[string]int{"": 3, other: 8} { // one name in both
			in(owner, store).Post("/api/rtde/admin/items", map[string]any{"name": "Turkey Wrap", "par_level": par}).ExpectStatus(http.StatusCreated)
		}
		expectApart(t, owner, other, "/api/rtde/admin/items", "items.0.par_level", 3.0, 8.0)
		// One in progress in each: a partner may be lent out in the middle of one.
		here := owner.Post("/api/rtde/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session_id")
		there := in(owner, other).Post("/api/rtde/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session_id")
		expectApart(t, owner, other, "/api/rtde/sessions/active", "session.id", here, there)
		expectApart(t, owner, other, "/api/rtde/sessions/in-progress", "sessions.0.id", here, there)
		owner.Post("/api/rtde/sessions/"+here+"/complete", nil).ExpectStatus(http.StatusOK)
		expectApart(t, owner, other, "/api/rtde/history", "total", 1.0, 0.0)
		expectApart(t, owner, other, "/api/rtde/sessions/last-completed", "last_completed_at", "2026-03-04T20:01:00.123456Z", nil)
		in(owner, other).Get("/api/rtde/sessions/"+here).ExpectError(http.StatusNotFound, "Session not found")
	})
}
