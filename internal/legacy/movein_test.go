package legacy_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

func TestEverybodyLogsInWithTheOldPINAndThenHasOurHash(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		for number, pin := range map[string]string{
			"ADMIN001": "1234", "LEE4417": "5678", "AB12CD34": "5678", "mia2001": "5678", "JO5555": "5678",
			"KAI0042": "5678", "SAM9001": "5678",
		} {
			logIn := func(pin string) *apptest.Response {
				return s.Anybody().Post("/api/auth/login", map[string]string{"partner_number": number, "pin": pin})
			}
			if hash := hashOf(t, s.DB, number); !strings.HasPrefix(hash, "keyed:scrypt:") && !strings.HasPrefix(hash, "keyed:pbkdf2:") {
				t.Errorf("%s came in with %s", number, hash)
			}
			logIn("0000").ExpectError(http.StatusUnauthorized, "Invalid credentials")
			logIn(pin).ExpectStatus(http.StatusOK)
			if hash := hashOf(t, s.DB, number); !strings.HasPrefix(hash, "$argon2id$") {
				t.Errorf("%s has %s after the login", number, hash)
			}
			logIn(pin).ExpectStatus(http.StatusOK)
		}
		s.Anybody().Post("/api/auth/login", `{"partner_number": "OLD0001", "pin": "5678"}`).
			ExpectError(http.StatusForbidden, "Account has been deactivated. Please contact an administrator.")
	})
}

func hashOf(t *testing.T, db *database.DB, number string) string {
	t.Helper()
	hash, err := database.Value[string](t.Context(), db.Read(),
		`SELECT pin_hash FROM users WHERE partner_number = $1`, strings.ToUpper(number))
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestTheOldDatabaseIsNotTouched(t *testing.T) {
	source := legacytest.Sample(t)
	before := legacytest.Dump(t, source)
	if len(before) != 12 || len(before["tracking_history"]) != 662 {
		t.Fatalf("the dump has %d tables", len(before))
	}
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		if diff := cmp.Diff(before, legacytest.Dump(t, source)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestSummariesAreTheOldOnes works each summary out of the old rows, by the old
// formulas, in the old database itself.
func TestSummariesAreTheOldOnes(t *testing.T) {
	source := legacytest.Sample(t)
	old := map[string][]string{}
	for _, row := range legacytest.Rows(t, source, `
		WITH counted AS (
			SELECT s.id, t.name, t.category, t.display_order,
			       coalesce(e.foh_count, 0) AS foh, coalesce(e.boh_count, 0) AS boh,
			       CASE e.morning_method WHEN 'boh_count' THEN greatest(0, coalesce(e.current_boh, 0) - coalesce(e.boh_count, 0))
			            ELSE coalesce(e.delivered, 0) END AS delivered,
			       coalesce(e.on_order, 0) AS on_order, coalesce(p.par_value, 0) AS par
			FROM milk_count_sessions s
			JOIN milk_count_entries e ON e.session_id = s.id
			JOIN milk_count_milk_types t ON t.id = e.milk_type_id
			LEFT JOIN milk_count_par_levels p ON p.milk_type_id = t.id
			WHERE s.status = 'completed')
		SELECT id, name || '|' || category || '|' || concat_ws(',', foh, boh, delivered, on_order, foh + boh + delivered, par,
		       greatest(0, par - (foh + boh + delivered) - on_order))
		FROM counted ORDER BY id, display_order`) {
		old[*row[0]] = append(old[*row[0]], *row[1])
	}
	if len(old) != 62 {
		t.Fatalf("%d completed sessions", len(old))
	}
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		checkSummaries(t, s, old)
		// The pars of today are not those of a completed session any more.
		admin := s.LogIn("ADMIN001", "1234")
		admin.Put("/api/milk-count/admin/par-levels/mt-001-whole", `{"par_value": 77}`).ExpectStatus(http.StatusOK)
		checkSummaries(t, s, old)
	})
}

func checkSummaries(t *testing.T, s *apptest.Server, old map[string][]string) {
	t.Helper()
	partner := s.LogIn("LEE4417", "5678")
	for id, rows := range old {
		var summary struct {
			Summary []struct {
				Type      string `json:"milk_type"`
				Category  string
				FOH       int
				BOH       int
				Delivered int
				OnOrder   int `json:"on_order"`
				Total     int
				Par       int
				Order     int
			}
			Totals map[string]int
		}
		partner.Get("/api/milk-count/sessions/" + id + "/summary").ExpectStatus(http.StatusOK).Into(&summary)
		var got []string
		totals := map[string]int{}
		for _, r := range summary.Summary {
			got = append(got, fmt.Sprintf("%s|%s|%d,%d,%d,%d,%d,%d,%d",
				r.Type, r.Category, r.FOH, r.BOH, r.Delivered, r.OnOrder, r.Total, r.Par, r.Order))
		}
		for _, row := range rows {
			numbers := strings.Split(row[strings.LastIndex(row, "|")+1:], ",")
			for i, name := range []string{"total_foh", "total_boh", "total_delivered", "total_on_order", "total_inventory", "", "total_order"} {
				n, err := strconv.Atoi(numbers[i])
				if err != nil {
					t.Fatal(err)
				}
				if name != "" {
					totals[name] += n
				}
			}
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			t.Errorf("%s (-old +ours): %s", id, diff)
		}
		if diff := cmp.Diff(totals, summary.Totals); diff != "" {
			t.Errorf("%s (-old +ours): %s", id, diff)
		}
	}
}

func TestTheBasementAndItsCodesAreTheOldOnes(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		c := s.LogIn("mia2001", "5678")
		for path, n := range map[string]int{
			"/api/tracking/items": 178, "/api/tracking/items?include_removed=true": 420, "/api/tracking/history?limit=500": 500,
		} {
			if got := c.Get(path).ExpectStatus(http.StatusOK).Value("count"); got != float64(n) {
				t.Errorf("%s: %v, want %d", path, got, n)
			}
		}
		active := legacytest.Rows(t, source, `SELECT code, id FROM tracking_items WHERE NOT is_removed ORDER BY id LIMIT 1`)[0]
		removed := legacytest.Rows(t, source, `SELECT code, id FROM tracking_items WHERE is_removed ORDER BY id LIMIT 1`)[0]
		if id := c.Get("/api/tracking/items/" + *active[0]).ExpectStatus(http.StatusOK).Text("item.id"); id != *active[1] {
			t.Errorf("the item is %s, want %s", id, *active[1])
		}
		add := func(code string) *apptest.Response {
			return c.Post("/api/tracking/items", map[string]string{"name": "Oat Cups", "category": "cups", "code": code})
		}
		add(*active[0]).ExpectFields(map[string]string{"code": "Code already in use"})
		add(*removed[0]).ExpectStatus(http.StatusCreated)
		c.Delete("/api/tracking/items/" + *active[0]).ExpectStatus(http.StatusOK)
		c.Get("/api/tracking/items/search?category=syrups&q=van").ExpectStatus(http.StatusOK)
		c.Get("/api/activity/recent").ExpectStatus(http.StatusOK)
	})
}

