package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func contains(text string, any ...string) bool {
	for _, one := range any {
		if strings.Contains(text, one) {
			return true
		}
	}
	return false
}

func TestAnAdminDeletesAPartnerSoftly(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		staff.Post("/api/tracking/items", `{"name": "Oat", "category": "other", "code": "4821"}`).ExpectStatus(201)
		s.Clock.Advance(time.Hour)
		s.Admin().Delete("/api/admin/users/"+staff.UserID).Expect(200, `{
			"message": "User deleted successfully",
			"user": {"id": "<id>", "partner_number": "TEST123", "name": "Sam Rivera", "role": "staff", "is_owner": false,
				"status": "deleted", "last_login_at": "<time>", "created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T21:00:00.123456Z"}}`)
		if got := s.Admin().Get("/api/tracking/items/4821").Text("item.added_by_name"); got != "Sam Rivera" {
			t.Errorf("the item was added by %q", got)
		}
		by := value[string](s, `SELECT deleted_by FROM users WHERE id = $1`, staff.UserID)
		if by != s.Admin().UserID {
			t.Errorf("deleted by %s", by)
		}
		lines := auditLines(s)
		if want := "user_deleted | User Deleted | Sam Rivera (TEST123) | ADMIN001 | Avery Stone | 1"; lines[len(lines)-1] != want {
			t.Errorf("the audit log says %q, want %q", lines[len(lines)-1], want)
		}
	})
}

func TestWhatCannotBeDeletedIsToldWhy(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		before := auditLines(s)
		s.Admin().Delete("/api/admin/users/"+s.Admin().UserID).ExpectError(403, "Cannot delete your own account")
		for _, id := range []string{"none", "mt-001-whole", strings.ToUpper(s.Staff().UserID), s.Staff().UserID + "%20", "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"} {
			s.Admin().Delete("/api/admin/users/"+id).ExpectError(404, "User not found")
		}
		if diff := cmp.Diff(before, auditLines(s)); diff != "" {
			t.Errorf("the audit log tells of what did not happen: %s", diff)
		}
		s.Admin().Delete("/api/admin/users/" + s.Staff().UserID).ExpectStatus(200)
		s.Admin().Delete("/api/admin/users/"+s.Staff().UserID).ExpectError(410, "User is already deleted")
	})
}

func TestSomebodyWhoWaitsCanBeDeleted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		id := s.Anybody().Post("/api/auth/signup", account("NEW01", "Nia", "2468")).Text("user.id")
		s.Admin().Delete("/api/admin/users/" + id).ExpectStatus(200)
		s.Anybody().Post("/api/auth/login", credentials("NEW01", "2468")).ExpectError(403, deactivated)
	})
}

func TestOneOfTwoSimultaneousDeletionsIsToldThatItIsDone(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		admin, id := s.Admin(), s.Staff().UserID
		answers := together(8, func(int) *apptest.Response { return admin.Delete("/api/admin/users/" + id) })
		if diff := cmp.Diff(map[int]int{200: 1, 410: 7}, statuses(answers)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if n := value[int](s, `SELECT count(*) FROM audit_log WHERE type = 'user_deleted'`); n != 1 {
			t.Errorf("%d audit entries", n)
		}
	})
}

func TestAdminsWhoDeleteEachOtherAtOnceLeaveOneAdmin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		first := s.Admin()
		for round := range 8 {
			number := "BOSS0" + string(rune('0'+round))
			first.Post("/api/admin/users", map[string]string{"partner_number": number, "name": "Bo", "pin": "1357", "role": "admin"}).
				ExpectStatus(201)
			makeOwner(s, number)
			second := s.LogIn(number, "1357")
			clients := []*apptest.Client{first, second}
			answers := together(2, func(i int) *apptest.Response {
				return clients[i].Delete("/api/admin/users/" + clients[1-i].UserID)
			})
			if n := value[int](s, `SELECT count(*) FROM users WHERE role = 'admin' AND status = 'active'`); n != 1 {
				t.Fatalf("%d admins are left", n)
			}
			got := statuses(answers)
			if got[200] != 1 || got[401]+got[403] != 1 {
				t.Fatalf("answered %v", got)
			}
			if answers[1].Status == 200 {
				first = second
			}
		}
	})
}

