package rtde_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	missing    = "Missing data for required field."
	null       = "Field may not be null."
	unknown    = "Unknown field."
	notString  = "Not a valid string."
	notInteger = "Not a valid integer."
	notBoolean = "Not a valid boolean."
	tooMuch    = "Must be less than or equal to 1000000."
	parRule    = "Par level must be a positive integer"
	nameLong   = "Name too long (max 100 characters)"
	brandLong  = "Brand too long (max 50 characters)"
	imageLong  = "Image filename too long (max 100 characters)"
	imageBad   = "Invalid image filename"
	iconLong   = "Icon too long (max 10 characters)"
)

type fields = map[string]string

// names lists items as "order name".
func names(r *apptest.Response) []string {
	r.TB.Helper()
	var list struct {
		Items []struct {
			Name         string
			DisplayOrder int `json:"display_order"`
		}
	}
	r.ExpectStatus(http.StatusOK).Into(&list)
	all := []string{}
	for _, i := range list.Items {
		all = append(all, fmt.Sprintf("%d %s", i.DisplayOrder, i.Name))
	}
	return all
}

func expectNames(r *apptest.Response, want ...string) {
	r.TB.Helper()
	if diff := cmp.Diff(append([]string{}, want...), names(r)); diff != "" {
		r.TB.Errorf("the items differ (-want +got):\n%s", diff)
	}
}

func TestANewStoreHasAnEmptyDisplay(t *testing.T) {
	eachShop(t, nil, func(_ *testing.T, s *shop) {
		s.admin.Get(itemsPath).Expect(200, `{"items": []}`)
		s.admin.Get(allItemsPath).Expect(200, `{"items": []}`)
		s.staff.Get(s.start(s.staff)).Expect(200, `{"session": "<any>", "items": []}`)
	})
}

func TestAnItemIsAddedAtTheEnd(t *testing.T) {
	eachShop(t, nil, func(_ *testing.T, s *shop) {
		s.admin.Post(itemsPath, `{"name": "  Panini ", "par_level": 6, "brand": " Field Kitchen ",
			"image_filename": " panini.webp", "icon": "🥪 ", "active": true}`).Expect(201, `{
			"message": "Item created successfully", "item": {"id": "<id>", "name": "Panini", "brand": "Field Kitchen",
			"image_filename": "panini.webp", "icon": "🥪", "par_level": 6, "display_order": 1, "active": true,
			"created_at": "2026-03-04T20:00:00.123456Z", "updated_at": "2026-03-04T20:00:00.123456Z"}}`)
		s.admin.Post(itemsPath, `{"name": "Juice", "par_level": 1, "active": false}`).Expect(201, `{
			"message": "Item created successfully", "item": {"id": "<id>", "name": "Juice", "brand": null,
			"image_filename": null, "icon": null, "par_level": 1, "display_order": 2, "active": false,
			"created_at": "<time>", "updated_at": "<time>"}}`)
		s.admin.Post(itemsPath, `{"name": "Salad", "par_level": 1000000, "brand": null, "image_filename": "", "icon": " "}`).
			Expect(201, `{"message": "Item created successfully", "item": {"id": "<id>", "name": "Salad", "brand": null,
			"image_filename": null, "icon": null, "par_level": 1000000, "display_order": 3, "active": true,
			"created_at": "<time>", "updated_at": "<time>"}}`)
		expectNames(s.admin.Get(itemsPath), "1 Panini", "3 Salad")
		expectNames(s.admin.Get(allItemsPath), "1 Panini", "2 Juice", "3 Salad")
		expectNames(s.admin.Get(itemsPath+"?include_inactive=TRUE"), "1 Panini", "2 Juice", "3 Salad")
		expectNames(s.admin.Get(itemsPath+"?include_inactive=1"), "1 Panini", "3 Salad")
		s.expectAudit(
			0,
			auditRow{"rtde_item_created", "Panini (Par: 6)", apptest.AdminName, nil},
			auditRow{"rtde_item_created", "Juice (Par: 1)", apptest.AdminName, nil},
			auditRow{"rtde_item_created", "Salad (Par: 1000000)", apptest.AdminName, nil},
		)
	})
}

