package milkcount_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const (
	root         = "/api/milk-count"
	startPath    = root + "/sessions/start"
	todayPath    = root + "/sessions/today"
	historyPath  = root + "/history"
	usagePath    = root + "/usage"
	typesPath    = root + "/milk-types"
	allTypesPath = root + "/admin/milk-types"
	parsPath     = root + "/admin/par-levels"
)

// shop is a server with its partners, and the ids of its milks.
type shop struct {
	*apptest.Server
	staff, admin *apptest.Client
	milk         map[string]string // by name
}

// eachShop runs a test in a shop over each engine, beside the other tests.
func eachShop(t *testing.T, run func(t *testing.T, s *shop)) {
	t.Helper()
	t.Parallel()
	apptest.Each(t, func(t *testing.T, server *apptest.Server) {
		s := &shop{Server: server}
		s.logIn()
		s.lookUpMilks()
		run(t, s)
	})
}

// logIn gives both partners new tokens: the old ones last a day by the clock
// that the tests turn.
func (s *shop) logIn() {
	s.TB.Helper()
	s.admin, s.staff = s.partner(apptest.AdminNumber, apptest.AdminPIN), s.partner(apptest.StaffNumber, apptest.StaffPIN)
}

func (s *shop) partner(number, pin string) *apptest.Client {
	s.TB.Helper()
	c := s.Anybody()
	r := c.Post("/api/auth/login", map[string]string{"partner_number": number, "pin": pin}).ExpectStatus(http.StatusOK)
	c.Token, c.UserID = r.Text("token"), r.Text("user.id")
	return c
}

// hire adds another partner of the store.
func (s *shop) hire(number, name string) *apptest.Client {
	s.TB.Helper()
	s.admin.Post("/api/admin/users", map[string]string{"partner_number": number, "name": name, "pin": "2468"}).
		ExpectStatus(http.StatusCreated)
	return s.partner(number, "2468")
}

func (s *shop) lookUpMilks() {
	s.TB.Helper()
	var list struct {
		MilkTypes []struct{ ID, Name string } `json:"milk_types"`
	}
	s.admin.Get(allTypesPath + "?include_inactive=true").ExpectStatus(http.StatusOK).Into(&list)
	s.milk = map[string]string{}
	for _, milk := range list.MilkTypes {
		s.milk[milk.Name] = milk.ID
	}
}

var storeZone = func() *time.Location {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		panic(err)
	}
	return zone
}()

// at turns the clock to a time on the store's wall, and logs everybody in again.
func (s *shop) at(wall string) {
	s.TB.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", wall, storeZone)
	if err != nil {
		s.TB.Fatal(err)
	}
	s.Clock.Set(moment)
	s.logIn()
}

// fill puts the ids of milks in the place of their names: "<Oat>".
func (s *shop) fill(text string) string {
	for name, id := range s.milk {
		text = strings.ReplaceAll(text, `"<`+name+`>"`, `"`+id+`"`)
	}
	return text
}

// start begins a session and returns its path.
func (s *shop) start() string {
	s.TB.Helper()
	return root + "/sessions/" + s.staff.Post(startPath, nil).ExpectStatus(http.StatusCreated).Text("session.id")
}

func (s *shop) put(c *apptest.Client, path, body string) *apptest.Response {
	s.TB.Helper()
	return c.Put(path, s.fill(body))
}

// step is one of the four, with a save of it that is good.
type step struct{ status, path, noun, message, body string }

var steps = []step{
	{
		"night_foh", "/night-foh", "FOH", "FOH counts saved",
		`{"counts": [{"milk_type_id": "<Oat>", "foh_count": 3}, {"milk_type_id": "<Soy>", "foh_count": 1}]}`,
	},
	{
		"night_boh", "/night-boh", "BOH", "BOH counts saved - night count complete",
		`{"counts": [{"milk_type_id": "<Oat>", "boh_count": 4}, {"milk_type_id": "<Soy>", "boh_count": 2}]}`,
	},
	{
		"morning", "/morning", "morning count", "Morning count saved - continue to on order",
		`{"counts": [{"milk_type_id": "<Oat>", "method": "boh_count", "current_boh": 9},
			{"milk_type_id": "<Soy>", "method": "direct_delivered", "delivered": 6}]}`,
	},
	{
		"on_order", "/on-order", "on order", "On order saved - session complete",
		`{"on_orders": [{"milk_type_id": "<Oat>", "on_order": 2}, {"milk_type_id": "<Soy>", "on_order": 0}]}`,
	},
}

// bring saves a session's steps until it has a status.
func (s *shop) bring(c *apptest.Client, session, status string) {
	s.TB.Helper()
	now := c.Get(session).ExpectStatus(http.StatusOK).Text("session.status")
	for _, one := range steps {
		if now == status {
			return
		}
		if now == one.status {
			now = s.put(c, session+one.path, one.body).ExpectStatus(http.StatusOK).Text("session.status")
		}
	}
	if now != status {
		s.TB.Fatalf("the session is at %s, want %s", now, status)
	}
}

// entries are a session's, by the name of the milk: "foh boh method current_boh
// delivered on_order by", with a dot for null; those without any value left out.
func (s *shop) entries(session string) map[string]string {
	s.TB.Helper()
	var got struct{ Entries []map[string]any }
	s.staff.Get(session).ExpectStatus(http.StatusOK).Into(&got)
	lines := map[string]string{}
	for _, entry := range got.Entries {
		words := []string{}
		for _, field := range []string{
			"foh_count", "boh_count", "morning_method", "current_boh", "delivered", "on_order", "updated_by_name",
		} {
			value, there := entry[field]
			switch {
			case !there:
				s.TB.Fatalf("no %s in %v", field, entry)
			case value == nil:
				words = append(words, ".")
			default:
				words = append(words, fmt.Sprint(value))
			}
		}
		if line := strings.Join(words, " "); line != ". . . . . . ." {
			lines[entry["milk_type_name"].(string)] = line
		}
	}
	return lines
}

func (s *shop) expectEntries(session string, want map[string]string) {
	s.TB.Helper()
	if diff := cmp.Diff(want, s.entries(session)); diff != "" {
		s.TB.Errorf("the entries of %s differ (-want +got):\n%s", session, diff)
	}
}

func (s *shop) expectStatus(session, status string) {
	s.TB.Helper()
	if got := s.staff.Get(session).Text("session.status"); got != status {
		s.TB.Errorf("the session is at %s, want %s", got, status)
	}
}

// try sends a body in a subtest and lets it expect.
func try(t *testing.T, name string, send func() *apptest.Response, expect func(r *apptest.Response)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		r := send()
		r.TB = t
		expect(r)
	})
}

// auditRow is what the record says about a change.
type auditRow struct {
	Type, Description, Actor string
	Details                  map[string]any
}

func (s *shop) audit(kind string) []auditRow {
	s.TB.Helper()
	rows, err := database.All(context.Background(), s.DB.Read(), func(row database.Row) (auditRow, error) {
		var r auditRow
		var details *string
		err := row.Scan(&r.Type, &r.Description, &r.Actor, &details)
		if err == nil && details != nil {
			err = json.Unmarshal([]byte(*details), &r.Details)
		}
		return r, err
	}, `SELECT type, description, actor_name, details FROM audit_log WHERE type = $1 ORDER BY timestamp, id`, kind)
	if err != nil {
		s.TB.Fatal(err)
	}
	return rows
}
