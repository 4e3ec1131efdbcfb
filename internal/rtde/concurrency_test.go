package rtde_test

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
		got[summary(r)]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the answers differ (-want +got):\n%s", diff)
	}
}

func summary(r *apptest.Response) string {
	r.TB.Helper()
	line := fmt.Sprint(r.Status)
	if r.Status >= http.StatusBadRequest {
		line += " " + r.Text("error")
	}
	return line
}

// race sends two requests at once and expects one of these pairs of answers;
// it returns the pair.
func race(t *testing.T, first, second func() *apptest.Response, pairs ...[2]string) [2]string {
	t.Helper()
	answers := apptest.AtOnce(2, func(i int) *apptest.Response { return []func() *apptest.Response{first, second}[i]() })
	got := [2]string{summary(answers[0]), summary(answers[1])}
	if !slices.Contains(pairs, got) {
		t.Errorf("the answers are %q, want one of %q", got, pairs)
	}
	return got
}

const inProgressSessions = `SELECT count(*) FROM rtde_sessions WHERE status = 'in_progress'`

func TestOfEightStartsOneSessionStays(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		for range 3 {
			answers := apptest.AtOnce(8, func(int) *apptest.Response { return s.staff.Post(startPath, nil) })
			expectTally(t, answers, map[string]int{"201": 8})
			if n := s.number(inProgressSessions); n != 1 {
				t.Errorf("%d sessions in progress, want 1", n)
			}
			id := s.staff.Get(activePath).Text("session.id")
			if !slices.ContainsFunc(answers, func(r *apptest.Response) bool { return r.Text("session_id") == id }) {
				t.Errorf("nobody was told of session %s", id)
			}
			s.count(s.staff, sessionsPath+"/"+id, "Panini", 2).ExpectStatus(200)
		}
	})
}

