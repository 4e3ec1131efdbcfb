package milkcount_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestASessionPassesFromStepToStep(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.staff.Get(todayPath).Expect(200, `{"session": null}`)
		session := s.start()
		saved := `"id": "<id>", "date": "2026-03-04", "received_at": "<time>", "created_at": "2026-03-04T20:00:00.123456Z"`
		for i, more := range []string{
			`, "status": "night_boh", "night_foh_saved_at": "2026-03-04T20:01:00.123456Z", "night_count_user_id": "<id>",
				"night_count_user_name": "Sam Rivera"`,
			`, "status": "morning", "night_boh_saved_at": "2026-03-04T20:02:00.123456Z", "night_boh_user_id": "<id>",
				"night_boh_user_name": "Avery Stone"`,
			`, "status": "on_order", "morning_saved_at": "2026-03-04T20:03:00.123456Z", "morning_count_user_id": "<id>",
				"morning_count_user_name": "Sam Rivera"`,
			`, "status": "completed", "on_order_saved_at": "2026-03-04T20:04:00.123456Z", "on_order_user_id": "<id>",
				"on_order_user_name": "Avery Stone", "morning_count_user_name": "Avery Stone",
				"completed_at": "2026-03-04T20:04:00.123456Z"`,
		} {
			// Nothing is skipped or repeated: every other step is refused.
			now := s.staff.Get(session).Text("session.status")
			for j, other := range steps {
				if j != i {
					s.put(s.staff, session+other.path, other.body).
						ExpectError(400, fmt.Sprintf("Cannot save %s - session status is %s", other.noun, now))
				}
			}
			s.Clock.Advance(60e9)
			who := []*apptest.Client{s.staff, s.admin}[i%2]
			saved += more // a later value of a field takes the place of the one before
			want := "{" + saved + "}"
			s.put(who, session+steps[i].path, steps[i].body).
				Expect(200, fmt.Sprintf(`{"message": %q, "session": %s}`, steps[i].message, want))
			s.staff.Get(todayPath).Expect(200, `{"session": `+want+`}`)
		}
		for _, one := range steps {
			s.put(s.staff, session+one.path, one.body).
				ExpectError(400, "Cannot save "+one.noun+" - session status is completed")
		}
		s.expectEntries(session, map[string]string{
			"Oat": "3 4 boh_count 9 5 2 Avery Stone",
			"Soy": "1 2 direct_delivered . 6 0 Avery Stone",
		})
	})
}

func TestASessionHasAnEntryForEachActiveMilk(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		for _, name := range []string{"2%", "Whole", "Non-Fat", "Half & Half", "Heavy Cream", "Coconut", "Almond"} {
			s.admin.Put(allTypesPath+"/"+s.milk[name], `{"active": false}`).ExpectStatus(200)
		}
		s.admin.Put(allTypesPath+"/"+s.milk["Soy"], `{"display_order": 9}`).ExpectStatus(200)
		session := s.start()
		entry := func(milk, updated, by string) string {
			return `{"id": "<id>", "session_id": "` + session[len(root+"/sessions/"):] + `", "milk_type_id": "` + s.milk[milk] + `",
				"milk_type_name": "` + milk + `", "milk_type_category": "non_dairy", "foh_count": null, "boh_count": null,
				"morning_method": null, "current_boh": null, "delivered": null, "on_order": null,
				"updated_at": "` + updated + `", "updated_by_name": ` + by + `}`
		}
		const began, later = "2026-03-04T20:00:00.123456Z", "2026-03-04T20:01:00.123456Z"
		head := `{"session": {"id": "<id>", "date": "2026-03-04", "status": "night_foh", "received_at": "<time>", "created_at": "` + began + `"}, "entries": [`
		s.staff.Get(session).Expect(200, head+entry("Oat", began, "null")+","+entry("Soy", began, "null")+"]}")

		// A milk that is shown or added later gets its entry when it is counted,
		// in its place on the shelf; one that is hidden keeps its entry.
		s.Clock.Advance(60e9)
		s.admin.Put(allTypesPath+"/"+s.milk["Whole"], `{"active": true}`).ExpectStatus(200)
		s.admin.Put(allTypesPath+"/"+s.milk["Soy"], `{"active": false}`).ExpectStatus(200)
		s.admin.Post(allTypesPath, `{"name": "Hemp", "category": "non_dairy"}`).ExpectStatus(201)
		s.lookUpMilks()
		s.staff.Get(session).Expect(200, head+entry("Oat", began, "null")+","+entry("Soy", began, "null")+"]}")
		s.put(s.staff, session+"/night-foh", `{"counts": [{"milk_type_id": "<Whole>", "foh_count": 0},
			{"milk_type_id": "<Hemp>", "foh_count": 1000000}, {"milk_type_id": " <Soy>", "foh_count": 2}]}`).
			ExpectError(400, "Unknown milk type: <Soy>")
		s.put(s.staff, session+"/night-foh", `{"counts": [{"milk_type_id": "<Whole>", "foh_count": 0},
			{"milk_type_id": "<Hemp>", "foh_count": 1000000}, {"milk_type_id": "<Soy>", "foh_count": 2}]}`).ExpectStatus(200)
		s.expectEntries(session, map[string]string{
			"Whole": "0 . . . . . Sam Rivera", "Hemp": "1e+06 . . . . . Sam Rivera", "Soy": "2 . . . . . Sam Rivera",
		})
		r := s.staff.Get(session)
		for i, name := range []string{"Whole", "Oat", "Soy", "Hemp"} {
			if got := r.Text(fmt.Sprintf("entries.%d.milk_type_name", i)); got != name {
				t.Errorf("entry %d is of %s, want %s", i, got, name)
			}
		}
		if got := r.Text("entries.0.updated_at"); got != later {
			t.Errorf("updated at %s, want %s", got, later)
		}
	})
}