// Two items may have one name: they are two places in the display.
func TestLengthsAreOfCharacters(t *testing.T) {
	eachShop(t, nil, func(_ *testing.T, s *shop) {
		body := object{
			"name": strings.Repeat("é", 100), "par_level": 1, "brand": strings.Repeat("ß", 50),
			"image_filename": strings.Repeat("ü", 100), "icon": strings.Repeat("🥗", 10),
		}
		r := s.admin.Post(itemsPath, body).ExpectStatus(201)
		for field, want := range body {
			if got := r.Value("item." + field); field != "par_level" && got != want {
				t.Errorf("%s is %v, want %v", field, got, want)
			}
		}
		s.admin.Put(itemsPath+"/"+r.Text("item.id"), body).ExpectStatus(200)
		s.admin.Post(itemsPath, body).ExpectStatus(201)
		long := fields{"name": nameLong, "brand": brandLong, "image_filename": imageLong, "icon": iconLong}
		for field := range long {
			body[field] = body[field].(string) + "x"
		}
		s.admin.Post(itemsPath, body).ExpectFields(long)
		s.admin.Put(itemsPath+"/"+r.Text("item.id"), body).ExpectFields(long)
	})
}

func TestAnItemThatBreaksTheRulesIsNotAdded(t *testing.T) {
	eachShop(t, nil, func(_ *testing.T, s *shop) {
		for body, want := range map[string]fields{
			`{}`: {"name": missing, "par_level": missing},
			`{"name": null, "par_level": null, "active": null}`: {"name": null, "par_level": null, "active": null},
			`{"name": 5, "par_level": "3", "brand": 1, "image_filename": [], "icon": {}, "active": "true"}`: {
				"name": notString, "par_level": notInteger, "brand": notString, "image_filename": notString,
				"icon": notString, "active": notBoolean,
			},
			`{"name": " ", "par_level": 0}`:                                   {"name": "Item name is required", "par_level": parRule},
			`{"name": "", "par_level": -1}`:                                   {"name": "Item name is required", "par_level": parRule},
			`{"name": "x", "par_level": -99999999999999999999}`:               {"par_level": parRule},
			`{"name": "x", "par_level": 1000001}`:                             {"par_level": tooMuch},
			`{"name": "x", "par_level": 99999999999999999999}`:                {"par_level": tooMuch},
			`{"name": "x", "par_level": 3.0}`:                                 {"par_level": notInteger},
			`{"name": "x", "par_level": true}`:                                {"par_level": notInteger},
			`{"name": "x", "par_level": 1, "id": "y", "display_order": 3}`:    {"id": unknown, "display_order": unknown},
			`{"name": "x", "par_level": 1, "image_filename": "a/b.png"}`:      {"image_filename": imageBad},
			`{"name": "x", "par_level": 1, "image_filename": "a\\b.png"}`:     {"image_filename": imageBad},
			`{"name": "x", "par_level": 1, "image_filename": "..png"}`:        {"image_filename": imageBad},
			`{"name": "x", "par_level": 1, "image_filename": "../../secret"}`: {"image_filename": imageBad},
			`{"name": "a\u0000b", "par_level": 1}`:                            {"name": notString},
		} {
			s.admin.Post(itemsPath, body).ExpectFields(want)
		}
		s.admin.Post(itemsPath, `[]`).ExpectError(400, "Request body must be a JSON object")
		s.admin.Post(itemsPath, nil).ExpectError(400, "Request body must be a JSON object")
		s.admin.Get(allItemsPath).Expect(200, `{"items": []}`)
		s.expectAudit(0)
		s.admin.Post(itemsPath, `{"name": "x", "par_level": 1, "image_filename": "a.b.png"}`).ExpectStatus(201)
	})
}

