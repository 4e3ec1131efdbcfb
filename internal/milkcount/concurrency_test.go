package milkcount_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// expectTally compares how often each status and error was answered.
func expectTally(t *testing.T, answers []*apptest.Response, want map[string]int) {
	t.Helper()
	got := map[string]int{}
	for _, r := range answers {
		line := fmt.Sprint(r.Status)
		if r.Status >= http.StatusBadRequest {
			line += " " + r.Text("error")
		}
		got[line]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the answers differ (-want +got):\n%s", diff)
	}
}

func TestOneOfTwentyStartsBeginsTheSession(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		answers := apptest.AtOnce(20, func(i int) *apptest.Response {
			return []*apptest.Client{s.staff, s.admin}[i%2].Post(startPath, nil)
		})
		expectTally(t, answers, map[string]int{"201": 1, "400 Session already exists for today": 19})
		for _, r := range answers {
			if got, want := r.Text("session.id"), answers[0].Text("session.id"); got != want {
				t.Errorf("one was told of session %s, another of %s", got, want)
			}
		}
		var got struct{ Entries []any }
		s.staff.Get(root + "/sessions/" + answers[0].Text("session.id")).Into(&got)
		if len(got.Entries) != 9 {
			t.Errorf("%d entries, want 9", len(got.Entries))
		}
	})
}

// everyMilk is a body of a step's save in which every number is n.
func (s *shop) everyMilk(one step, n int) string {
	array, elements := strings.Split(one.body, `"`)[1], []string{}
	value := map[string]string{
		"night_foh": `"foh_count": %d`, "night_boh": `"boh_count": %d`,
		"morning": `"method": "direct_delivered", "delivered": %d`, "on_order": `"on_order": %d`,
	}[one.status]
	for _, id := range s.milk {
		elements = append(elements, fmt.Sprintf(`{"milk_type_id": %q, `+value+`}`, id, n))
	}
	return `{"` + array + `": [` + strings.Join(elements, ", ") + `]}`
}

// values are a field of every entry, each value once.
func (s *shop) values(session, field string) []string {
	s.TB.Helper()
	var got struct{ Entries []object }
	s.staff.Get(session).ExpectStatus(http.StatusOK).Into(&got)
	values := []string{}
	for _, entry := range got.Entries {
		values = append(values, fmt.Sprint(entry[field]))
	}
	slices.Sort(values)
	return slices.Compact(values)
}

var fieldOf = map[string]string{
	"night_foh": "foh_count", "night_boh": "boh_count", "morning": "delivered", "on_order": "on_order",
}

func TestOfEightSavesOfAStepOneIsStored(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		for i, one := range steps {
			answers := apptest.AtOnce(8, func(i int) *apptest.Response {
				return []*apptest.Client{s.staff, s.admin}[i%2].Put(session+one.path, s.everyMilk(one, 100+i))
			})
			next := append(steps, step{status: "completed"})[i+1].status
			expectTally(t, answers, map[string]int{"200": 1, "400 Cannot save " + one.noun + " - session status is " + next: 7})
			winner := slices.IndexFunc(answers, func(r *apptest.Response) bool { return r.Status == http.StatusOK })
			if got := s.values(session, fieldOf[one.status]); !slices.Equal(got, []string{fmt.Sprint(100 + winner)}) {
				t.Errorf("%s: the stored counts are %v, the winner's %d", one.status, got, 100+winner)
			}
			name := []string{"Sam Rivera", "Avery Stone"}[winner%2]
			if got := s.values(session, "updated_by_name"); !slices.Equal(got, []string{name}) {
				t.Errorf("%s: stored by %v, the winner is %s", one.status, got, name)
			}
		}
	})
}