// badBodies are bodies of a save and what is said about them. element is a
// good element, as far as it is needed to put a bad one behind it.
func badBodies(array, value, each string) map[string]string {
	good := fmt.Sprintf(`{"milk_type_id": "<Oat>", %q: 3}`, value)
	if value == "current_boh" {
		good = `{"milk_type_id": "<Oat>", "method": "boh_count", "current_boh": 3}`
	}
	required := array + " array required"
	bodies := map[string]string{
		`{}`: required, `{"` + array + `": null}`: required, `{"` + array + `": {}}`: required,
		`{"` + array + `": "x"}`: required, `{"` + array + `": 0}`: required, `{"milks": []}`: required,
	}
	for _, element := range []string{
		`null`, `7`, `"x"`, `[]`, `{}`, `{"milk_type_id": "<Soy>"}`, `{"` + value + `": 1}`,
		`{"milk_type_id": null, "` + value + `": 1}`, `{"milk_type_id": 7, "` + value + `": 1}`,
	} {
		bodies[element] = each
	}
	for _, wrong := range []string{`-1`, `1000001`, `3.0`, `1e2`, `"3"`, `true`, `[]`, `99999999999999999999`, `-99999999999999999999`} {
		element := `{"milk_type_id": "<Soy>", "` + value + `": ` + wrong + `}`
		if value == "current_boh" {
			element = `{"milk_type_id": "<Soy>", "method": "boh_count", "current_boh": ` + wrong + `}`
		}
		bodies[element] = value + " must be a non-negative integer"
	}
	whole := map[string]string{}
	for body, message := range bodies {
		if !strings.Contains(message, "array required") {
			body = `{"` + array + `": [` + good + `, ` + body + `]}`
		}
		whole[body] = message
	}
	whole[`{"`+array+`": [`+good+`, `+good+`]}`] = "Duplicate milk type: <Oat>"
	whole[`{"`+array+`": [`+good+`, `+strings.Replace(good, "<Oat>", "mt-001-whole", 1)+`]}`] = "Unknown milk type: mt-001-whole"
	whole[`{"`+array+`": [`+good+`, `+strings.Replace(good, "<Oat>", "", 1)+`]}`] = "Unknown milk type: "
	return whole
}

