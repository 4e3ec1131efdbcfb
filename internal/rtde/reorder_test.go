package rtde_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const reordered = `{"message": "Items reordered successfully"}`

func TestItemsAreMoved(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		s.Clock.Advance(time.Second)
		s.put(s.admin, reorderPath, `{"item_orders": [{"id": "<Panini>", "display_order": 7},
			{"id": " `+s.item["Salad"]+` ", "display_order": 0}]}`).Expect(200, reordered)
		expectNames(s.admin.Get(itemsPath), "0 Salad", "2 Juice", "7 Panini")
		if got := s.admin.Get(itemsPath).Text("items.0.updated_at"); got != "2026-03-04T20:00:01.123456Z" {
			t.Errorf("moved at %s", got)
		}
		expectLines(s.staff, s.start(s.staff), "Salad ? of 5, need 5", "Juice ? of 5, need 5", "Panini ? of 5, need 5")
		// Two may share a place, hidden ones move too, and the next one goes behind all.
		s.admin.Put(itemsPath+"/"+s.item["Juice"], `{"active": false}`).ExpectStatus(200)
		s.put(s.admin, reorderPath, `{"item_orders": [{"id": "<Juice>", "display_order": 1000000},
			{"id": "<Panini>", "display_order": 0}]}`).Expect(200, reordered)
		expectNames(s.admin.Get(allItemsPath), "0 Panini", "0 Salad", "1000000 Juice")
		s.put(s.admin, reorderPath, `{"item_orders": [{"id": "<Juice>", "display_order": 9}]}`).Expect(200, reordered)
		s.add("Wrap", 3)
		expectNames(s.admin.Get(itemsPath), "0 Panini", "0 Salad", "10 Wrap")
		s.put(s.admin, reorderPath, `{"item_orders": []}`).Expect(200, reordered)
		rows := s.audit()
		if len(rows) != 8 || rows[3].Type != "rtde_items_reordered" || rows[3].Description != "2 items" || rows[3].Actor != apptest.AdminName {
			t.Errorf("the record is %v", rows)
		}
	})
}

func TestAReorderingThatBreaksTheRulesMovesNothing(t *testing.T) {
	const (
		noArray = "item_orders array required"
		noParts = "Each item must have id and display_order"
	)
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		for body, want := range map[string]string{
			`{}`:                                                  noArray,
			`{"item_orders": null}`:                               noArray,
			`{"item_orders": {}}`:                                 noArray,
			`{"item_orders": "x"}`:                                noArray,
			`{"item_orders": [null]}`:                             noParts,
			`{"item_orders": ["<Panini>"]}`:                       noParts,
			`{"item_orders": [{"id": "<Panini>"}]}`:               noParts,
			`{"item_orders": [{"display_order": 3}]}`:             noParts,
			`{"item_orders": [{"id": null, "display_order": 3}]}`: noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": null}]}`:                                      noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": "3"}]}`:                                       noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": 3.0}]}`:                                       noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": true}]}`:                                      noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": -1}]}`:                                        noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": 1000001}]}`:                                   noParts,
			`{"item_orders": [{"id": "<Panini>", "display_order": 8}, {"id": "<Panini>", "display_order": 9}]}`: "Duplicate item ID: " + s.item["Panini"],
		} {
			s.put(s.admin, reorderPath, body).ExpectError(400, want)
		}
		s.put(s.admin, reorderPath, `{"item_orders": [{"id": "<Panini>", "display_order": 3, "name": "x"}], "x": 1}`).
			ExpectFields(fields{"item_orders.0.name": unknown, "x": unknown})
		s.put(s.admin, reorderPath, `{"item_orders": [`+strings.Repeat(`{"id": "x", "display_order": 1},`, 1000)+
			`{"id": "y", "display_order": 1}]}`).
			ExpectFields(fields{"item_orders": "Length must be between 0 and 1000."})
		for _, id := range []string{"nope", "", "'", s.item["Panini"] + "x"} {
			s.put(s.admin, reorderPath, `{"item_orders": [{"id": "<Panini>", "display_order": 8},
				{"id": "`+id+`", "display_order": 9}]}`).ExpectError(404, "Item ID not found")
		}
		expectNames(s.admin.Get(itemsPath), "1 Panini", "2 Juice", "3 Salad")
		if n := len(s.audit()); n != 3 {
			t.Errorf("%d rows on record, want 3", n)
		}
	})
}

// Finding out who asks is among the statements, and so is telling those who look
// on: the number of the event, the event, and on PostgreSQL the other nodes.
func TestFiveHundredItemsAreMovedInSixStatements(t *testing.T) {
	eachShop(t, nil, func(_ *testing.T, s *shop) {
		const many = 500
		all, places, want := make([]string, many), make([]string, many), make([]string, many)
		for i := range many {
			all[i] = fmt.Sprintf("item-%d", i)
			places[i] = fmt.Sprintf(`{"id": %q, "display_order": %d}`, all[i], many-i)
			want[many-1-i] = fmt.Sprintf("%d %s", many-i, all[i])
		}
		s.insert(all)
		measure := func(body string) *apptest.Response {
			before := s.DB.Statements()
			r := s.admin.Put(reorderPath, body)
			if n := s.DB.Statements() - before; n > 6 {
				t.Errorf("%d statements, want at most 6", n)
			}
			return r
		}
		before := string(s.admin.Get(itemsPath).Body)
		measure(`{"item_orders": [`+strings.Join(places[1:], ",")+`, {"id": "nope", "display_order": 1}]}`).
			ExpectError(404, "Item ID not found")
		if after := string(s.admin.Get(itemsPath).Body); after != before {
			t.Errorf("the items were %s, are %s", before, after)
		}
		measure(`{"item_orders": [`+strings.Join(places, ",")+`]}`).Expect(200, reordered)
		expectNames(s.admin.Get(itemsPath), want...)
		s.expectAudit(0, auditRow{"rtde_items_reordered", "500 items", apptest.AdminName, nil})
	})
}
