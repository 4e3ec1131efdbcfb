package milkcount_test

import (
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestTwoPartnersShareAStepInDrafts(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.Clock.Advance(60e9)
		draft := session + "/draft"
		r := s.put(s.staff, draft, `{"counts": [{"milk_type_id": "<Oat>", "foh_count": 3}, {"milk_type_id": "<Soy>", "foh_count": 0}]}`)
		r.ExpectStatus(200)
		if got := r.Text("message"); got != "Draft saved" {
			t.Errorf("the message is %q", got)
		}
		if got := r.Text("entries.6.milk_type_name") + " " + r.Text("entries.6.updated_at") + " " + r.Text("entries.6.updated_by_name"); got !=
			"Oat 2026-03-04T20:01:00.123456Z Sam Rivera" {
			t.Errorf("the entry says %s", got)
		}
		s.put(s.admin, draft, `{"counts": [{"milk_type_id": "<Whole>", "foh_count": 9}]}`).ExpectStatus(200)
		s.put(s.admin, draft, `{"counts": [{"milk_type_id": "<Soy>", "foh_count": null}]}`).ExpectStatus(200)
		s.put(s.admin, draft, `{"counts": []}`).ExpectStatus(200)
		s.expectEntries(session, map[string]string{
			"Oat": "3 . . . . . Sam Rivera", "Soy": ". . . . . . Avery Stone", "Whole": "9 . . . . . Avery Stone",
		})
		s.expectStatus(session, "night_foh")
		s.put(s.staff, session+"/night-foh", `{"counts": [{"milk_type_id": "<Oat>", "foh_count": 4}]}`).ExpectStatus(200)

		s.put(s.admin, draft, `{"counts": [{"milk_type_id": "<Oat>", "boh_count": 1000000}]}`).ExpectStatus(200)
		s.put(s.admin, draft, `{"counts": [{"milk_type_id": "<Oat>", "boh_count": 2}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/night-boh", `{"counts": []}`).ExpectStatus(200)

		s.put(s.staff, draft, `{"counts": [{"milk_type_id": "<Oat>", "method": "boh_count"},
			{"milk_type_id": "<Soy>", "method": "direct_delivered", "delivered": null},
			{"milk_type_id": "<Whole>", "method": "boh_count", "current_boh": 5}, {"milk_type_id": "<2%>", "method": null}]}`).ExpectStatus(200)
		s.expectEntries(session, map[string]string{
			"Oat": "4 2 boh_count . . . Sam Rivera", "Soy": ". . direct_delivered . . . Sam Rivera",
			"Whole": "9 . boh_count 5 5 . Sam Rivera", "2%": ". . . . . . Sam Rivera",
		})
		s.put(s.staff, draft, `{"counts": [{"milk_type_id": "<Oat>", "method": "direct_delivered", "delivered": 7},
			{"milk_type_id": "<Whole>", "method": null, "current_boh": null, "delivered": null}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/morning", `{"counts": []}`).ExpectStatus(200)

		s.put(s.admin, draft, `{"on_orders": [{"milk_type_id": "<Oat>", "on_order": 1}, {"milk_type_id": "<Soy>", "on_order": 8}]}`).ExpectStatus(200)
		s.put(s.admin, draft, `{"on_orders": [{"milk_type_id": "<Oat>", "on_order": null}]}`).ExpectStatus(200)
		s.put(s.staff, session+"/on-order", `{"on_orders": []}`).ExpectStatus(200)
		want := map[string]string{
			"Oat": "4 2 direct_delivered . 7 . Avery Stone", "Soy": ". . direct_delivered . . 8 Avery Stone",
			"Whole": "9 . . . . . Sam Rivera", "2%": ". . . . . . Sam Rivera",
		}
		s.expectEntries(session, want)
		for _, one := range steps {
			s.put(s.staff, draft, one.body).ExpectError(400, "Cannot save draft - session status is completed")
		}
		s.expectEntries(session, want)
	})
}

func TestADraftGivesAMilkThatWasAddedSinceItsEntry(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.admin.Post(allTypesPath, `{"name": "Hemp", "category": "non_dairy"}`).ExpectStatus(201)
		s.lookUpMilks()
		s.put(s.staff, session+"/draft", `{"counts": [{"milk_type_id": "<Hemp>", "foh_count": null}]}`).ExpectStatus(200)
		s.expectEntries(session, map[string]string{"Hemp": ". . . . . . Sam Rivera"})
	})
}

