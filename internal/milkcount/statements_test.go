package milkcount_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// Each request is so many statements, that of authentication included, however
// many milks there are. A save may be at most 6, a summary 4.
func TestTheNumberOfStatementsDoesNotGrowWithTheMilks(t *testing.T) {
	want := map[string]int64{
		"today": 2, "start": 6, "get": 3, "history": 3, "usage": 3, "milk types": 2, "summary": 3,
		"draft night_foh": 5, "draft night_boh": 5, "draft morning": 5, "draft on_order": 5,
		"save night_foh": 3, "save night_boh": 3, "save morning": 3, "save on_order": 4,
		"correct night_foh": 5, "correct night_boh": 5, "correct morning": 5, "correct on_order": 6,
		"reopen": 8,
	}
	eachShop(t, func(t *testing.T, s *shop) {
		// A write also tells those who look on: the number of the event, the event,
		// and on PostgreSQL the other nodes.
		telling := int64(2)
		if s.Engine == database.PostgreSQL {
			telling = 3
		}
		want := maps.Clone(want)
		for what := range want {
			switch verb, _, _ := strings.Cut(what, " "); verb {
			case "start", "draft", "save", "correct", "reopen":
				want[what] += telling
			}
		}
		for range 2 {
			s.nextDay()
			if diff := cmp.Diff(want, s.statements()); diff != "" {
				t.Errorf("with %d milks the numbers are others (-want +got):\n%s", len(s.milk), diff)
			}
			for i := range 60 - len(s.milk) {
				s.admin.Post(allTypesPath, object{"name": fmt.Sprintf("Milk %d", i), "category": "dairy"}).
					ExpectStatus(http.StatusCreated)
			}
			s.lookUpMilks()
		}
	})
}

// statements counts them for each request of a day on which every milk is counted.
func (s *shop) statements() map[string]int64 {
	s.TB.Helper()
	counts := map[string]int64{}
	measure := func(what string, send func() *apptest.Response) *apptest.Response {
		s.TB.Helper()
		before := s.DB.Statements()
		r := send()
		counts[what] = s.DB.Statements() - before
		return r.ExpectOneOf(http.StatusOK, http.StatusCreated)
	}
	all := func(one step) string {
		array, elements := strings.Split(one.body, `"`)[1], []string{}
		value := map[string]string{
			"night_foh": `"foh_count": 3`, "night_boh": `"boh_count": 4`,
			"morning": `"method": "boh_count", "current_boh": 5`, "on_order": `"on_order": 6`,
		}[one.status]
		for _, id := range s.milk {
			elements = append(elements, fmt.Sprintf(`{"milk_type_id": %q, %s}`, id, value))
		}
		return `{"` + array + `": [` + strings.Join(elements, ", ") + `]}`
	}
	id := measure("start", func() *apptest.Response { return s.staff.Post(startPath, nil) }).Text("session.id")
	session := root + "/sessions/" + id
	for _, one := range steps {
		measure("draft "+one.status, func() *apptest.Response { return s.staff.Put(session+"/draft", all(one)) })
		measure("save "+one.status, func() *apptest.Response { return s.staff.Put(session+one.path, all(one)) })
	}
	measure("reopen", func() *apptest.Response { return reopen(s.admin, session, "night_foh", "recount") })
	for _, one := range steps {
		measure("correct "+one.status, func() *apptest.Response { return s.staff.Put(session+one.path, all(one)) })
	}
	for what, path := range map[string]string{
		"summary": session + "/summary", "get": session, "today": todayPath, "history": historyPath, "usage": usagePath, "milk types": typesPath,
	} {
		measure(what, func() *apptest.Response { return s.staff.Get(path) })
	}
	return counts
}
