package stores_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// expectIn tells by an item in which store a client acts.
func expectIn(t *testing.T, c *apptest.Client, item string) {
	t.Helper()
	if got := c.Get("/api/tracking/items").ExpectStatus(http.StatusOK).Text("items.0.name"); got != item {
		t.Errorf("acts where %s is, want %s", got, item)
	}
}

// twoShops makes a second store, and puts an item into each that tells which
// it is.
func twoShops(s *apptest.Server) (home, other string) {
	s.TB.Helper()
	home, other = homeOf(s.Admin()), addStore(s, "B-2", "Europe/Berlin")
	for store, name := range map[string]string{home: "Home Syrup", other: "Other Syrup"} {
		in(s.Admin(), store).Post("/api/tracking/items", map[string]string{"name": name, "category": "syrups", "code": "0001"}).
			ExpectStatus(http.StatusCreated)
	}
	return home, other
}

func TestARequestActsOnTheStoreThatItNames(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		home, other := twoShops(s)
		give(s, s.Staff(), home, other)
		for _, c := range []*apptest.Client{s.Staff(), s.Admin()} {
			expectIn(t, c, "Home Syrup")
			expectIn(t, in(c, ""), "Home Syrup")
			expectIn(t, in(c, "  "), "Home Syrup")
			expectIn(t, in(c, home), "Home Syrup")
			expectIn(t, in(c, other), "Other Syrup")
		}
		give(s, s.Staff(), other, home)
		expectIn(t, s.Staff(), "Other Syrup")
		expectIn(t, in(s.Staff(), home), "Home Syrup")
	})
}

func TestNobodyActsInAStoreThatIsNotTheirs(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		home, other := twoShops(s)
		admin := hireAdmin(s, home)
		strangers := map[string]string{
			"unknown": "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d", "a number": "B-2", "upper case": strings.ToUpper(other),
			"long": strings.Repeat("a", 5000), "broken UTF-8": "\xff\xfe", "two": home + ", " + home, "SQL": "' OR 1=1 --",
		}
		for name, store := range strangers {
			for _, c := range []*apptest.Client{s.Staff(), admin, s.Admin()} {
				if r := in(c, store).Get("/api/tracking/items"); r.Status != http.StatusForbidden {
					t.Errorf("%s: %d %s", name, r.Status, r.Body)
				}
			}
		}
		for _, c := range []*apptest.Client{s.Staff(), admin} {
			in(c, other).Get("/api/tracking/items").ExpectError(http.StatusForbidden, notAMember)
			in(c, other).Post("/api/tracking/items", `{`).ExpectError(http.StatusForbidden, notAMember)
			in(c, other).Get("/api/admin/users").ExpectError(http.StatusForbidden, notAMember)
		}
		in(s.Anybody(), other).Get("/api/tracking/items").ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
	})
}

func TestMembershipCountsFromRequestToRequest(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		home, other := twoShops(s)
		give(s, s.Staff(), home, other)
		there := in(s.Staff(), other)
		expectIn(t, there, "Other Syrup")
		give(s, s.Staff(), home)
		there.Get("/api/tracking/items").ExpectError(http.StatusForbidden, notAMember)
		expectIn(t, s.Staff(), "Home Syrup")
		give(s, s.Staff(), other)
		in(s.Staff(), home).Get("/api/tracking/items").ExpectError(http.StatusForbidden, notAMember)
		expectIn(t, s.Staff(), "Other Syrup")

		admin := hireAdmin(s, home)
		give(s, admin, home, other)
		in(admin, other).Get("/api/admin/users").ExpectStatus(http.StatusOK) // an admin of all that they belong to
		s.Admin().Put("/api/admin/users/"+admin.UserID, `{"role": "staff"}`).ExpectStatus(http.StatusOK)
		in(admin, other).Get("/api/admin/users").ExpectError(http.StatusForbidden, "Admin access required")
	})
}

// A phone that remembers a store which its owner has left must be able to find
// out which there are.
func TestLoggingInAndTheListOfStoresHeedNoNameOfAStore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		other := addStore(s, "B-2", "Europe/Berlin")
		for _, stale := range []string{other, "nowhere", "\xff", strings.Repeat("a", 5000)} {
			lost := in(s.Anybody(), stale)
			session := lost.Post("/api/auth/login", map[string]string{
				"partner_number": apptest.StaffNumber, "pin": apptest.StaffPIN,
			}).ExpectStatus(http.StatusOK)
			c := lost.WithToken(session.Text("token"))
			c.Get("/api/auth/me").ExpectStatus(http.StatusOK)
			c.Get(storesPath).ExpectStatus(http.StatusOK)
			c.Put("/api/auth/pin", map[string]string{"current_pin": apptest.StaffPIN, "new_pin": apptest.StaffPIN}).
				ExpectStatus(http.StatusOK)
			lost.WithToken(session.Text("refresh_token")).Post("/api/auth/refresh", nil).ExpectStatus(http.StatusOK)
			c.Post("/api/auth/logout", nil).ExpectStatus(http.StatusNoContent)
		}
		owner := in(s.Admin(), "nowhere")
		id := owner.Post(storesPath, newShop("C-3")).ExpectStatus(http.StatusCreated).Text("store.id")
		if r := owner.Put(storesPath+"/"+id, `{"name": "Pier 9"}`).ExpectStatus(http.StatusOK); r.Value("store.is_home") != false {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestANULInTheNameOfAStoreIsRefused(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		fmt.Fprintf(conn, "GET /api/tracking/items HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\nX-Store-ID: a\x00b\r\n\r\n",
			s.Staff().Token)
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d", response.StatusCode)
		}
	})
}
