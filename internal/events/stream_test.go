package events_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const items = "/api/tracking/items"

func add(c *apptest.Client, code string) {
	c.TB.Helper()
	c.Post(items, map[string]any{"name": "Oat", "category": "other", "code": code}).ExpectStatus(http.StatusCreated)
}

func TestWhoLooksOnSeesWhatHappens(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		w := watch(t, stream(s), staff.Token, nil)
		add(staff, "4821")
		staff.Delete(items + "/4821").ExpectStatus(200)
		staff.Post(items+"/4821/restore", nil).ExpectStatus(200)
		session := "/api/milk-count/sessions/" + staff.Post("/api/milk-count/sessions/start", nil).Text("session.id")
		staff.Put(session+"/draft", `{"counts": []}`).ExpectStatus(200)
		staff.Put(session+"/night-foh", `{"counts": []}`).ExpectStatus(200)
		display := "/api/rtde/sessions/" + staff.Post("/api/rtde/sessions/start", nil).Text("session_id")
		staff.Post(display+"/complete", nil).ExpectStatus(200)
		admin.Post("/api/rtde/admin/items", `{"name": "Panini", "par_level": 4}`).ExpectStatus(201)
		admin.Post("/api/milk-count/admin/milk-types", `{"name": "Hemp", "category": "non_dairy"}`).ExpectStatus(201)
		admin.Post("/api/admin/users", `{"partner_number": "NIA01", "name": "Nia Brooks", "pin": "2468"}`).ExpectStatus(201)
		store := admin.Get("/api/stores").Text("stores.0.id")
		admin.Put("/api/stores/"+store, `{"name": "Harbor Street"}`).ExpectStatus(200)
		last := ""
		for _, want := range []string{
			"item.added", "item.removed", "item.restored", "milk.session", "milk.session", "milk.session",
			"rtde.completed", "rtde.items", "par.updated", "user.updated", "store.updated",
		} {
			e := w.next(t)
			if e.kind != want || e.id <= last && len(e.id) <= len(last) {
				t.Errorf("%+v after id %s, want %s", e, last, want)
			}
			last = e.id
		}
	})
}

func TestWhoWasAwayGetsWhatWasMissed(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		w := watch(t, stream(s), s.Staff().Token, nil)
		add(s.Staff(), "0001")
		first := w.next(t)
		w.close()
		for i := 2; i <= 30; i++ {
			add(s.Staff(), fmt.Sprintf("%04d", i))
		}
		again := watch(t, stream(s), s.Staff().Token, map[string]string{"Last-Event-ID": first.id})
		add(s.Staff(), "0031")
		var begin int
		if _, err := fmt.Sscan(first.id, &begin); err != nil {
			t.Fatal(err)
		}
		for i := 1; i <= 30; i++ {
			if e := again.next(t); e.id != fmt.Sprint(begin+i) || e.kind != "item.added" {
				t.Fatalf("event %d is %+v", i, e)
			}
		}
	})
}

func TestWhoWasAwayTooLongIsToldToLoadAnew(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		add(s.Staff(), "0001")
		w := watch(t, stream(s), s.Staff().Token, map[string]string{"Last-Event-ID": "0"})
		newest := w.next(t)
		for newest.kind != "item.added" { // those of the partners come before it
			newest = w.next(t)
		}
		s.Clock.Advance(24*time.Hour + time.Second)
		s.Clock.Advance(time.Second)
		if _, err := s.App.Events.CleanUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		fresh := s.Anybody().Post("/api/auth/login", map[string]string{"partner_number": apptest.StaffNumber, "pin": apptest.StaffPIN}).Text("token")
		for _, last := range []string{"0", "999999", "-1", "x"} {
			e := watch(t, stream(s), fresh, map[string]string{"Last-Event-ID": last}).next(t)
			if e.kind != "reset" || e.id != newest.id {
				t.Errorf("after %s: %+v", last, e)
			}
		}
		// Who missed nothing is not told to.
		w = watch(t, stream(s), fresh, map[string]string{"Last-Event-ID": newest.id})
		s.Admin()
		again := s.Anybody().WithToken(fresh)
		add(again, "0002")
		if e := w.next(t); e.kind != "item.added" {
			t.Errorf("%+v", e)
		}
	})
}

func TestATicketOpensTheStreamOnceAndSoon(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		ticket := func() string { return s.Staff().Post("/api/events/ticket", nil).ExpectStatus(201).Text("ticket") }
		one := ticket()
		w := watch(t, stream(s)+"?ticket="+one, "", nil)
		add(s.Staff(), "0001")
		if e := w.next(t); e.kind != "item.added" {
			t.Errorf("%+v", e)
		}
		s.Anybody().Get("/api/events?ticket="+one).ExpectError(401, "Invalid or expired ticket")
		s.Anybody().Get("/api/events?ticket=x").ExpectError(401, "Invalid or expired ticket")
		s.Anybody().Get("/api/events").ExpectError(401, "Missing Authorization Header")
		late := ticket()
		s.Clock.Advance(time.Minute)
		s.Anybody().Get("/api/events?ticket="+late).ExpectError(401, "Invalid or expired ticket")
		out := ticket()
		s.Staff().Post("/api/auth/logout", nil).ExpectStatus(204)
		s.Anybody().Get("/api/events?ticket="+out).ExpectError(401, "Token has been revoked")
	})
}

func TestAStoreSeesItsOwnEventsAlone(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		other := s.Admin().Post("/api/stores", `{"name": "Harbor Street", "number": "2", "timezone": "UTC"}`).ExpectStatus(201).Text("store.id")
		w := watch(t, stream(s), s.Staff().Token, nil)
		there := watch(t, stream(s), s.Admin().Token, map[string]string{"X-Store-ID": other})
		add(s.Admin().With("X-Store-ID", other), "4821")
		if e := there.next(t); e.kind != "item.added" {
			t.Errorf("%+v", e)
		}
		add(s.Staff(), "0001")
		if e := w.next(t); e.kind != "item.added" || !strings.Contains(e.data, `"code":"0001"`) {
			t.Errorf("%+v", e)
		}
		s.Staff().With("X-Store-ID", other).Get("/api/events").ExpectError(403, "Not a member of this store")
	})
}