// A draft that comes too late is told so: it writes nothing into the next step,
// and takes nothing from what was saved.
func TestDraftsThatRaceWithASave(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		for range 3 {
			s.nextDay()
			session := s.start()
			for i, one := range steps {
				answers := apptest.AtOnce(8, func(i int) *apptest.Response {
					if i == 4 {
						return s.admin.Put(session+one.path, s.everyMilk(one, 7))
					}
					return s.staff.Put(session+"/draft", s.everyMilk(one, 100+i))
				})
				answers[4].ExpectStatus(http.StatusOK)
				for j, r := range answers {
					if j != 4 {
						r.ExpectOneOf(http.StatusOK, http.StatusBadRequest)
					}
				}
				if got := s.values(session, fieldOf[one.status]); !slices.Equal(got, []string{"7"}) {
					t.Errorf("%s: the counts are %v, saved was 7", one.status, got)
				}
				for _, later := range steps[i+1:] {
					if got := s.values(session, fieldOf[later.status]); !slices.Equal(got, []string{"<nil>"}) {
						t.Errorf("after %s %s has %v", one.status, later.status, got)
					}
				}
			}
			s.expectStatus(session, "completed")
		}
	})
}

func TestAReopeningThatRacesWithASave(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		boh := "<nil>"
		for round := range 5 {
			s.put(s.staff, session+"/night-foh", s.everyMilk(steps[0], 1)).ExpectStatus(200)
			answers := apptest.AtOnce(2, func(i int) *apptest.Response {
				if i == 0 {
					return reopen(s.admin, session, "night_foh", "recount")
				}
				return s.staff.Put(session+"/night-boh", s.everyMilk(steps[1], round))
			})
			// The reopening always works; the save too if it was first, and its counts stay.
			answers[0].ExpectStatus(http.StatusOK)
			s.expectStatus(session, "night_foh")
			if answers[1].Status == http.StatusOK {
				boh = fmt.Sprint(round)
			} else {
				answers[1].ExpectError(400, "Cannot save BOH - session status is night_foh")
			}
			if got := s.values(session, "boh_count"); !slices.Equal(got, []string{boh}) {
				t.Errorf("the back fridges have %v, want %s", got, boh)
			}
			if r := s.staff.Get(session); strings.Contains(string(r.Body), "_saved_at") {
				t.Errorf("a save is left: %s", r.Body)
			}
		}
		s.bring(s.staff, session, "completed")
	})
}

func TestOneOfSixReopeningsIsDone(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		s.bring(s.staff, session, "completed")
		answers := apptest.AtOnce(6, func(int) *apptest.Response { return reopen(s.admin, session, "morning", "recount") })
		expectTally(t, answers, map[string]int{"200": 1, "400 Cannot reopen to morning - session status is morning": 5})
		if n := len(s.audit("milk_session_reopened")); n != 1 {
			t.Errorf("%d reopenings on record, want 1", n)
		}
	})
}

func TestMilksAddedAtOnceHaveTheirOwnPlaces(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		answers := apptest.AtOnce(8, func(i int) *apptest.Response {
			return s.admin.Post(allTypesPath, object{"name": fmt.Sprintf("Milk %d", i), "category": "dairy"})
		})
		expectTally(t, answers, map[string]int{"201": 8})
		lines := milkLines(s.staff.Get(typesPath))
		for i, line := range lines {
			if !strings.HasPrefix(line, fmt.Sprintf("%d ", i+1)) {
				t.Errorf("milk %d is %s", i+1, line)
			}
		}
		answers = apptest.AtOnce(8, func(i int) *apptest.Response {
			name := []string{"Hemp", "HEMP", "hemp", "hEMP"}[i%4]
			return s.admin.Post(allTypesPath, object{"name": name, "category": "dairy"})
		})
		expectTally(t, answers, map[string]int{"201": 1, "409 Milk type already exists": 7})
		if n := len(milkLines(s.staff.Get(typesPath))); n != 18 {
			t.Errorf("%d milks, want 18", n)
		}
		// One par, sent eight times at once, is changed once.
		s.lookUpMilks()
		expectTally(t, apptest.AtOnce(8, func(int) *apptest.Response {
			return s.admin.Put(parsPath+"/"+s.milk["Oat"], `{"par_value": 7}`)
		}), map[string]int{"200": 8})
		if n := len(s.audit("milk_par_updated")); n != 1 {
			t.Errorf("%d changes of the par on record, want 1", n)
		}
	})
}