func TestOfEightFirstCountsTheLastIsStored(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		session := s.start(s.staff)
		expectTally(t, apptest.AtOnce(8, func(i int) *apptest.Response {
			return s.count(s.staff, session, "Panini", 10+i)
		}), map[string]int{"200": 8})
		var want []string
		for i := range 8 {
			want = append(want, fmt.Sprintf("Panini %d of 5, need 0", 10+i))
		}
		if got := lines(s.staff, session)[0]; !slices.Contains(want, got) {
			t.Errorf("it says %s", got)
		}
		// Counts and ticks of one item at once take nothing from each other.
		answers := apptest.AtOnce(8, func(i int) *apptest.Response {
			if i%2 == 0 {
				return s.pull(s.staff, session, "Juice", true)
			}
			return s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Salad>", "counted_quantity": 3},
				{"item_id": "<Juice>", "counted_quantity": 3}]}`)
		})
		expectTally(t, answers, map[string]int{"200": 8})
		if diff := cmp.Diff([]string{"Juice 3 of 5, need 2, pulled", "Salad 3 of 5, need 2"}, lines(s.staff, session)[1:]); diff != "" {
			t.Errorf("the lines differ (-want +got):\n%s", diff)
		}
	})
}

func TestItemsAddedAtOnceHaveTheirOwnPlaces(t *testing.T) {
	eachShop(t, nil, func(t *testing.T, s *shop) {
		expectTally(t, apptest.AtOnce(8, func(int) *apptest.Response {
			return s.admin.Post(itemsPath, `{"name": "Panini", "par_level": 3}`)
		}), map[string]int{"201": 8})
		var want []string
		for i := range 8 {
			want = append(want, fmt.Sprintf("%d Panini", i+1))
		}
		expectNames(s.admin.Get(itemsPath), want...)
	})
}

func TestATakeOverThatRacesWithACompletion(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		done := 0
		for range 4 {
			session := s.start(s.staff)
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			got := race(t,
				func() *apptest.Response { return s.admin.Post(session+"/take-over", nil) },
				func() *apptest.Response { return s.staff.Post(session+"/complete", nil) },
				[2]string{"200", "403 Unauthorized - not your session"}, [2]string{"409 Session is not in progress", "200"})
			if got[0] == "200" {
				expectLines(s.admin, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
				s.admin.Post(session+"/complete", nil).ExpectStatus(200)
			}
			done++
			r := s.staff.Get(historyPath + "?limit=50")
			if n := r.Value("total"); n != float64(done) {
				t.Errorf("%v sessions in the history, want %d", n, done)
			}
			if strings.Contains(string(r.Body), `"items_counted":0`) {
				t.Errorf("a count is lost: %s", r.Body)
			}
		}
	})
}

func TestATakeOverThatRacesWithAStartOfTheOldOwner(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		for range 4 {
			session := s.start(s.staff)
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			got := race(t,
				func() *apptest.Response { return s.admin.Post(session+"/take-over", nil) },
				func() *apptest.Response { return s.staff.Post(startPath, nil) },
				[2]string{"200", "201"}, [2]string{"404 Session not found", "201"})
			if id := s.staff.Get(activePath).Text("session.id"); id == idOf(session) {
				t.Errorf("the old owner still has session %s", id)
			}
			if got[0] == "200" {
				expectLines(s.admin, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
			} else {
				s.admin.Get(session).ExpectError(404, "Session not found")
			}
		}
	})
}

func TestTwoTakersAtOnce(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		kim := s.hire("KIM42", "Kim Sato")
		for range 4 {
			session := s.start(s.staff)
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			s.start(kim)
			take := func(c *apptest.Client) func() *apptest.Response {
				return func() *apptest.Response { return c.Post(session+"/take-over", nil) }
			}
			race(t, take(kim), take(s.admin), [2]string{"200", "200"})
			if n := s.number(inProgressSessions); n != 1 {
				t.Errorf("%d sessions in progress, want 1", n)
			}
			owner := kim // the later one
			if s.admin.Get(session).Status == http.StatusOK {
				owner = s.admin
			}
			expectLines(owner, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
		}
	})
}

// The one who comes first has both sessions' fate: the own one is dropped, so
// there is nothing left to take for the other.
func TestTwoPartnersWhoTakeEachOthersSession(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		for range 4 {
			staffs, admins := s.start(s.staff), s.start(s.admin)
			s.count(s.staff, staffs, "Panini", 2).ExpectStatus(200)
			s.count(s.admin, admins, "Panini", 2).ExpectStatus(200)
			const late = "404 Session not found"
			got := race(t,
				func() *apptest.Response { return s.staff.Post(admins+"/take-over", nil) },
				func() *apptest.Response { return s.admin.Post(staffs+"/take-over", nil) },
				[2]string{"200", late}, [2]string{late, "200"})
			winner, session := s.staff, admins
			if got[0] == late {
				winner, session = s.admin, staffs
			}
			expectLines(winner, session, "Panini 2 of 5, need 3", "Juice ? of 5, need 5", "Salad ? of 5, need 5")
			if n := s.number(inProgressSessions); n != 1 {
				t.Errorf("%d sessions in progress, want 1", n)
			}
			winner.Post(session+"/complete", nil).ExpectStatus(200)
		}
	})
}

// A count that was answered with 200 is in the record, or moves on with the
// session.
func TestACountThatRacesWithTheEndOfTheSession(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		for range 4 {
			session := s.start(s.staff)
			count := func() *apptest.Response { return s.count(s.staff, session, "Panini", 2) }
			got := race(t, count,
				func() *apptest.Response { return s.admin.Post(session+"/take-over", nil) },
				[2]string{"200", "200"}, [2]string{"403 Unauthorized - not your session", "200"})
			want := map[string]string{"200": "Panini 2 of 5, need 3"}[got[0]]
			if line := lines(s.admin, session)[0]; want != "" && line != want {
				t.Errorf("the taker sees %s, want %s", line, want)
			}
			s.staff.Post(session+"/take-over", nil).ExpectStatus(200)
			s.put(s.staff, session+"/counts", `{"counts": [{"item_id": "<Juice>", "counted_quantity": 5}]}`).ExpectStatus(200)
			counted := map[string]float64{"200": 2}[got[0]]
			got = race(t, func() *apptest.Response { return s.count(s.staff, session, "Salad", 2) },
				func() *apptest.Response { return s.staff.Post(session+"/complete", nil) },
				[2]string{"200", "200"}, [2]string{"409 Session is already completed", "200"})
			counted = max(counted, 1)
			if got[0] == "200" {
				counted++
			}
			if n := s.staff.Get(historyPath).Value("sessions.0.items_counted"); n != counted {
				t.Errorf("the record has %v items counted, want %v", n, counted)
			}
			if n := s.number(`SELECT count(*) FROM rtde_session_counts`); n != 0 {
				t.Errorf("%d counts are left", n)
			}
		}
	})
}

func TestTwoCompletionsAtOnceAreOne(t *testing.T) {
	eachShop(t, lunch, func(t *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
		expectTally(t, apptest.AtOnce(8, func(int) *apptest.Response { return s.staff.Post(session+"/complete", nil) }),
			map[string]int{"200": 8})
		r := s.staff.Get(historyPath)
		if r.Value("total") != 1.0 || r.Value("sessions.0.items_counted") != 1.0 {
			t.Errorf("the history is %s", r.Body)
		}
	})
}

func TestACountThatRacesWithTheDeletionOfItsItem(t *testing.T) {
	eachShop(t, nil, func(t *testing.T, s *shop) {
		session := s.start(s.staff)
		for i := range 6 {
			name := fmt.Sprintf("Item %d", i)
			path := itemsPath + "/" + s.add(name, 5)
			var answer *apptest.Response
			got := race(t,
				func() *apptest.Response { return s.count(s.staff, session, name, 2) },
				func() *apptest.Response { answer = s.admin.Delete(path); return answer },
				[2]string{"200", "200"}, [2]string{"404 Item not found", "200"})
			want := gone
			if got[0] == "200" {
				want = hidden
			}
			answer.Expect(200, want)
		}
	})
}

// An item that was counted while its session was replaced, taken from or
// cleaned up remembers it: it is not deleted.
func TestACountThatRacesWithTheReplacementOfItsSession(t *testing.T) {
	eachShop(t, nil, func(t *testing.T, s *shop) {
		const rounds = 12
		counted := 0
		for i := range rounds {
			session := s.start(s.staff)
			others := s.start(s.admin)
			name := fmt.Sprintf("Item %d", i)
			id := s.add(name, 5)
			drop := []func() *apptest.Response{
				func() *apptest.Response { return s.staff.Post(startPath, nil) },
				func() *apptest.Response { return s.staff.Post(others+"/take-over", nil) },
			}[i%2]
			status := []string{"201", "200"}[i%2]
			got := race(t, func() *apptest.Response { return s.count(s.staff, session, name, 2) }, drop,
				[2]string{"200", status}, [2]string{"404 Session not found", status})
			want := gone
			if got[0] == "200" {
				counted++
				want = hidden
			}
			s.admin.Delete(itemsPath+"/"+id).Expect(200, want)
		}
		t.Logf("%d of %d counts came first", counted, rounds)
	})
}
