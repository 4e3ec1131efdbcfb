package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// Every operation is called, and time passes; after each step a phone that polls
// asks for what it has, and asks again without saying so. It may be told that
// nothing changed only where nothing did.
func TestAPhoneIsNeverLeftWithAnOldAnswer(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			s := chain(t, engine)
			far, near := openShop(s, "QUOKKA", 777_000), openShop(s, "WOMBAT", 0)
			fill(near, far)
			i := isolation{t: t, s: s, near: near, far: far, operations: map[string]operation{}}
			for name, op := range operations(s.App.API.Document()) {
				i.operations[op.OperationID] = operation{name, op}
			}
			owner := s.Admin().With("X-Store-ID", near.store)
			owner.Post("/api/tracking/items", `{"name": "Owned", "category": "cups"}`).ExpectStatus(http.StatusCreated)
			phone := newPoller(t, near, i.operations)
			phone.poll("nothing")
			for _, p := range probes {
				op := i.operations[p.op]
				i.send(p, op, i.session(op, near.admin), near.things)
				phone.poll(p.op)
			}
			for what, change := range map[string]string{
				"zone": `{"timezone": "Asia/Tokyo"}`, "hours": `{"business_day_start": "05:30", "morning_count_cutoff": "23:00"}`,
			} {
				owner.Put("/api/stores/"+near.store, change).ExpectStatus(http.StatusOK)
				phone.poll("the store's " + what)
			}
			s.Admin().Put("/api/admin/users/"+s.Admin().UserID, `{"name": "Avery Newname"}`).ExpectStatus(http.StatusOK)
			phone.poll("the name of somebody of another store who once worked here")
			for range 48 {
				s.Clock.Advance(time.Hour)
				phone.poll("an hour")
			}
			if phone.kept < 100 || phone.changed < 30 {
				t.Errorf("%d answers were kept and %d changed: that shows too little", phone.kept, phone.changed)
			}
		})
	}
}

// poller asks for all that has a tag, again and again.
type poller struct {
	t             *testing.T
	c             *apptest.Client
	has           map[string]*apptest.Response // by path
	kept, changed int
}

func newPoller(t *testing.T, b *shop, all map[string]operation) *poller {
	p := &poller{t: t, c: b.admin, has: map[string]*apptest.Response{
		"/api/tracking/items": nil, "/api/tracking/items?include_removed=true&category=cups": nil,
		milkPath + "/milk-types": nil, milkPath + "/sessions/today": nil,
		"/api/rtde/admin/items": nil, "/api/rtde/admin/items?include_inactive=true": nil,
	}}
	for _, session := range []string{"completed", "night_foh", "night_boh", "morning", "on_order"} {
		p.has[milkPath+"/sessions/"+b.things[session]] = nil
	}
	tagged := 0
	for _, op := range all {
		if op.inStore() && slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "If-None-Match" }) {
			tagged++
		}
	}
	if tagged != 5 {
		t.Errorf("%d operations of a store have a tag: the poller should know them all", tagged)
	}
	return p
}

func (p *poller) poll(after string) {
	p.t.Helper()
	for path, had := range p.has {
		fresh := p.c.Get(path).ExpectStatus(http.StatusOK)
		p.has[path] = fresh
		if had == nil {
			continue
		}
		said := p.c.With("If-None-Match", had.Header.Get("ETag")).Get(path).ExpectOneOf(http.StatusOK, http.StatusNotModified)
		same := string(fresh.Body) == string(had.Body)
		switch {
		case said.Status == http.StatusNotModified && !same:
			p.t.Errorf("after %s, %s is said to be what it was, and is not:\n%s\n%s", after, path, had.Body, fresh.Body)
		case said.Status == http.StatusNotModified:
			p.kept++
		case !same:
			p.changed++
		}
	}
}

// What a 304 costs is reading who asks, and nothing of the list.
func TestWhatTheClientHasIsNotReadAgain(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().Post("/api/tracking/items", `{"name": "Oat", "category": "cups"}`).ExpectStatus(http.StatusCreated)
		session := s.Staff().Post(milkPath+"/sessions/start", nil).Text("session.id")
		statements := func(c *apptest.Client, path string, status int) int64 {
			before := s.DB.Statements()
			c.Get(path).ExpectStatus(status)
			return s.DB.Statements() - before
		}
		me := statements(s.Admin(), "/api/auth/me", http.StatusOK)
		for _, path := range []string{
			"/api/tracking/items", milkPath + "/milk-types", milkPath + "/sessions/today",
			milkPath + "/sessions/" + session, "/api/rtde/admin/items",
		} {
			tag := s.Admin().Get(path).Header.Get("ETag")
			if got := statements(s.Admin().With("If-None-Match", tag), path, http.StatusNotModified); got > me {
				t.Errorf("%s: 304 takes %d statements, /api/auth/me takes %d", path, got, me)
			}
		}
	})
}

// Polling for what did not change should be as fast as GET /api/auth/me: compare
// the numbers of one run.
func BenchmarkPolling(b *testing.B) {
	for _, engine := range dbtest.Engines() {
		s := apptest.New(b, engine)
		for n := range 200 {
			s.Staff().Post("/api/tracking/items", fmt.Sprintf(`{"name": "Oat Cups %d", "category": "cups"}`, n)).ExpectStatus(http.StatusCreated)
		}
		admin := s.Admin()
		for _, path := range []string{
			"/api/auth/me", "/api/tracking/items", milkPath + "/milk-types", milkPath + "/sessions/today", "/api/rtde/admin/items",
		} {
			request, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
			if err != nil {
				b.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+admin.Token)
			if tag := admin.Get(path).Header.Get("ETag"); tag != "" {
				request.Header.Set("If-None-Match", tag)
			}
			b.Run(string(engine)+path, func(b *testing.B) {
				for b.Loop() {
					answer, err := http.DefaultClient.Do(request)
					if err != nil {
						b.Fatal(err)
					}
					_ = answer.Body.Close()
				}
			})
		}
	}
}
