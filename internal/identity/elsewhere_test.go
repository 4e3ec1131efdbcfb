package identity_test

import (
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// Somebody's role and PIN are good in every store that they belong to: an admin
// of one of them would get into the others.
func TestAnAdminChangesNobodyWhoAlsoBelongsToAStoreOfOthers(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		first, second := homeOf(s, s.Admin()), addStore(s)
		s.Admin().Post("/api/admin/users", `{"partner_number": "LOCAL1", "name": "Nia Brooks", "pin": "2468", "role": "admin"}`).ExpectStatus(201)
		local, sam := s.LogIn("LOCAL1", "2468"), userPath(s.Staff())
		both := map[string]any{"store_ids": []string{first, second}}
		local.Put(sam, `{"name": "Sam R."}`).ExpectStatus(200)
		s.Admin().Put(sam+"/stores", both).ExpectStatus(200)
		const refusal = "User belongs to another store"
		local.Put(sam, `{"role": "admin"}`).ExpectError(403, refusal)
		local.Put(sam, `{"name": "Sam"}`).ExpectError(403, refusal)
		local.Put(sam+"/pin", `{"pin": "1111"}`).ExpectError(403, refusal)
		local.Delete(sam).ExpectError(403, refusal)
		s.Staff().Get("/api/auth/me").ExpectStatus(200)

		// One who belongs to both may.
		s.Admin().Put(userPath(local)+"/stores", both).ExpectStatus(200)
		local.Put(sam, `{"name": "Sam Rivera"}`).ExpectStatus(200)
		local.Put(userPath(local), `{"name": "Nia B."}`).ExpectStatus(200)
	})
}

func TestEveryStoreThatGetsOrLosesAPartnerHasItOnRecord(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		first, second := homeOf(s, s.Admin()), addStore(s)
		there := s.Admin().With("X-Store-ID", second)
		newest := func(c *apptest.Client) string {
			answer := c.Get("/api/admin/activity?limit=1")
			if answer.Value("count") == 0.0 {
				return ""
			}
			return answer.Text("activities.0.type")
		}
		before := newest(s.Admin())
		s.Admin().Put(userPath(s.Staff())+"/stores", map[string]any{"store_ids": []string{first, second}}).ExpectStatus(200)
		if newest(there) != "user_updated" || newest(s.Admin()) != before {
			t.Errorf("gained: here %s, there %s", newest(s.Admin()), newest(there))
		}
		s.Admin().Put(userPath(s.Staff())+"/stores", map[string]any{"store_ids": []string{second}, "home_store_id": second}).ExpectStatus(200)
		if newest(s.Admin()) != "user_updated" {
			t.Errorf("lost: here %s", newest(s.Admin()))
		}
	})
}

func TestWhoOnlyHasToWaitIsLetInByAnAdmin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		path := userPath(s.Staff())
		login := func(pin string) *apptest.Response {
			return s.Anybody().Post("/api/auth/login", map[string]string{"partner_number": apptest.StaffNumber, "pin": pin})
		}
		for range 5 {
			login("0000").ExpectStatus(401)
		}
		login(apptest.StaffPIN).ExpectStatus(429)
		s.Admin().Put(path, `{"status": "active"}`).ExpectStatus(200)
		login(apptest.StaffPIN).ExpectStatus(200)
	})
}
