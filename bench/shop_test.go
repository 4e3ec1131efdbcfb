package bench

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// shop is a store as it is after some months, and who works in it.
type shop struct {
	id          string
	milkSession string // completed
	displayItem string
	partners    []partner
}

// partner is somebody who is logged in and counts the display.
type partner struct {
	id, token string // the id is that of their session at the display, too
	itemsTag  string
}

const (
	connections = 16
	itemsInUse  = 200
	itemsOnShow = 23
)

// size is how much there is besides the one store that is measured.
type size struct{ history, stores int }

var usual = size{history: 100_000}

// open fills a store through the API, and gives it a past.
func open(tb testing.TB, s *server, db *database.DB, n size) shop {
	tb.Helper()
	admin := s.logIn(adminNumber, adminPIN)
	here := shop{id: one(tb, db, `SELECT id FROM stores`)}
	post := func(path, body string) answer {
		return s.send(admin.token, request{method: http.MethodPost, path: path, body: body, status: http.StatusCreated})
	}
	for i := range itemsInUse / 20 {
		post("/api/tracking/items/batch", fmt.Sprintf(`{"items": [{"name": "Cold Cups %d oz", "category": "cups", "quantity": 20}]}`, i))
	}
	for i := range itemsOnShow {
		here.displayItem = post("/api/rtde/admin/items", fmt.Sprintf(`{"name": "Panini %d", "par_level": 6}`, i)).at("item", "id")
	}
	here.milkSession = countMilk(s, admin)
	dbtest.Past{History: n.history}.Fill(tb, db, here.id, admin.id, time.Now())
	for i := range n.stores {
		dbtest.AddStore(tb, db, fmt.Sprintf("store-%d", i), time.Now())
	}
	model := post("/api/admin/users", `{"partner_number": "MODEL", "name": "Sam Rivera", "pin": "5678"}`).at("user", "id")
	for i := range connections {
		here.partners = append(here.partners, hire(tb, s, db, model, strconv.Itoa(firstPartner+i)))
	}
	here.lookAtItems(s)
	return here
}

// firstPartner is the id of the first partner: pgbench can make numbers only.
const firstPartner = 100

// hire makes a partner like the model, whose id and session at the display have
// the same name.
func hire(tb testing.TB, s *server, db *database.DB, model, id string) partner {
	tb.Helper()
	execute(tb, db, `
		INSERT INTO users (id, home_store_id, partner_number, name, pin_hash, role, status, created_at, updated_at)
		SELECT $1, home_store_id, $3, name, pin_hash, role, status, created_at, updated_at FROM users WHERE id = $2`, id, model, "BENCH"+id)
	execute(tb, db, `INSERT INTO store_members (user_id, store_id) SELECT id, home_store_id FROM users WHERE id = $1`, id)
	p := s.logIn("BENCH"+id, "5678")
	s.send(p.token, request{method: http.MethodPost, path: "/api/rtde/sessions/start", status: http.StatusCreated})
	execute(tb, db, `UPDATE rtde_sessions SET id = $1 WHERE user_id = $1`, id)
	return p
}

func execute(tb testing.TB, db *database.DB, statement string, args ...any) {
	tb.Helper()
	err := db.InTx(context.Background(), func(tx *database.Handle) error {
		_, err := tx.Exec(context.Background(), statement, args...)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func (s *server) logIn(number, pin string) partner {
	s.tb.Helper()
	a := s.send("", request{
		method: http.MethodPost, path: "/api/auth/login", status: http.StatusOK,
		body: fmt.Sprintf(`{"partner_number": %q, "pin": %q}`, number, pin),
	})
	return partner{id: a.at("user", "id"), token: a.at("token")}
}

// lookAtItems gives everybody the tag of the list as it is.
func (here *shop) lookAtItems(s *server) {
	for i, p := range here.partners {
		list := s.send(p.token, request{method: http.MethodGet, path: "/api/tracking/items", status: http.StatusOK})
		here.partners[i].itemsTag = list.header.Get("ETag")
	}
}

// countMilk completes a session with every milk counted.
func countMilk(s *server, admin partner) (id string) {
	s.tb.Helper()
	list := s.send(admin.token, request{method: http.MethodGet, path: "/api/milk-count/milk-types", status: http.StatusOK})
	milks := list.body["milk_types"].([]any)
	if len(milks) != 9 {
		s.tb.Fatalf("there are %d milks", len(milks))
	}
	id = s.send(admin.token, request{
		method: http.MethodPost, path: "/api/milk-count/sessions/start", status: http.StatusCreated,
	}).at("session", "id")
	for _, step := range []struct{ path, array, value string }{
		{"night-foh", "counts", `"foh_count": 3`},
		{"night-boh", "counts", `"boh_count": 4`},
		{"morning", "counts", `"method": "direct_delivered", "delivered": 2`},
		{"on-order", "on_orders", `"on_order": 1`},
	} {
		var all []string
		for _, milk := range milks {
			all = append(all, fmt.Sprintf(`{"milk_type_id": %q, %s}`, milk.(map[string]any)["id"], step.value))
		}
		s.send(admin.token, request{
			method: http.MethodPut, path: "/api/milk-count/sessions/" + id + "/" + step.path, status: http.StatusOK,
			body: fmt.Sprintf(`{%q: [%s]}`, step.array, strings.Join(all, ", ")),
		})
	}
	return id
}

// tidy takes away what a round has added, so that the next begins like it.
func (here *shop) tidy(tb testing.TB, s *server, db *database.DB) {
	tb.Helper()
	for _, statement := range []string{
		`DELETE FROM tracking_items WHERE name = 'Measured'`,
		`DELETE FROM tracking_history WHERE item_name = 'Measured'`,
		`DELETE FROM store_events`,
		`UPDATE tracking_codes SET in_use = false WHERE in_use AND code NOT IN (SELECT code FROM tracking_items WHERE NOT is_removed)`,
	} {
		execute(tb, db, statement)
	}
	here.lookAtItems(s)
}

func one(tb testing.TB, db *database.DB, query string, args ...any) string {
	tb.Helper()
	value, err := database.Value[string](context.Background(), db.Read(), query, args...)
	if err != nil {
		tb.Fatal(err)
	}
	return value
}

func connect(tb testing.TB, url string) *database.DB {
	tb.Helper()
	db, err := database.Open(tb.Context(), url)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}
