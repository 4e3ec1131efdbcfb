package app_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// shop is a store full of everything, and what there is in it, by the names
// that the probes use.
type shop struct {
	s      *apptest.Server
	store  string
	mark   string // in the text of whatever is only this store's
	plus   int    // on every number of this store
	admin  *apptest.Client
	worker *apptest.Client
	night  *apptest.Client // whose display nobody else begins anew
	things map[string]string
}

const (
	isolationPIN = "4321"
	sharedName   = "Sam Rivera" // somebody's in every store
)

// chain is a server with a long memory for tokens: filling a store takes days.
func chain(t *testing.T, engine database.Engine) *apptest.Server {
	t.Helper()
	settings := apptest.Settings(t, dbtest.URL(t, engine))
	settings.AccessTokenExpires, settings.RateLimit = 1000*time.Hour, 0
	s := apptest.Start(t, settings)
	s.AddPartners()
	return s
}

// openShop makes a store and its people: three who work there, one to be changed,
// one who is gone.
func openShop(s *apptest.Server, mark string, plus int) *shop {
	s.TB.Helper()
	s.Clock.Advance(time.Minute)
	store := s.Admin().Post("/api/stores", map[string]string{
		"name": mark + " Pier", "number": mark, "timezone": "America/Los_Angeles", "morning_count_cutoff": "04:00",
	}).ExpectStatus(http.StatusCreated).Text("store.id")
	b := &shop{s: s, store: store, mark: mark, plus: plus, things: map[string]string{"store": store}}
	owner := s.Admin().With("X-Store-ID", store)
	b.hire(owner, "admin", "A", mark+" Admin")
	b.admin = s.LogIn(b.things["admin number"], isolationPIN)
	b.hire(b.admin, "staff", "W", sharedName)
	b.worker = s.LogIn(b.things["staff number"], isolationPIN)
	b.hire(b.admin, "night", "N", b.mark+" Night")
	b.night = s.LogIn(b.things["night number"], isolationPIN)
	b.hire(b.admin, "mate", "M", mark+" Mate")
	b.hire(b.admin, "gone", "G", mark+" Gone")
	b.admin.Delete("/api/admin/users/" + b.things["gone"]).ExpectStatus(http.StatusOK)
	return b
}

func (b *shop) hire(by *apptest.Client, thing, letter, name string) {
	b.s.TB.Helper()
	role := "staff"
	if thing == "admin" {
		role = thing
	}
	number := b.mark + letter
	b.things[thing+" number"] = number
	b.things[thing] = by.Post("/api/admin/users", map[string]string{
		"partner_number": number, "name": name, "pin": isolationPIN, "role": role,
	}).ExpectStatus(http.StatusCreated).Text("user.id")
}

// fill uses every tool in both stores, in each the far one last: what is newest
// is shown first. Codes are 01 in both, and 02 and 03 in one.
func fill(near, far *shop) {
	near.fillMilk()
	far.fillMilk()
	near.fillInventory("02")
	far.fillInventory("03")
	near.fillDisplay()
	far.fillDisplay()
	near.s.Clock.Advance(2 * time.Minute) // a code that nobody holds any more is still to be given back
}

func (b *shop) fillInventory(first string) {
	b.s.TB.Helper()
	for thing, code := range map[string]string{
		"shared code": "0101", "shared removed": "0102",
		"code": first + "01", "removed": first + "02", "spare": first + "03",
	} {
		name := "Oat Cups"
		if code[:2] == first {
			name = b.mark + " Cups " + code
		}
		b.worker.Post("/api/tracking/items", map[string]string{"name": name, "category": "cups", "code": code}).
			ExpectStatus(http.StatusCreated)
		b.things[thing] = code
	}
	for _, thing := range []string{"removed", "shared removed"} {
		b.worker.Delete("/api/tracking/items/" + b.things[thing]).ExpectStatus(http.StatusOK)
	}
	b.worker.Post("/api/tracking/codes", `{"ttl_minutes": 1}`).ExpectStatus(http.StatusCreated)
	b.things["leased"] = b.worker.Post("/api/tracking/codes", `{"ttl_minutes": 2880}`).Text("codes.0")
	b.things["items cursor"] = b.worker.Get("/api/tracking/items?limit=1").Text("next_cursor")
	b.things["history cursor"] = b.worker.Get("/api/tracking/history?limit=1").Text("next_cursor")
}

const milkPath = "/api/milk-count"

