package activity_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const (
	feedPath  = "/api/activity/recent"
	itemsPath = "/api/tracking/items"
	milkPath  = "/api/milk-count/sessions/"
	rtdePath  = "/api/rtde/sessions/"
	newPIN    = "2468"
	nothing   = `{"activities": [], "count": 0}`
)

type object = map[string]any

// shop is a server with four partners.
type shop struct {
	*apptest.Server
	avery, sam, nia, lee *apptest.Client
	milk                 string // the id of one
}

// eachShop runs a test in a shop over each engine. It is half an hour past
// midnight there, so that the business date is the day before: January 5.
func eachShop(t *testing.T, run func(t *testing.T, s *shop)) {
	t.Helper()
	t.Parallel()
	apptest.Each(t, func(t *testing.T, server *apptest.Server) {
		s := &shop{Server: server}
		s.Clock.Set(time.Date(2027, time.January, 6, 8, 30, 0, 5000, time.UTC))
		s.avery, s.sam = s.Admin(), s.Staff()
		s.nia, s.lee = s.hire("NIA01", "Nia Brooks"), s.hire("LEE01", "Lee Park")
		s.milk = s.sam.Get("/api/milk-count/milk-types").Text("milk_types.0.id")
		run(t, s)
	})
}

// hire adds another partner of the store.
func (s *shop) hire(number, name string) *apptest.Client {
	s.TB.Helper()
	s.avery.Post("/api/admin/users", object{"partner_number": number, "name": name, "pin": newPIN}).
		ExpectStatus(http.StatusCreated)
	return s.LogIn(number, newPIN)
}

// next lets a minute pass and returns the time that it then is.
func (s *shop) next() string {
	s.Clock.Advance(time.Minute)
	return s.Clock.Now().Format("2006-01-02T15:04:05.000000Z07:00")
}

// nextDay turns the clock to the same time of the next day; tokens last a day.
func (s *shop) nextDay() {
	s.TB.Helper()
	s.Clock.Advance(24*time.Hour - time.Minute)
	for _, who := range []struct {
		client      *apptest.Client
		number, pin string
	}{
		{s.avery, apptest.AdminNumber, apptest.AdminPIN},
		{s.sam, apptest.StaffNumber, apptest.StaffPIN},
		{s.nia, "NIA01", newPIN},
		{s.lee, "LEE01", newPIN},
	} {
		who.client.Token = s.Anybody().Post("/api/auth/login", object{"partner_number": who.number, "pin": who.pin}).
			ExpectStatus(http.StatusOK).Text("token")
	}
	s.Clock.Advance(time.Minute)
}

func (s *shop) startCount(by *apptest.Client) string {
	s.TB.Helper()
	return milkPath + by.Post(milkPath+"start", nil).ExpectStatus(http.StatusCreated).Text("session.id")
}

// save saves a step of a milk count.
func (s *shop) save(by *apptest.Client, count, step string) {
	s.TB.Helper()
	array, field := "counts", map[string]string{
		"night-foh": `"foh_count": 1`, "night-boh": `"boh_count": 1`,
		"morning": `"method": "direct_delivered", "delivered": 1`, "on-order": `"on_order": 1`,
	}[step]
	if step == "on-order" {
		array = "on_orders"
	}
	by.Put(count+"/"+step, fmt.Sprintf(`{%q: [{"milk_type_id": %q, %s}]}`, array, s.milk, field)).ExpectStatus(http.StatusOK)
}

func (s *shop) reopen(count, to string) {
	s.TB.Helper()
	s.avery.Post(count+"/reopen", object{"status": to, "reason": "a typo"}).ExpectStatus(http.StatusOK)
}

func (s *shop) restock(by *apptest.Client) {
	s.TB.Helper()
	session := rtdePath + by.Post(rtdePath+"start", nil).ExpectStatus(http.StatusCreated).Text("session_id")
	by.Post(session+"/complete", nil).ExpectStatus(http.StatusOK)
}

func (s *shop) addItem(by *apptest.Client, name, code string) {
	s.TB.Helper()
	by.Post(itemsPath, object{"name": name, "category": "syrups", "code": code}).ExpectStatus(http.StatusCreated)
}

// feed is a list of entries as JSON, each given as "type | title | description
// | user_name | timestamp | tool".
func feed(lines ...string) string {
	fields := []string{"type", "title", "description", "user_name", "timestamp", "tool"}
	entries := make([]string, len(lines))
	for i, line := range lines {
		entry := `{"id": "<any>"`
		for k, value := range strings.Split(line, " | ") {
			entry += fmt.Sprintf(", %q: %q", fields[k], value)
		}
		entries[i] = entry + "}"
	}
	return fmt.Sprintf(`{"activities": [%s], "count": %d}`, strings.Join(entries, ", "), len(lines))
}

// ids are those of the feed's entries.
func (s *shop) ids(limit int) []string {
	s.TB.Helper()
	var got struct{ Activities []struct{ ID string } }
	s.sam.Get(fmt.Sprintf("%s?limit=%d", feedPath, limit)).ExpectStatus(http.StatusOK).Into(&got)
	all := make([]string, len(got.Activities))
	for i, entry := range got.Activities {
		all[i] = entry.ID
	}
	return all
}

// exec changes the database behind the program's back.
func (s *shop) exec(query string, args ...any) {
	s.TB.Helper()
	err := s.DB.InTx(s.TB.Context(), func(tx *database.Handle) error {
		_, err := tx.Exec(s.TB.Context(), query, args...)
		return err
	})
	if err != nil {
		s.TB.Fatal(err)
	}
}
