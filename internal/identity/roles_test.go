package identity_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	adminRequired = "Admin access required"
	ownerRequired = "Owner access required"
	notAMember    = "Not a member of this store"
)

// ofOwners are the operations for owners alone; for admins are those whose path
// says so.
var ofOwners = []string{"POST /api/stores", "PUT /api/stores/{id}", "PUT /api/admin/users/{id}/stores"}

// ofTheAccount are the operations that act on no store.
var ofTheAccount = []string{
	"GET /api/auth/me", "PUT /api/auth/pin", "POST /api/auth/logout", "GET /api/stores", "POST /api/stores", "PUT /api/stores/{id}",
}

func (o operation) among(operations []string) bool {
	return slices.Contains(operations, o.method+" "+o.path)
}

// hasListed fails the test where a list names what there is not.
func hasListed(t *testing.T, s *apptest.Server, lists ...[]string) {
	t.Helper()
	for _, list := range lists {
		n := 0
		for _, o := range protected(s) {
			if o.among(list) {
				n++
			}
		}
		if n != len(list) {
			t.Errorf("only %d of these there are: %v", n, list)
		}
	}
}

func TestAdminAndOwnerRoutesRefuseEverybodyElse(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		hasListed(t, s, ofOwners)
		admin, demoted := boss(s, "BOSS01"), boss(s, "BOSS02")
		demoted.Get("/api/admin/users").ExpectStatus(200)
		execute(s, `UPDATE users SET role = 'staff' WHERE id = $1`, demoted.UserID)
		for _, o := range protected(s) {
			ofAdmins := strings.Contains(o.path, "/admin/")
			for _, c := range []*apptest.Client{s.Staff(), demoted, admin} {
				r := o.call(c)
				switch {
				case o.among(ofOwners):
					r.ExpectError(403, ownerRequired)
				case ofAdmins && c != admin:
					r.ExpectError(403, adminRequired)
				case r.Status == 401 || r.Status == 403:
					t.Errorf("%v: %d %s", o, r.Status, r.Body)
				}
				if r.Header.Get("WWW-Authenticate") != "" {
					t.Errorf("%v: a %d asks for a login", o, r.Status)
				}
			}
			if r := o.call(s.Admin()); r.Status == 401 || r.Status == 403 {
				t.Errorf("%v, by an owner: %d %s", o, r.Status, r.Body)
			}
		}
		execute(s, `UPDATE users SET role = 'admin' WHERE id = $1`, demoted.UserID)
		logInAgain(s, "BOSS02", "1357").Get("/api/admin/users").ExpectStatus(200)
	})
}

// addStore makes store 2 and returns its id.
func addStore(s *apptest.Server) string {
	s.TB.Helper()
	r := s.Admin().Post("/api/stores", map[string]string{"name": "Harbor Street", "number": "2", "timezone": "UTC"})
	return r.ExpectStatus(201).Text("store.id")
}

func homeOf(s *apptest.Server, c *apptest.Client) string {
	s.TB.Helper()
	return value[string](s, `SELECT home_store_id FROM users WHERE id = $1`, c.UserID)
}

// move gives somebody other stores; the first is their home.
func move(s *apptest.Server, c *apptest.Client, ids ...string) {
	s.TB.Helper()
	s.Admin().Put("/api/admin/users/"+c.UserID+"/stores", map[string]any{"store_ids": ids, "home_store_id": ids[0]}).
		ExpectStatus(200)
}

func TestNobodyActsOnAStoreTheyDoNotBelongTo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		hasListed(t, s, ofTheAccount)
		here := homeOf(s, s.Admin())
		admin := boss(s, "BOSS01")
		there := addStore(s)
		move(s, s.Staff(), there)
		move(s, admin, there)
		for _, o := range protected(s) {
			for _, c := range []*apptest.Client{s.Staff(), admin} {
				for _, store := range []string{here, "none", "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d", there + "x"} {
					if o == logout && store != here {
						continue // there is one session to end
					}
					r := o.call(c.With("X-Store-ID", store))
					switch {
					case !o.among(ofTheAccount):
						r.ExpectError(403, notAMember)
					case r.Status == 401, strings.Contains(string(r.Body), notAMember):
						t.Errorf("%v: %d %s", o, r.Status, r.Body)
					}
				}
			}
			// An owner belongs to every store, and to none that there is not.
			if r := o.call(s.Admin().With("X-Store-ID", there)); r.Status == 401 || r.Status == 403 {
				t.Errorf("%v, by an owner: %d %s", o, r.Status, r.Body)
			}
			if !o.among(ofTheAccount) {
				o.call(s.Admin().With("X-Store-ID", "none")).ExpectError(403, notAMember)
			}
		}
	})
}
