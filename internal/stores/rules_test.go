package stores_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	missing   = "Missing data for required field."
	noNull    = "Field may not be null."
	noString  = "Not a valid string."
	timeOfDay = "Must be a time of day (HH:MM)"
	noZone    = "Unknown time zone"
	name1     = "Store name is required"
	name2     = "Store name must be at least 2 characters"
	name3     = "Store name too long (max 100 characters)"
	number1   = "Store number is required"
	number2   = "Store number too long (max 20 characters)"
)

// broken are values that a store may not have, with what is said of them.
var broken = []struct {
	field   string
	value   any
	message string
}{
	{"name", "", name1},
	{"name", "   ", name1},
	{"name", "P", name2},
	{"name", " é ", name2},
	{"name", strings.Repeat("é", 101), name3},
	{"name", "Pier\x007", noString},
	{"name", "Pier\u001b[2J", noString},
	{"name", "Pier\nSeven", noString},
	{"name", 7, noString},
	{"name", nil, noNull},
	{"number", "", number1},
	{"number", " \t ", number1},
	{"number", strings.Repeat("é", 21), number2},
	{"number", "B\x002", noString},
	{"number", "B\r2", noString},
	{"number", 417, noString},
	{"number", nil, noNull},
	{"timezone", "", noZone},
	{"timezone", "Local", noZone},
	{"timezone", "Mars/Base", noZone},
	{"timezone", "../etc/passwd", noZone},
	{"timezone", "/etc/localtime", noZone},
	{"timezone", "UTC+1", noZone},
	{"timezone", "Europe/Berlin\x00", noString},
	{"timezone", strings.Repeat("A", 5000), noZone},
	{"timezone", 1, noString},
	{"timezone", nil, noNull},
	{"business_day_start", "4:00", timeOfDay},
	{"business_day_start", "24:00", timeOfDay},
	{"business_day_start", "04:60", timeOfDay},
	{"business_day_start", "04:00:00", timeOfDay},
	{"business_day_start", "4 Uhr", timeOfDay},
	{"business_day_start", "٠٤:٠٠", timeOfDay},
	{"business_day_start", 400, noString},
	{"business_day_start", nil, noNull},
	{"morning_count_cutoff", "3pm", timeOfDay},
	{"morning_count_cutoff", "15.00", timeOfDay},
	{"morning_count_cutoff", "-1:00", timeOfDay},
	{"morning_count_cutoff", true, noString},
	{"morning_count_cutoff", nil, noNull},
}

func TestARuleThatAStoreBreaksIsNamed(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		path := storesPath + "/" + homeOf(s.Admin())
		before := string(s.Admin().Get(storesPath).Body)
		for _, b := range broken {
			shop := newShop("B-2")
			shop[b.field] = b.value
			s.Admin().Post(storesPath, shop).ExpectFields(map[string]string{b.field: b.message})
			s.Admin().Put(path, map[string]any{b.field: b.value}).ExpectFields(map[string]string{b.field: b.message})
		}
		s.Admin().Get(storesPath).Expect(http.StatusOK, before)
	})
}

func TestAllThatIsWrongWithAStoreIsSaidAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Admin().Post(storesPath, `{}`).ExpectFields(map[string]string{
			"name": missing, "number": missing, "timezone": missing,
		})
		wrong := `{"name": "P", "number": "", "timezone": "Mars", "business_day_start": "4", "morning_count_cutoff": "5", "id": "x"}`
		all := map[string]string{
			"name": name2, "number": number1, "timezone": noZone,
			"business_day_start": timeOfDay, "morning_count_cutoff": timeOfDay, "id": "Unknown field.",
		}
		s.Admin().Post(storesPath, wrong).ExpectFields(all)
		s.Admin().Put(storesPath+"/"+homeOf(s.Admin()), wrong).ExpectFields(all)
		s.Admin().Post(storesPath, nil).ExpectError(http.StatusBadRequest, "Request body must be a JSON object")
		s.Admin().Put(storesPath+"/nowhere", `[]`).ExpectError(http.StatusBadRequest, "Request body must be a JSON object")
	})
}

func TestTheLimitsOfARuleAreWithin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		path := storesPath + "/" + homeOf(s.Admin())
		for field, values := range map[string][]string{
			"name":                 {"Oé", strings.Repeat("é", 100), "2%_\\'\"; --"},
			"number":               {"é", strings.Repeat("é", 20), "B 2/%"},
			"timezone":             {"UTC", "Asia/Kathmandu", "America/Argentina/Ushuaia", "Pacific/Apia"},
			"business_day_start":   {"00:00", "23:59"},
			"morning_count_cutoff": {"00:00", "23:59"},
		} {
			for _, value := range values {
				r := s.Admin().Put(path, map[string]string{field: value}).ExpectStatus(http.StatusOK)
				if got := r.Text("store." + field); got != value {
					t.Errorf("%s is %q, want %q", field, got, value)
				}
			}
		}
	})
}