func TestTheFirstAdminOwnsTheInstallation(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		admin, other, staff := s.LogIn("ADMIN001", "1234"), s.LogIn("LEE4417", "5678"), s.LogIn("SAM9001", "5678")
		newStore := `{"name": "Pier 7", "number": "B-2", "timezone": "Europe/Berlin"}`
		admin.Post("/api/stores", newStore).ExpectStatus(http.StatusCreated)
		other.Post("/api/stores", newStore).ExpectStatus(http.StatusForbidden)
		if r := other.Get("/api/admin/users?include_deleted=true").ExpectStatus(http.StatusOK); len(r.Value("users").([]any)) != 8 {
			t.Errorf("%s", r.Body)
		}
		staff.Get("/api/admin/users").ExpectError(http.StatusForbidden, "Admin access required")
		activities := admin.Get("/api/admin/activity").ExpectStatus(http.StatusOK)
		if activities.Text("activities.0.description") != "Moved in from the old system" || activities.Text("activities.0.admin_name") != "System" {
			t.Errorf("%s", activities.Body)
		}
	})
}

func TestTheDisplayIsTheOldOne(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		c := s.LogIn("LEE4417", "5678")
		if r := c.Get("/api/rtde/admin/items?include_inactive=true").ExpectStatus(http.StatusOK); len(r.Value("items").([]any)) != 23 {
			t.Errorf("%s", r.Body)
		}
		r := c.Get("/api/rtde/history?limit=1").ExpectStatus(http.StatusOK)
		if r.Value("total") != 36.0 || r.Value("sessions.0.duration_seconds") != 14*60.0 {
			t.Errorf("%s", r.Body)
		}
		c.Get("/api/rtde/sessions/active").Expect(http.StatusOK, `{"session": null}`)
		session := c.Get("/api/rtde/sessions/1c859926-8eb3-4d49-890b-88c3fba69dce").ExpectStatus(http.StatusOK)
		if session.Text("session.status") != "expired" {
			t.Errorf("%s", session.Body)
		}
		// Its item was counted, so it cannot go altogether, also after the session has.
		c.Post("/api/rtde/sessions/start", nil).ExpectStatus(http.StatusCreated)
		if r := c.Delete("/api/rtde/admin/items/9c27616b-c577-4aca-b9e3-9e170b25747b"); r.Value("deleted_permanently") != false {
			t.Errorf("%s", r.Body)
		}
	})
}