// A draft is told what its step's save would be told, but for what it may leave open.
func TestADraftThatBreaksTheRulesChangesNothing(t *testing.T) {
	bodies := []map[string]string{
		badBodies("counts", "foh_count", "Each count must have milk_type_id and foh_count"),
		badBodies("counts", "boh_count", "Each count must have milk_type_id and boh_count"),
		morningBodies(),
		badBodies("on_orders", "on_order", "Each entry must have milk_type_id and on_order"),
	}
	for body, message := range bodies[2] {
		if strings.Contains(body, `"method": null`) || strings.HasSuffix(message, "method") && strings.Contains(message, " required for ") {
			delete(bodies[2], body) // may be open
		}
	}
	bodies[2][`{"counts": [{"milk_type_id": "<Oat>", "method": null, "current_boh": 5}]}`] = "Each count must have milk_type_id and method"
	bodies[2][`{"counts": [{"milk_type_id": "<Oat>", "method": null, "delivered": 5}]}`] = "Each count must have milk_type_id and method"
	bodies[2][`{"counts": [{"milk_type_id": "<Oat>", "method": 5}]}`] = "Each count must have milk_type_id and method"
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		for i, one := range steps {
			s.bring(s.staff, session, one.status)
			before := s.entries(session)
			for body, message := range bodies[i] {
				if strings.HasPrefix(body, `{"milks"`) {
					continue // an unknown field, and told so
				}
				try(t, one.status+" "+body, func() *apptest.Response { return s.put(s.staff, session+"/draft", body) },
					func(r *apptest.Response) { r.ExpectError(400, strings.ReplaceAll(message, "<Oat>", s.milk["Oat"])) })
			}
			// The body of another step.
			for j, other := range steps {
				array := strings.Split(one.body, `"`)[1]
				if j == i {
					continue
				}
				message := array + " array required"
				if strings.Split(other.body, `"`)[1] == array {
					message = bodies[i][`{"counts": [`+goodElement(one)+`, {}]}`]
				}
				s.put(s.staff, session+"/draft", other.body).ExpectError(400, message)
			}
			s.expectStatus(session, one.status)
			s.expectEntries(session, before)
		}
	})
}

// goodElement is what badBodies puts before a bad element.
func goodElement(one step) string {
	switch one.status {
	case "night_foh":
		return `{"milk_type_id": "<Oat>", "foh_count": 3}`
	case "night_boh":
		return `{"milk_type_id": "<Oat>", "boh_count": 3}`
	default:
		return `{"milk_type_id": "<Oat>", "method": "boh_count", "current_boh": 3}`
	}
}

func TestAFieldOfAnotherStepIsUnknownToADraft(t *testing.T) {
	const unknown = "Unknown field."
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		for _, at := range []struct {
			status string
			bodies map[string]map[string]string
		}{
			{"night_foh", map[string]map[string]string{
				`{"counts": [{"milk_type_id": "<Oat>", "foh_count": 3, "boh_count": 4}, {"milk_type_id": "<Soy>", "foh_count": 3, "method": null}]}`: {
					"counts.0.boh_count": unknown, "counts.1.method": unknown,
				},
				`{"counts": [{"milk_type_id": "<Oat>", "foh_count": 3, "colour": 4}], "on_orders": []}`: {
					"counts.0.colour": unknown, "on_orders": unknown,
				},
				`{"counts": [{"milk_type_id": "<Oat>", "foh_count": 3, "boh_count": -4}], "on_orders": 5}`: {
					"counts.0.boh_count": unknown, "on_orders": unknown,
				},
			}},
			{"on_order", map[string]map[string]string{
				`{"on_orders": [{"milk_type_id": "<Oat>", "on_order": 3}], "counts": [], "reason": "x"}`: {
					"counts": unknown, "reason": unknown,
				},
				`{"on_orders": [{"milk_type_id": "<Oat>", "on_order": 3}], "counts": [{"milk_type_id": "<Oat>", "foh_count": -1}]}`: {
					"counts": unknown,
				},
			}},
		} {
			s.bring(s.staff, session, at.status)
			for body, want := range at.bodies {
				try(t, body, func() *apptest.Response { return s.put(s.staff, session+"/draft", body) },
					func(r *apptest.Response) { r.ExpectFields(want) })
			}
		}
	})
}
