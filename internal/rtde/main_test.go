package rtde_test

import (
	"context"
	"encoding/json"
	"flag"
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

func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		// Each check of a property is a run of so many steps on a real database;
		// ask for more of them on the command line.
		"rapid.checks": "10", "rapid.steps": "40",
		// The tests wait for disks and for each other's servers more than they compute.
		"test.parallel": "6",
	} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(dbtest.Main(m))
}

const (
	root           = "/api/rtde"
	itemsPath      = root + "/admin/items"
	allItemsPath   = itemsPath + "?include_inactive=true"
	reorderPath    = itemsPath + "/reorder"
	sessionsPath   = root + "/sessions"
	startPath      = sessionsPath + "/start"
	activePath     = sessionsPath + "/active"
	inProgressPath = sessionsPath + "/in-progress"
	lastPath       = sessionsPath + "/last-completed"
	historyPath    = root + "/history"
	resume         = `{"action": "resume"}`
)

type object = map[string]any

// shop is a server with its partners, and the ids of the items in its display.
type shop struct {
	*apptest.Server
	staff, admin *apptest.Client
	item         map[string]string // by name
}

// eachShop runs a test in a shop over each engine, beside the other tests. Its
// display has items of these names, each with a par of 5.
func eachShop(t *testing.T, names []string, run func(t *testing.T, s *shop)) {
	t.Helper()
	t.Parallel()
	apptest.Each(t, func(t *testing.T, server *apptest.Server) {
		s := &shop{Server: server, item: map[string]string{}}
		s.staff, s.admin = server.Staff(), server.Admin()
		for _, name := range names {
			s.add(name, 5)
		}
		run(t, s)
	})
}

// lunch is a small display.
var lunch = []string{"Panini", "Juice", "Salad"}

// add puts an item into the display and returns its id.
func (s *shop) add(name string, par int) string {
	s.TB.Helper()
	s.item[name] = s.admin.Post(itemsPath, object{"name": name, "par_level": par}).
		ExpectStatus(http.StatusCreated).Text("item.id")
	return s.item[name]
}

// partner logs in anew: tokens last a day by the clock that the tests turn.
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

// wait lets time pass, and logs both partners in again.
func (s *shop) wait(d time.Duration) {
	s.TB.Helper()
	s.Clock.Advance(d)
	s.admin = s.partner(apptest.AdminNumber, apptest.AdminPIN)
	s.staff = s.partner(apptest.StaffNumber, apptest.StaffPIN)
}

// fill puts ids in the place of names: "<Panini>".
func (s *shop) fill(text string) string {
	for name, id := range s.item {
		text = strings.ReplaceAll(text, `"<`+name+`>"`, `"`+id+`"`)
	}
	return text
}

// start begins a session and returns its path.
func (s *shop) start(c *apptest.Client) string {
	s.TB.Helper()
	return sessionsPath + "/" + c.Post(startPath, nil).ExpectStatus(http.StatusCreated).Text("session_id")
}

func idOf(session string) string { return strings.TrimPrefix(session, sessionsPath+"/") }

func (s *shop) put(c *apptest.Client, path, body string) *apptest.Response {
	s.TB.Helper()
	return c.Put(path, s.fill(body))
}

func (s *shop) count(c *apptest.Client, session, name string, quantity int) *apptest.Response {
	s.TB.Helper()
	return c.Put(session+"/count", object{"item_id": s.item[name], "counted_quantity": quantity})
}

func (s *shop) pull(c *apptest.Client, session, name string, isPulled bool) *apptest.Response {
	s.TB.Helper()
	return c.Put(session+"/pull", object{"item_id": s.item[name], "is_pulled": isPulled})
}

// lines are what a session says about the items, in order: "Panini 2 of 5,
// need 3", with "pulled" at the end if it is, and "?" for what is not counted.
func lines(c *apptest.Client, session string) []string {
	c.TB.Helper()
	var got struct {
		Items []struct {
			Name      string
			IsCounted bool `json:"is_counted"`
			Counted   int  `json:"counted_quantity"`
			Par       int  `json:"par_level"`
			Need      int  `json:"need_quantity"`
			IsPulled  bool `json:"is_pulled"`
		}
	}
	c.Get(session).ExpectStatus(http.StatusOK).Into(&got)
	all := []string{}
	for _, i := range got.Items {
		counted := fmt.Sprint(i.Counted)
		if !i.IsCounted && i.Counted == 0 {
			counted = "?"
		}
		line := fmt.Sprintf("%s %s of %d, need %d", i.Name, counted, i.Par, i.Need)
		if i.IsPulled {
			line += ", pulled"
		}
		all = append(all, line)
	}
	return all
}

func expectLines(c *apptest.Client, session string, want ...string) {
	c.TB.Helper()
	if diff := cmp.Diff(want, lines(c, session)); diff != "" {
		c.TB.Errorf("the lines of %s differ (-want +got):\n%s", session, diff)
	}
}

// auditRow is what the record says about a change.
type auditRow struct {
	Type, Description, Actor string
	Details                  object
}

func (s *shop) audit() []auditRow {
	s.TB.Helper()
	rows, err := database.All(context.Background(), s.DB.Read(), func(row database.Row) (auditRow, error) {
		var r auditRow
		var details *string
		err := row.Scan(&r.Type, &r.Description, &r.Actor, &details)
		if err == nil && details != nil {
			err = json.Unmarshal([]byte(*details), &r.Details)
		}
		return r, err
	}, `SELECT type, description, actor_name, details FROM audit_log WHERE type LIKE 'rtde%' ORDER BY timestamp, id`)
	if err != nil {
		s.TB.Fatal(err)
	}
	return rows
}

func (s *shop) expectAudit(from int, want ...auditRow) {
	s.TB.Helper()
	rows := s.audit()
	if diff := cmp.Diff(append([]auditRow{}, want...), append([]auditRow{}, rows[min(from, len(rows)):]...)); diff != "" {
		s.TB.Errorf("the record differs (-want +got):\n%s", diff)
	}
}

// number asks the database itself.
func (s *shop) number(query string) int {
	s.TB.Helper()
	n, err := database.Value[int](context.Background(), s.DB.Read(), query)
	if err != nil {
		s.TB.Fatal(err)
	}
	return n
}

// insert puts items with a par of 5 into the display behind the program's back,
// where hundreds of requests would take too long. Their ids are their names.
func (s *shop) insert(names []string) {
	s.TB.Helper()
	ctx := context.Background()
	err := s.DB.InTx(ctx, func(tx *database.Handle) error {
		store, err := database.Value[string](ctx, tx, `SELECT id FROM stores`)
		if err != nil {
			return err
		}
		rows := [][]any{}
		for i, name := range names {
			at := database.Instant(apptest.Noon)
			rows = append(rows, []any{store, name, name, 5, i + 1, true, at, at})
		}
		return database.InsertRows(ctx, tx, `
			INSERT INTO rtde_items (store_id, id, name, par_level, display_order, active, created_at, updated_at)`, rows)
	})
	if err != nil {
		s.TB.Fatal(err)
	}
}

// cleanUp runs the background job and expects it to delete so many sessions.
func (s *shop) cleanUp(want int64) {
	s.TB.Helper()
	if n, err := s.App.RTDE.CleanUp(context.Background()); err != nil || n != want {
		s.TB.Errorf("%d sessions were cleaned up, want %d; error %v", n, want, err)
	}
}