// fillMilk leaves a session behind in every state, the newest at the beginning.
func (b *shop) fillMilk() {
	b.s.TB.Helper()
	b.things["milk"] = b.admin.Post(milkPath+"/admin/milk-types", map[string]any{
		"name": b.mark + " Milk", "category": "non_dairy", "par_value": b.plus + 9,
	}).ExpectStatus(http.StatusCreated).Text("milk_type.id")
	whole := b.worker.Get(milkPath + "/milk-types").Text("milk_types.1.id")
	b.admin.Put(milkPath+"/admin/par-levels/"+whole, map[string]int{"par_value": b.plus + 8}).ExpectStatus(http.StatusOK)
	b.admin.Put(milkPath+"/admin/milk-types/"+whole, `{"display_order": 4}`).ExpectStatus(http.StatusOK)
	for _, state := range []string{"completed before", "completed", "on_order", "morning", "night_boh", "night_foh"} {
		b.s.Clock.Advance(24 * time.Hour)
		b.things[state] = b.countMilk(state, b.things["milk"], whole)
	}
	b.admin.Post(milkPath+"/sessions/"+b.things["completed before"]+"/reopen",
		map[string]string{"status": "on_order", "reason": b.mark + " miscounted"}).ExpectStatus(http.StatusOK)
	b.saveMilk(b.things["completed before"], "on-order", "on_orders", "on_order", 1, b.things["milk"])
	b.saveMilk(b.things["night_foh"], "draft", "counts", "foh_count", 4, whole)
}

// countMilk takes a session of today as far as a state.
func (b *shop) countMilk(state string, milks ...string) string {
	b.s.TB.Helper()
	id := b.worker.Post(milkPath+"/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session.id")
	for _, step := range []struct{ state, path, array, field string }{
		{"night_foh", "night-foh", "counts", "foh_count"},
		{"night_boh", "night-boh", "counts", "boh_count"},
		{"morning", "morning", "counts", "current_boh"},
		{"on_order", "on-order", "on_orders", "on_order"},
	} {
		if step.state == state {
			break
		}
		b.saveMilk(id, step.path, step.array, step.field, 5, milks...)
	}
	return id
}

func (b *shop) saveMilk(session, path, array, field string, count int, milks ...string) {
	b.s.TB.Helper()
	elements := make([]map[string]any, len(milks))
	for i, milk := range milks {
		elements[i] = map[string]any{"milk_type_id": milk, field: b.plus + count + i}
		if field == "current_boh" {
			elements[i]["method"] = "boh_count"
		}
	}
	b.worker.Put(milkPath+"/sessions/"+session+"/"+path, map[string]any{array: elements}).ExpectStatus(http.StatusOK)
}

// fillDisplay leaves a session behind that is completed, and one in progress.
func (b *shop) fillDisplay() {
	b.s.TB.Helper()
	const root = "/api/rtde"
	for thing, name := range map[string]string{"wrap": b.mark + " Wrap", "shared wrap": "Turkey Wrap", "unused": b.mark + " Salad"} {
		b.things[thing] = b.admin.Post(root+"/admin/items", map[string]any{
			"name": name, "par_level": b.plus + 20, "brand": b.mark + " Foods", "image_filename": b.mark + ".png", "icon": "🥪",
		}).ExpectStatus(http.StatusCreated).Text("item.id")
	}
	b.admin.Put(root+"/admin/items/reorder", fmt.Sprintf(`{"item_orders": [{"id": %q, "display_order": 9}]}`, b.things["wrap"])).
		ExpectStatus(http.StatusOK)
	b.worker.Post(root+"/sessions/start", nil).ExpectStatus(http.StatusCreated)
	for _, thing := range []string{"display completed", "display"} {
		session := b.night.Post(root+"/sessions/start", nil).ExpectStatus(http.StatusCreated).Text("session_id")
		b.things[thing] = session
		for n, item := range []string{"wrap", "shared wrap"} {
			b.night.Put(root+"/sessions/"+session+"/count", map[string]any{
				"item_id": b.things[item], "counted_quantity": b.plus + n,
			}).ExpectStatus(http.StatusOK)
		}
		b.night.Put(root+"/sessions/"+session+"/pull", map[string]any{"item_id": b.things["wrap"], "is_pulled": true}).
			ExpectStatus(http.StatusOK)
		if thing != "display" {
			b.night.Post(root+"/sessions/"+session+"/complete", nil).ExpectStatus(http.StatusOK)
		}
	}
}
