package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// walk is what the README shows with curl, and some of what can go wrong.
var walk = []struct{ method, path, body string }{
	{"GET", "/api/auth/me", ""},
	{"POST", "/api/tracking/items", `{"name": "Vanilla Syrup", "category": "syrups"}`},
	{"POST", "/api/tracking/items", `{"name": "Oat Cups", "category": "cups", "code": "9021"}`},
	{"POST", "/api/tracking/items", `{"name": "Décaf 100%_pure", "category": "coffee_beans", "code": "0007"}`},
	{"POST", "/api/tracking/items", `{"name": "Oat Cups", "category": "cups", "code": "9021"}`},
	{"POST", "/api/tracking/items", `{"name": "x", "category": "nope", "code": "12", "foo": 3.0}`},
	{"GET", "/api/tracking/items?q=OAT", ""},
	{"GET", "/api/tracking/items?q=D%C3%89CAF", ""},
	{"GET", "/api/tracking/items?q=%25_p", ""},
	{"GET", "/api/tracking/items?limit=1", ""},
	{"GET", "/api/tracking/items/search?q=va&category=syrups", ""},
	{"DELETE", "/api/tracking/items/9021", ""},
	{"DELETE", "/api/tracking/items/9021", ""},
	{"DELETE", "/api/tracking/items/0000", ""},
	{"GET", "/api/tracking/items?include_removed=true", ""},
	{"POST", "/api/tracking/items/9021/restore", ""},
	{"POST", "/api/tracking/items/9021/restore", ""},
	{"GET", "/api/tracking/items/9021", ""},
	{"GET", "/api/tracking/history?limit=2", ""},
	{"GET", "/api/tracking/history?action=remove", ""},
	{"GET", "/api/admin/users", ""},
}

func TestBothEnginesAnswerTheSameBytesButForIDsAndTimes(t *testing.T) {
	answers := map[database.Engine]string{}
	for _, engine := range dbtest.Engines() {
		answers[engine] = takeWalk(apptest.New(t, engine))
	}
	if diff := cmp.Diff(answers[database.SQLite], answers[database.PostgreSQL]); diff != "" {
		t.Errorf("the engines answer differently (-sqlite +postgres):\n%s", diff)
	}
}

var (
	anyID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	anyCursor = regexp.MustCompile(`"next_cursor":"[^"]*"`)
)

func takeWalk(s *apptest.Server) string {
	var seen strings.Builder
	drawn := "" // the code that the server chose
	for i, step := range walk {
		var body any
		if step.body != "" {
			body = step.body
		}
		r := s.Staff().Do(step.method, step.path, body)
		if i == 1 {
			drawn = r.Text("item.code")
		}
		text := anyID.ReplaceAllString(string(r.Body), "<id>")
		text = anyCursor.ReplaceAllString(text, `"next_cursor":"<cursor>"`)
		text = strings.ReplaceAll(text, drawn, "<drawn>")
		fmt.Fprintf(&seen, "%s %s\n%d %s\n%s\n", step.method, step.path, r.Status, r.Header.Get("Content-Type"), text)
	}
	return seen.String()
}