func TestAnyPartOfAnItemCanBeChanged(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		path := itemsPath + "/" + s.item["Panini"]
		want := object{
			"id": s.item["Panini"], "name": "Panini", "brand": nil, "image_filename": nil, "icon": nil, "par_level": 5.0,
			"display_order": 1.0, "active": true, "created_at": "2026-03-04T20:00:00.123456Z",
		}
		for _, change := range []object{
			{"name": " Toastie "},
			{"par_level": 9.0},
			{"brand": "Field Kitchen", "icon": "🥪"},
			{"image_filename": "toastie.png", "active": false},
			{"brand": nil, "icon": ""},
			{"image_filename": nil, "active": true, "name": "Panini", "par_level": 4.0, "brand": "  "},
		} {
			s.Clock.Advance(time.Second)
			r := s.admin.Put(path, change).ExpectStatus(200)
			for field, value := range change {
				if text, isText := value.(string); isText {
					if value = strings.TrimSpace(text); value == "" {
						value = nil
					}
				}
				want[field] = value
			}
			want["updated_at"] = s.Clock.Now().Format("2006-01-02T15:04:05.000000Z")
			if diff := cmp.Diff(want, r.Value("item")); diff != "" || r.Text("message") != "Item updated successfully" {
				t.Errorf("after %v the answer differs (-want +got):\n%s in %s", change, diff, r.Body)
			}
		}
		// What changes nothing is not written, and not on record.
		s.Clock.Advance(time.Second)
		for _, same := range []string{`{}`, `{"name": "Panini", "brand": ""}`} {
			r := s.admin.Put(path, same).ExpectStatus(200)
			if diff := cmp.Diff(want, r.Value("item")); diff != "" {
				t.Errorf("after %s the item differs (-want +got):\n%s", same, diff)
			}
		}
		if n := len(s.audit()); n != 3+6 {
			t.Errorf("%d rows on record, want 9", n)
		}
		before := object{"name": "Toastie", "brand": "Field Kitchen", "image_filename": "", "icon": "🥪", "par_level": 9.0, "active": true}
		after := object{"name": "Toastie", "brand": "Field Kitchen", "image_filename": "toastie.png", "icon": "🥪", "par_level": 9.0, "active": false}
		if diff := cmp.Diff(auditRow{
			"rtde_item_updated", "Toastie (Par: 9)", apptest.AdminName, object{"old": before, "new": after},
		}, s.audit()[3+3]); diff != "" {
			t.Errorf("the record differs (-want +got):\n%s", diff)
		}
		expectNames(s.admin.Get(itemsPath), "1 Panini", "2 Juice", "3 Salad")
	})
}

func TestAChangeThatBreaksTheRulesIsRefused(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		path := itemsPath + "/" + s.item["Panini"]
		before := string(s.admin.Get(allItemsPath).Body)
		for body, want := range map[string]fields{
			`{"name": ""}`: {"name": "Item name cannot be empty"},
			`{"name": " ", "par_level": 0, "image_filename": "x/y"}`: {
				"name": "Item name cannot be empty", "par_level": parRule, "image_filename": imageBad,
			},
			`{"name": null, "par_level": null, "active": null}`: {"name": null, "par_level": null, "active": null},
			`{"name": 5, "par_level": 2.5, "brand": false, "image_filename": 0, "icon": [], "active": 1}`: {
				"name": notString, "par_level": notInteger, "brand": notString, "image_filename": notString,
				"icon": notString, "active": notBoolean,
			},
			`{"par_level": 1000001, "brand": "ok"}`:     {"par_level": tooMuch},
			`{"par_level": -99999999999999999999}`:      {"par_level": parRule},
			`{"image_filename": ".."}`:                  {"image_filename": imageBad},
			`{"image_filename": "\\"}`:                  {"image_filename": imageBad},
			`{"display_order": 2, "id": "x", "pic": 1}`: {"display_order": unknown, "id": unknown, "pic": unknown},
		} {
			s.admin.Put(path, body).ExpectFields(want)
		}
		if after := string(s.admin.Get(allItemsPath).Body); after != before {
			t.Errorf("the items were %s, are %s", before, after)
		}
		s.admin.Put(itemsPath+"/nope", `{"name": "x"}`).ExpectError(404, "Item not found")
		s.admin.Put(itemsPath+"/nope", `{}`).ExpectError(404, "Item not found")
		if n := len(s.audit()); n != 3 {
			t.Errorf("%d rows on record, want 3", n)
		}
	})
}

func TestTheDisplayIsForAdminsToArrange(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		one := itemsPath + "/" + s.item["Panini"]
		for _, request := range [][3]string{
			{"GET", itemsPath, ""},
			{"POST", itemsPath, `{"name": "x"}`},
			{"PUT", one, `{}`},
			{"DELETE", one, ""},
			{"DELETE", itemsPath + "/nope", ""},
			{"PUT", reorderPath, `{}`},
		} {
			var body any
			if request[2] != "" {
				body = request[2]
			}
			s.staff.Do(request[0], request[1], body).ExpectError(403, "Admin access required")
			s.Anybody().Do(request[0], request[1], body).ExpectError(401, "Missing Authorization Header")
		}
		for _, path := range []string{activePath, inProgressPath, lastPath, historyPath, sessionsPath + "/x"} {
			s.Anybody().Get(path).ExpectError(401, "Missing Authorization Header")
		}
		expectNames(s.admin.Get(itemsPath), "1 Panini", "2 Juice", "3 Salad")
	})
}