func morningBodies() map[string]string {
	bodies := badBodies("counts", "current_boh", "Each count must have milk_type_id and method")
	for element, message := range map[string]string{
		`{"milk_type_id": "<Soy>", "method": null}`:                                     "Each count must have milk_type_id and method",
		`{"milk_type_id": "<Soy>", "method": ""}`:                                       "Invalid method: ",
		`{"milk_type_id": "<Soy>", "method": "guess", "delivered": 3}`:                  "Invalid method: guess",
		`{"milk_type_id": "<Soy>", "method": "boh_count"}`:                              "current_boh required for boh_count method",
		`{"milk_type_id": "<Soy>", "method": "boh_count", "current_boh": null}`:         "current_boh required for boh_count method",
		`{"milk_type_id": "<Soy>", "method": "boh_count", "delivered": 3}`:              "current_boh required for boh_count method",
		`{"milk_type_id": "<Soy>", "method": "direct_delivered"}`:                       "delivered required for direct_delivered method",
		`{"milk_type_id": "<Soy>", "method": "direct_delivered", "current_boh": 3}`:     "delivered required for direct_delivered method",
		`{"milk_type_id": "<Soy>", "method": "direct_delivered", "delivered": -1}`:      "delivered must be a non-negative integer",
		`{"milk_type_id": "<Soy>", "method": "direct_delivered", "delivered": 1000001}`: "delivered must be a non-negative integer",
		`{"milk_type_id": "<Soy>", "method": "direct_delivered", "delivered": 3.0}`:     "delivered must be a non-negative integer",
		`{"milk_type_id": "<Soy>", "method": "direct_delivered", "delivered": true}`:    "delivered must be a non-negative integer",
	} {
		bodies[`{"counts": [{"milk_type_id": "<Oat>", "method": "boh_count", "current_boh": 1}, `+element+`]}`] = message
	}
	return bodies
}

func TestABadElementAmongGoodOnesStoresNothing(t *testing.T) {
	bodies := []map[string]string{
		badBodies("counts", "foh_count", "Each count must have milk_type_id and foh_count"),
		badBodies("counts", "boh_count", "Each count must have milk_type_id and boh_count"),
		morningBodies(),
		badBodies("on_orders", "on_order", "Each entry must have milk_type_id and on_order"),
	}
	drafts := []string{
		`{"counts": [{"milk_type_id": "<Oat>", "foh_count": 31}]}`, `{"counts": [{"milk_type_id": "<Oat>", "boh_count": 32}]}`,
		`{"counts": [{"milk_type_id": "<Oat>", "method": "direct_delivered", "delivered": 33}]}`,
		`{"on_orders": [{"milk_type_id": "<Oat>", "on_order": 34}]}`,
	}
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		for i, one := range steps {
			s.bring(s.staff, session, one.status)
			s.put(s.admin, session+"/draft", drafts[i]).ExpectStatus(200)
			before := s.entries(session)
			for body, message := range bodies[i] {
				try(t, one.status+" "+body, func() *apptest.Response { return s.put(s.staff, session+one.path, body) },
					func(r *apptest.Response) {
						r.ExpectError(400, strings.ReplaceAll(message, "<Oat>", s.milk["Oat"]))
					})
			}
			good := strings.Replace(one.body, `"milk_type_id"`, `"colour": "white", "milk_type_id"`, 1)
			array := strings.Split(good, `"`)[1]
			s.put(s.staff, session+one.path, good).ExpectFields(map[string]string{array + ".0.colour": "Unknown field."})
			good = strings.Replace(one.body, `{`, `{"phase": 1, `, 1)
			s.put(s.staff, session+one.path, good).ExpectFields(map[string]string{"phase": "Unknown field."})
			s.expectStatus(session, one.status)
			s.expectEntries(session, before)
		}
	})
}

func TestAMilkLeftOutKeepsWhatItHas(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.put(s.admin, session+"/draft", `{"counts": [{"milk_type_id": "<Oat>", "foh_count": 5},
			{"milk_type_id": "<Soy>", "foh_count": 6}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/night-foh", `{"counts": [{"milk_type_id": "<Oat>", "foh_count": 7}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/night-boh", `{"counts": []}`).ExpectStatus(200)
		s.put(s.staff, session+"/morning", `{"counts": [{"milk_type_id": "<Whole>", "method": "direct_delivered",
			"current_boh": 8, "delivered": 9}, {"milk_type_id": "<2%>", "method": "boh_count", "current_boh": 4, "delivered": 99}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/on-order", `{"on_orders": []}`).ExpectStatus(200)
		s.expectEntries(session, map[string]string{
			"Oat":   "7 . . . . . Sam Rivera",
			"Soy":   "6 . . . . . Avery Stone",
			"Whole": ". . direct_delivered . 9 . Sam Rivera",
			"2%":    ". . boh_count 4 4 . Sam Rivera",
		})
		s.expectStatus(session, "completed")
	})
}