func TestACircleOfAdminsNeverLosesTheLastOne(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		ring := []*apptest.Client{s.Admin()}
		for i := range 5 {
			number := "BOSS0" + string(rune('0'+i))
			s.Admin().Post("/api/admin/users", map[string]string{"partner_number": number, "name": "Bo", "pin": "1357", "role": "admin"}).
				ExpectStatus(201)
			makeOwner(s, number)
			ring = append(ring, s.LogIn(number, "1357"))
		}
		answers := together(len(ring), func(i int) *apptest.Response {
			return ring[i].Delete("/api/admin/users/" + ring[(i+1)%len(ring)].UserID)
		})
		for _, r := range answers {
			r.ExpectOneOf(200, 401, 403, 410)
		}
		if n := value[int](s, `SELECT count(*) FROM users WHERE is_owner AND status = 'active'`); n < 1 {
			t.Error("no owner is left")
		}
	})
}

// The command line may delete anybody but the last admin.
func TestTheLastAdminStays(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		_, err := s.App.Identity.DeleteUser(context.Background(), actorSystem, s.Admin().UserID)
		if err == nil || err.Error() != "At least one active admin is required" {
			t.Errorf("%v", err)
		}
		s.Admin().Get("/api/admin/users").ExpectStatus(200)
	})
}

// An audit entry and its change are one: where the entry cannot be written,
// there is no change either.
func TestWithoutItsAuditEntryNothingHappens(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff()
		execute(s, `ALTER TABLE audit_log RENAME TO audit_log_away`)
		s.Admin().Delete("/api/admin/users/"+s.Staff().UserID).ExpectError(500, "Internal server error")
		s.Admin().Post("/api/admin/users", account("NEW01", "Nia", "2468")).ExpectError(500, "Internal server error")
		s.Anybody().Post("/api/auth/signup", account("NEW01", "Nia", "2468")).ExpectError(500, "Internal server error")
		if err := s.App.Identity.ResetPIN(t.Context(), actorSystem, s.Staff().UserID, "8642"); err == nil {
			t.Error("the PIN was reset without a record")
		}
		execute(s, `ALTER TABLE audit_log_away RENAME TO audit_log`)
		if diff := cmp.Diff([]string{"TEST123 active", "ADMIN001 active"}, numbers(s.Admin().Get("/api/admin/users"))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Staff().Get("/api/auth/me").ExpectStatus(200)
		s.Anybody().Post("/api/auth/login", credentials(apptest.StaffNumber, apptest.StaffPIN)).ExpectStatus(200)
	})
}

func makeOwner(s *apptest.Server, number string) {
	execute(s, `UPDATE users SET is_owner = true WHERE partner_number = $1`, number)
}

// boss makes another admin and logs them in.
func boss(s *apptest.Server, number string) *apptest.Client {
	s.Admin().Post("/api/admin/users", map[string]string{"partner_number": number, "name": "Bo", "pin": "1357", "role": "admin"}).
		ExpectStatus(201)
	return s.LogIn(number, "1357")
}

func TestOnlyAnOwnerDeletesAnOwner(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		owner, admin, second := s.Admin(), boss(s, "BOSS01"), boss(s, "BOSS02")
		admin.Delete("/api/admin/users/"+owner.UserID).ExpectError(403, ownerOnly)
		makeOwner(s, "BOSS02")
		admin.Delete("/api/admin/users/"+owner.UserID).ExpectError(403, ownerOnly)
		second.Delete("/api/admin/users/" + owner.UserID).ExpectStatus(200)
		second.Delete("/api/admin/users/" + admin.UserID).ExpectStatus(200)
	})
}

// The command line may delete an owner, but never the last one.
func TestTheLastOwnerStays(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		owner := s.Admin()
		boss(s, "BOSS01")
		for _, waiting := range []string{"pending", "deleted"} { // they own nothing now
			second := boss(s, "BOSS"+waiting)
			makeOwner(s, "BOSS"+strings.ToUpper(waiting))
			if waiting == "deleted" {
				owner.Delete("/api/admin/users/" + second.UserID).ExpectStatus(200)
			} else {
				execute(s, `UPDATE users SET status = 'pending' WHERE id = $1`, second.UserID)
			}
		}
		_, err := s.App.Identity.DeleteUser(t.Context(), actorSystem, owner.UserID)
		if err == nil || err.Error() != "At least one active owner is required" {
			t.Errorf("%v", err)
		}
		makeOwner(s, "BOSS01")
		if _, err := s.App.Identity.DeleteUser(t.Context(), actorSystem, owner.UserID); err != nil {
			t.Error(err)
		}
	})
}
