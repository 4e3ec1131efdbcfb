package rtde_test

import (
	"strings"
	"testing"
)

const (
	countNeeds = "item_id and counted_quantity required"
	countBad   = "counted_quantity must be a non-negative integer"
	pullNeeds  = "item_id and is_pulled required"
)

func TestACountIsStored(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		for _, quantity := range []string{"3", "0", "1000000", "-0", "2"} {
			stored := strings.TrimPrefix(quantity, "-")
			s.put(s.staff, session+"/count", `{"item_id": "<Panini>", "counted_quantity": `+quantity+`}`).
				Expect(200, `{"message": "Count updated successfully", "counted_quantity": `+stored+`}`)
			if got := lines(s.staff, session)[0]; !strings.HasPrefix(got, "Panini "+stored+" of 5") {
				t.Errorf("after %s it says %s", quantity, got)
			}
		}
		expectLines(s.staff, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
		s.put(s.staff, session+"/count", `{"item_id": " `+s.item["Juice"]+` ", "counted_quantity": 9}`).ExpectStatus(200)
		expectLines(s.staff, session, "Panini 2 of 5, need 3", "Juice 9 of 5, need 0", "Salad ? of 5, need 5")
	})
}

func TestACountThatBreaksTheRulesIsRefused(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 4).ExpectStatus(200)
		for body, want := range map[string]string{
			`{}`:                      countNeeds,
			`{"item_id": "<Panini>"}`: countNeeds,
			`{"counted_quantity": 3}`: countNeeds,
			`{"item_id": null, "counted_quantity": 3}`:                                countNeeds,
			`{"item_id": "<Panini>", "counted_quantity": null}`:                       countNeeds,
			`{"item_id": 5, "counted_quantity": 3}`:                                   countNeeds,
			`{"item_id": "<Panini>", "counted_quantity": -1}`:                         countBad,
			`{"item_id": "<Panini>", "counted_quantity": 1000001}`:                    countBad,
			`{"item_id": "<Panini>", "counted_quantity": 99999999999999999999}`:       countBad,
			`{"item_id": "<Panini>", "counted_quantity": -99999999999999999999}`:      countBad,
			`{"item_id": "<Panini>", "counted_quantity": 3.0}`:                        countBad,
			`{"item_id": "<Panini>", "counted_quantity": 1e2}`:                        countBad,
			`{"item_id": "<Panini>", "counted_quantity": "3"}`:                        countBad,
			`{"item_id": "<Panini>", "counted_quantity": true}`:                       countBad,
			`{"item_id": "<Panini>", "counted_quantity": []}`:                         countBad,
			`{"item_id": "<Panini>", "counted_quantity": "many", "is_pulled": false}`: countBad,
		} {
			s.put(s.staff, session+"/count", body).ExpectError(400, want)
		}
		s.put(s.staff, session+"/count", `{"item_id": "<Panini>", "counted_quantity": 3, "is_pulled": true, "n": 1}`).
			ExpectFields(fields{"is_pulled": unknown, "n": unknown})
		for _, id := range []string{"nope", "", s.item["Panini"] + "x", strings.Repeat("x", 5000)} {
			s.put(s.staff, session+"/count", `{"item_id": "`+id+`", "counted_quantity": 3}`).ExpectError(404, "Item not found")
			s.put(s.staff, session+"/pull", `{"item_id": "`+id+`", "is_pulled": true}`).ExpectError(404, "Item not found")
		}
		s.count(s.staff, sessionsPath+"/nope", "Panini", 1).ExpectError(404, "Session not found")
		s.count(s.admin, session, "Panini", 1).ExpectError(403, "Unauthorized - not your session")
		expectLines(s.staff, session, "Panini 4 of 5, need 1", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
	})
}

func TestCountsAreStoredTogether(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.pull(s.staff, session, "Juice", true).ExpectStatus(200)
		s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Panini>", "counted_quantity": 0},
			{"item_id": "<Juice>", "counted_quantity": 1}]}`).
			Expect(200, `{"message": "Counts updated successfully", "count": 2}`)
		want := []string{"Panini 0 of 5, need 5", "Juice 1 of 5, need 4, pulled", "Salad ? of 5, need 5"}
		expectLines(s.staff, session, want...)
		s.put(s.staff, session+"/counts", `{"counts": []}`).
			Expect(200, `{"message": "Counts updated successfully", "count": 0}`)
		const each = "Each count must have item_id and counted_quantity, a non-negative integer"
		const good = `{"item_id": "<Salad>", "counted_quantity": 1}, `
		for body, message := range map[string]string{
			`{}`:               "counts array required",
			`{"counts": null}`: "counts array required",
			`{"counts": {}}`:   "counts array required",
			`{"counts": 3}`:    "counts array required",
			`{"counts": [` + strings.Repeat(`{},`, 1000) + `{}]}`:                            each,
			`{"counts": [` + good + `null]}`:                                                 each,
			`{"counts": [` + good + `5]}`:                                                    each,
			`{"counts": [` + good + `{"item_id": "<Panini>"}]}`:                              each,
			`{"counts": [` + good + `{"counted_quantity": 3}]}`:                              each,
			`{"counts": [` + good + `{"item_id": null, "counted_quantity": 3}]}`:             each,
			`{"counts": [` + good + `{"item_id": "<Panini>", "counted_quantity": null}]}`:    each,
			`{"counts": [` + good + `{"item_id": "<Panini>", "counted_quantity": -1}]}`:      each,
			`{"counts": [` + good + `{"item_id": "<Panini>", "counted_quantity": 1000001}]}`: each,
			`{"counts": [` + good + `{"item_id": "<Panini>", "counted_quantity": 3.0}]}`:     each,
			`{"counts": [` + good + `{"item_id": "<Panini>", "counted_quantity": "3"}]}`:     each,
			`{"counts": [` + good + `{"item_id": "<Panini>", "counted_quantity": true}]}`:    each,
			`{"counts": [` + good + `{"item_id": "<Salad>", "counted_quantity": 1}]}`:        "Duplicate item: " + s.item["Salad"],
		} {
			s.put(s.staff, session+"/counts", body).ExpectError(400, message)
		}
		s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Salad>", "counted_quantity": 1, "name": "x"}], "y": 1}`).
			ExpectFields(fields{"counts.0.name": unknown, "y": unknown})
		body := `{"counts": [` + good + `{"item_id": "nope", "counted_quantity": 1}]}`
		s.put(s.staff, session+"/counts", body).ExpectError(404, "Item not found")
		s.put(s.staff, sessionsPath+"/nope/counts", body).ExpectError(404, "Session not found")
		s.put(s.admin, session+"/counts", body).ExpectError(403, "Unauthorized - not your session")
		expectLines(s.staff, session, want...)
	})
}

