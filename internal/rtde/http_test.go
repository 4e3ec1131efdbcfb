package rtde_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func TestSmoke(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		p, a := s.Staff(), s.Admin()
		one := a.Post("/api/rtde/admin/items", `{"name":"Panini","par_level":6,"brand":"","icon":"🥪"}`).ExpectStatus(201).Text("item.id")
		two := a.Post("/api/rtde/admin/items", `{"name":"Juice","par_level":4}`).ExpectStatus(201).Text("item.id")
		a.Put("/api/rtde/admin/items/reorder", fmt.Sprintf(`{"item_orders":[{"id":%q,"display_order":2},{"id":%q,"display_order":1}]}`, one, two)).ExpectStatus(200)
		a.Put("/api/rtde/admin/items/"+one, `{"brand":"Corner","icon":null}`).ExpectStatus(200)
		id := p.Post("/api/rtde/sessions/start", nil).ExpectStatus(201).Text("session_id")
		u := "/api/rtde/sessions/" + id
		p.Put(u+"/count", fmt.Sprintf(`{"item_id":%q,"counted_quantity":0}`, one)).ExpectStatus(200)
		p.Put(u+"/count", `{"item_id":"nope","counted_quantity":0}`).ExpectError(404, "Item not found")
		p.Put(u+"/counts", fmt.Sprintf(`{"counts":[{"item_id":%q,"counted_quantity":4}]}`, two)).ExpectStatus(200)
		t.Log(string(p.Get(u).ExpectStatus(200).Body))
		t.Log(string(p.Get(u + "/pull-list").ExpectStatus(200).Body))
		p.Put(u+"/pull", fmt.Sprintf(`{"item_id":%q,"is_pulled":true}`, one)).ExpectStatus(200)
		s.Clock.Advance(time.Hour)
		p.Get("/api/rtde/sessions/active").Expect(200, `{"session":null}`)
		p.Post("/api/rtde/sessions/start", `{"action":"resume"}`).ExpectError(400, "No active session to resume")
		p.Put(u+"/pull", fmt.Sprintf(`{"item_id":%q,"is_pulled":true}`, one)).ExpectStatus(200)
		p.Post("/api/rtde/sessions/start", `{"action":"resume"}`).ExpectStatus(200)
		t.Log(string(p.Get("/api/rtde/sessions/in-progress").ExpectStatus(200).Body))
		a.Post(u+"/take-over", nil).ExpectStatus(200)
		p.Post(u+"/complete", nil).ExpectStatus(403)
		a.Post(u+"/complete", nil).ExpectStatus(200)
		a.Post(u+"/complete", nil).ExpectStatus(200)
		a.Put(u+"/pull", fmt.Sprintf(`{"item_id":%q,"is_pulled":true}`, one)).ExpectError(409, "Session is already completed")
		t.Log(string(p.Get("/api/rtde/history").ExpectStatus(200).Body))
		t.Log(string(p.Get("/api/rtde/sessions/last-completed").ExpectStatus(200).Body))
		a.Delete("/api/rtde/admin/items/"+one).Expect(200, `{"message":"Item deactivated (has been used in sessions)","deleted_permanently":false}`)
	})
}
