package stores_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	storesPath    = "/api/stores"
	ownerRequired = "Owner access required"
	notAMember    = "Not a member of this store"
)

// newShop is the body of a store to be added.
func newShop(number string) map[string]any {
	return map[string]any{"name": "Pier 7", "number": number, "timezone": "Europe/Berlin"}
}

// addStore adds a store and returns its id. Stores of one instant would have
// no order.
func addStore(s *apptest.Server, number, timezone string) string {
	s.TB.Helper()
	s.Clock.Advance(time.Minute)
	shop := newShop(number)
	shop["timezone"] = timezone
	return s.Admin().Post(storesPath, shop).ExpectStatus(http.StatusCreated).Text("store.id")
}

// homeOf is the store that somebody is at home in.
func homeOf(c *apptest.Client) string {
	c.TB.Helper()
	r := c.Get(storesPath).ExpectStatus(http.StatusOK)
	for i := range r.Value("stores").([]any) {
		if r.Value(fmt.Sprintf("stores.%d.is_home", i)) == true {
			return r.Text(fmt.Sprintf("stores.%d.id", i))
		}
	}
	c.TB.Fatal("no home")
	return ""
}

// in is somebody acting in another store.
func in(c *apptest.Client, store string) *apptest.Client { return c.With("X-Store-ID", store) }

// hireAdmin makes an admin whose home is the store, and who is no owner.
func hireAdmin(s *apptest.Server, store string) *apptest.Client {
	s.TB.Helper()
	const number, pin = "KIM42", "4321"
	in(s.Admin(), store).Post("/api/admin/users", map[string]string{
		"partner_number": number, "name": "Kim Osei", "pin": pin, "role": "admin",
	}).ExpectStatus(http.StatusCreated)
	return s.LogIn(number, pin)
}

// give says which stores somebody belongs to, the home store first.
func give(s *apptest.Server, user *apptest.Client, stores ...string) {
	s.TB.Helper()
	s.Admin().Put("/api/admin/users/"+user.UserID+"/stores", map[string]any{
		"store_ids": stores, "home_store_id": stores[0],
	}).ExpectStatus(http.StatusOK)
}

// record is what an admin of the store sees of what was changed there.
func record(s *apptest.Server, store string) *apptest.Response {
	s.TB.Helper()
	return in(s.Admin(), store).Get("/api/admin/activity?limit=30")
}

func expectNothingRecorded(t *testing.T, s *apptest.Server, store string, do func()) {
	t.Helper()
	before := string(record(s, store).Body)
	do()
	if after := string(record(s, store).Body); after != before {
		t.Errorf("recorded: %s", after)
	}
}