func TestAPullIsNoCount(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.pull(s.staff, session, "Panini", true).Expect(200, `{"message": "Pull status updated"}`)
		s.count(s.staff, session, "Juice", 2).ExpectStatus(200)
		s.pull(s.staff, session, "Juice", true).ExpectStatus(200)
		expectLines(s.staff, session, "Panini ? of 5, need 5, pulled", "Juice 2 of 5, need 3, pulled", "Salad ? of 5, need 5")
		if got := s.staff.Get(session).Value("items.0.is_counted"); got != false {
			t.Errorf("is_counted is %v", got)
		}
		if n := s.staff.Get(activePath).Value("session.items_counted"); n != 1.0 {
			t.Errorf("%v items are counted, want 1", n)
		}
		// The tick stays when the item is counted again, and the count when it is taken back.
		s.count(s.staff, session, "Juice", 1).ExpectStatus(200)
		s.count(s.staff, session, "Panini", 0).ExpectStatus(200)
		s.pull(s.staff, session, "Panini", false).ExpectStatus(200)
		expectLines(s.staff, session, "Panini 0 of 5, need 5", "Juice 1 of 5, need 4, pulled", "Salad ? of 5, need 5")
		for _, body := range []string{
			`{}`, `{"item_id": "<Salad>"}`, `{"is_pulled": true}`, `{"item_id": null, "is_pulled": true}`,
			`{"item_id": "<Salad>", "is_pulled": null}`, `{"item_id": "<Salad>", "is_pulled": "true"}`,
			`{"item_id": "<Salad>", "is_pulled": 1}`, `{"item_id": 1, "is_pulled": true}`,
		} {
			s.put(s.staff, session+"/pull", body).ExpectError(400, pullNeeds)
		}
		s.put(s.staff, session+"/pull", `{"item_id": "<Salad>", "is_pulled": true, "counted_quantity": 3}`).
			ExpectFields(fields{"counted_quantity": unknown})
		s.pull(s.staff, sessionsPath+"/nope", "Salad", true).ExpectError(404, "Session not found")
		s.pull(s.admin, session, "Salad", true).ExpectError(403, "Unauthorized - not your session")
		expectLines(s.staff, session, "Panini 0 of 5, need 5", "Juice 1 of 5, need 4, pulled", "Salad ? of 5, need 5")
	})
}

func TestThePullListIsWhatIsShortOfPar(t *testing.T) {
	eachShop(t, []string{"Panini", "Juice", "Salad", "Wrap", "Soup"}, func(_ *testing.T, s *shop) {
		s.admin.Put(itemsPath+"/"+s.item["Panini"], `{"brand": "Field Kitchen", "image_filename": "p.png", "icon": "🥪"}`).
			ExpectStatus(200)
		session := s.start(s.staff)
		s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Panini>", "counted_quantity": 0},
			{"item_id": "<Juice>", "counted_quantity": 5}, {"item_id": "<Salad>", "counted_quantity": 12},
			{"item_id": "<Wrap>", "counted_quantity": 4}]}`).ExpectStatus(200)
		s.pull(s.staff, session, "Wrap", true).ExpectStatus(200)
		s.pull(s.staff, session, "Salad", true).ExpectStatus(200) // there is no need of any
		counted := s.fill(`
			{"item_id": "<Panini>", "name": "Panini", "brand": "Field Kitchen", "image_filename": "p.png", "icon": "🥪",
			"need_quantity": 5, "is_pulled": false},
			{"item_id": "<Wrap>", "name": "Wrap", "brand": null, "image_filename": null, "icon": null,
			"need_quantity": 1, "is_pulled": true}`)
		all := s.fill(`{"pull_list": [` + counted + `, {"item_id": "<Soup>", "name": "Soup", "brand": null,
			"image_filename": null, "icon": null, "need_quantity": 5, "is_pulled": false}], "total_items": 3, "items_pulled": 1}`)
		s.staff.Get(session+"/pull-list").Expect(200, all)
		s.staff.Get(session+"/pull-list?counted_only=0").Expect(200, all)
		s.staff.Get(session+"/pull-list?counted_only=True").
			Expect(200, `{"pull_list": [`+counted+`], "total_items": 2, "items_pulled": 1}`)
		s.staff.Get(sessionsPath+"/nope/pull-list").ExpectError(404, "Session not found")
		s.admin.Get(session+"/pull-list").ExpectError(403, "Unauthorized - not your session")
		fresh := s.start(s.admin)
		s.admin.Get(fresh+"/pull-list?counted_only=true").Expect(200, `{"pull_list": [], "total_items": 0, "items_pulled": 0}`)
	})
}
