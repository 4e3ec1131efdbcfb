package events_test

import (
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestAStreamEndsWithTheRightToIt(t *testing.T) {
	for name, end := range map[string]func(s *apptest.Server){
		"logged out": func(s *apptest.Server) { s.Staff().Post("/api/auth/logout", nil).ExpectStatus(204) },
		"deleted":    func(s *apptest.Server) { s.Admin().Delete("/api/admin/users/" + s.Staff().UserID).ExpectStatus(200) },
		"PIN changed": func(s *apptest.Server) {
			s.Admin().Put("/api/admin/users/"+s.Staff().UserID+"/pin", `{"pin": "8642"}`).ExpectStatus(200)
		},
	} {
		t.Run(name, func(t *testing.T) {
			apptest.Each(t, func(t *testing.T, s *apptest.Server) {
				s.App.Events.CheckEvery(20 * time.Millisecond)
				w, admins := watch(t, stream(s), s.Staff().Token, nil), watch(t, stream(s), s.Admin().Token, nil)
				end(s)
				w.ended(t)
				add(s.Admin(), "4821") // who is still in goes on looking
				for admins.next(t).kind != "item.added" {
				}
			})
		})
	}
}

// It does not wait for the heartbeat: who has no right to the store any more is
// not even told of that.
func TestWhoIsTakenOutOfTheStoreGetsNoMoreOfIt(t *testing.T) {
	for name, takeOut := range map[string]func(s *apptest.Server){
		"moved": func(s *apptest.Server) {
			other := s.Admin().Post("/api/stores", `{"name": "Harbor Street", "number": "2", "timezone": "UTC"}`).ExpectStatus(201).Text("store.id")
			s.Admin().Put("/api/admin/users/"+s.Staff().UserID+"/stores",
				map[string]any{"store_ids": []string{other}, "home_store_id": other}).ExpectStatus(200)
		},
		"deleted": func(s *apptest.Server) { s.Admin().Delete("/api/admin/users/" + s.Staff().UserID).ExpectStatus(200) },
	} {
		t.Run(name, func(t *testing.T) {
			apptest.Each(t, func(t *testing.T, s *apptest.Server) {
				w := watch(t, stream(s), s.Staff().Token, nil)
				add(s.Staff(), "0001")
				if e := w.next(t); e.kind != "item.added" {
					t.Errorf("%+v", e)
				}
				takeOut(s)
				add(s.Admin(), "0002")
				w.endsHere(t)
			})
		})
	}
}

func TestAStreamLastsAsLongAsTheLogin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.App.Events.CheckEvery(time.Millisecond)
		w := watch(t, stream(s), s.Staff().Token, nil)
		for range 20 {
			s.Admin().Get("/api/auth/me").ExpectStatus(200)
		}
		add(s.Admin(), "4821")
		if e := w.next(t); e.kind != "item.added" {
			t.Errorf("%+v", e)
		}
	})
}

func TestStreamsEndWithTheServerAndLeaveNothingBehind(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			s := apptest.New(t, engine)
			s.Staff()
			before := runtime.NumGoroutine()
			for range 3 {
				var all []*watcher
				for range 20 {
					all = append(all, watch(t, stream(s), s.Staff().Token, nil))
				}
				if n := s.App.Events.Streams(); n != 20 {
					t.Errorf("%d streams", n)
				}
				for _, w := range all {
					w.close()
				}
				eventually(t, "nobody looks on", func() bool { return s.App.Events.Audiences() == 0 })
			}
			var all []*watcher
			for range 20 {
				all = append(all, watch(t, stream(s), s.Staff().Token, nil))
			}
			s.App.Events.Close()
			for _, w := range all {
				w.ended(t)
			}
			watch(t, stream(s), s.Staff().Token, nil).ended(t)
			eventually(t, "nobody looks on", func() bool { return s.App.Events.Audiences() == 0 })
			http.DefaultClient.CloseIdleConnections()
			const spare = 5 // connections of the database come and go
			eventually(t, "the goroutines end", func() bool {
				stacks := make([]byte, 1<<20)
				stacks = stacks[:runtime.Stack(stacks, true)]
				return runtime.NumGoroutine() <= before+spare && !strings.Contains(string(stacks), "events.(*viewer)")
			})
		})
	}
}
