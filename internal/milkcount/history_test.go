package milkcount_test

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestHistoryListsSessionsByDateNewestFirst(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.staff.Get(historyPath).Expect(200, `{"sessions": [], "total": 0, "limit": 30, "offset": 0}`)
		states := []string{"night_foh", "night_boh", "morning", "on_order", "completed", "night_foh", "completed"}
		for day, status := range states {
			s.at(fmt.Sprintf("2026-03-%02d 16:00", 5+day))
			s.bring(s.staff, s.start(), status)
		}
		list := func(query string) string {
			t.Helper()
			r := s.staff.Get(historyPath + query).ExpectStatus(200)
			var got struct {
				Sessions             []struct{ Date, Status string }
				Total, Limit, Offset int
			}
			r.Into(&got)
			words := []string{fmt.Sprintf("%d/%d/%d:", got.Total, got.Limit, got.Offset)}
			for _, one := range got.Sessions {
				words = append(words, one.Date[8:]+" "+one.Status)
			}
			return strings.Join(words, " ")
		}
		for query, want := range map[string]string{
			"":                                   "7/30/0: 11 completed 10 night_foh 09 completed 08 on_order 07 morning 06 night_boh 05 night_foh",
			"?limit=2":                           "7/2/0: 11 completed 10 night_foh",
			"?limit=2&offset=5":                  "7/2/5: 06 night_boh 05 night_foh",
			"?limit=2&offset=7":                  "7/2/7:",
			"?offset=9223372036854775807":        "7/30/9223372036854775807:",
			"?limit=101&status=morning":          "1/100/0: 07 morning",
			"?limit=1000000&status=completed":    "2/100/0: 11 completed 09 completed",
			"?limit=1&offset=1&status=completed": "2/1/1: 09 completed",
			"?status=":                           "7/30/0: 11 completed 10 night_foh 09 completed 08 on_order 07 morning 06 night_boh 05 night_foh",
			"?limit=1&_t=17":                     "7/1/0: 11 completed",
		} {
			if got := list(query); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		for query, parameter := range map[string]string{
			"?limit=0": "limit", "?limit=-1": "limit", "?limit=x": "limit", "?limit=": "limit", "?limit=1.5": "limit",
			"?limit=9223372036854775808": "limit", "?offset=-1": "offset", "?offset=x": "offset", "?offset=": "offset",
			"?status=done": "status", "?status=Completed": "status",
		} {
			s.staff.Get(historyPath+query).ExpectError(400, "Invalid "+parameter+" parameter")
		}
	})
}

// Nine days of oat milk: what the night finds, front and back together, and
// what is delivered the morning after.
var nineDays = []struct{ night, delivered, used int }{
	{10, 10, -1}, // 20; nothing is known of the day before
	{15, 5, 5},   // 20
	{13, 7, 7},   // 20
	{16, 4, 4},   // 20
	{14, 6, 6},   // 20
	{21, 0, -1},  // more than there was: a miscount
	{13, 7, 8},   // 20
	{14, 6, 6},   // 20
	{12, 8, 8},   // 20
}

func (s *shop) countOat(date string, night, delivered int, status string) {
	s.TB.Helper()
	s.at(date + " 16:00")
	session := s.start()
	for i, body := range []string{
		fmt.Sprintf(`{"counts": [{"milk_type_id": "<Oat>", "foh_count": %d}]}`, night/2),
		fmt.Sprintf(`{"counts": [{"milk_type_id": "<Oat>", "boh_count": %d}]}`, night-night/2),
		fmt.Sprintf(`{"counts": [{"milk_type_id": "<Oat>", "method": "direct_delivered", "delivered": %d}]}`, delivered),
		`{"on_orders": []}`,
	} {
		if steps[i].status == status {
			break
		}
		s.put(s.staff, session+steps[i].path, body).ExpectStatus(http.StatusOK)
	}
}

func TestUsageOfNineDays(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.setPar("Oat", 20)
		want, sum := []any{}, 0.0
		for day, d := range nineDays {
			date := fmt.Sprintf("2026-03-%02d", 5+day)
			s.countOat(date, d.night, d.delivered, "")
			if d.used >= 0 {
				want, sum = append(want, object{"date": date, "used": float64(d.used)}), sum+float64(d.used)
			}
		}
		s.countOat("2026-03-14", 1, 1, "on_order") // not completed: it says nothing yet
		s.countOat("2026-03-15", 1, 1, "")         // nothing is known of the day before
		mean, squares := sum/float64(len(want)), 0.0
		for _, day := range want {
			squares += square(day.(object)["used"].(float64) - mean)
		}
		oat := func(query string) object {
			t.Helper()
			milk, _ := s.staff.Get(usagePath + query).ExpectStatus(200).Value("milk_types.6").(object)
			return milk
		}
		got := oat("")
		if diff := cmp.Diff(object{
			"milk_type_id": s.milk["Oat"], "milk_type_name": "Oat", "days": want, "mean": got["mean"], "stddev": got["stddev"],
			"par_value": 20.0, "suggested_par": 16.0, // 2 × 6.29 + 1.65 × 1.50 = 15.05
		}, got); diff != "" {
			t.Errorf("the usage differs (-want +got):\n%s", diff)
		}
		for name, number := range map[string]float64{"mean": mean, "stddev": math.Sqrt(squares / float64(len(want)-1))} {
			if value, _ := got[name].(float64); math.Abs(value-number) > 1e-9 {
				t.Errorf("%s is %v, want %v", name, got[name], number)
			}
		}
		// Nobody counted any other milk: that is no use of nothing.
		whole, _ := s.staff.Get(usagePath).ExpectStatus(200).Value("milk_types.1").(object)
		if diff := cmp.Diff([]any{}, whole["days"]); diff != "" || whole["mean"] != nil {
			t.Errorf("a milk that was never counted has mean %v and days (-want +got):\n%s", whole["mean"], diff)
		}
		// The day before the first counts too; fewer than seven days suggest nothing.
		for query, days := range map[string][]any{
			"?from=2026-03-05&to=2026-03-13": want, "?from=2026-03-06": want, "?to=2026-03-13": want,
			"?from=2026-03-07&to=2026-03-12": want[1:6], "?from=2026-03-13&to=2026-03-13": want[6:], "?from=2026-04-01&to=2026-05-01": {},
			"?from=2026-03-05&to=2026-03-05": {}, "?from=0001-01-01&to=9999-12-31": want,
		} {
			part := oat(query)
			if diff := cmp.Diff(days, part["days"]); diff != "" {
				t.Errorf("%s: the days differ (-want +got):\n%s", query, diff)
			}
			if suggested := part["suggested_par"]; (len(days) >= 7) != (suggested != nil) {
				t.Errorf("%s: suggested par %v from %d days", query, suggested, len(days))
			}
			if (part["mean"] == nil) != (len(days) == 0) || (part["stddev"] == nil) != (len(days) < 2) {
				t.Errorf("%s: mean %v and stddev %v of %d days", query, part["mean"], part["stddev"], len(days))
			}
		}
	})
}

func TestUsageSaysWhichPeriodItIsOf(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.at("2026-03-05 03:59") // the fourth, still
		for name := range s.milk {
			if name != "Oat" {
				s.admin.Put(allTypesPath+"/"+s.milk[name], `{"active": false}`).ExpectStatus(200)
			}
		}
		milk := `"milk_types": [{"milk_type_id": "<id>", "milk_type_name": "Oat", "days": [], "mean": null, "stddev": null,
			"par_value": 0, "suggested_par": null}]`
		for query, period := range map[string][2]string{
			"":                               {"2026-02-05", "2026-03-04"},
			"?from=&to=":                     {"2026-02-05", "2026-03-04"},
			"?from=2026-03-04":               {"2026-03-04", "2026-03-04"},
			"?to=2026-01-31":                 {"2026-01-04", "2026-01-31"},
			"?from=2024-02-29&to=2030-01-01": {"2024-02-29", "2030-01-01"},
			"?from=0001-01-01&to=0001-01-01": {"0001-01-01", "0001-01-01"},
			"?to=0001-01-02":                 {"0001-01-01", "0001-01-02"},
			"?from=9999-12-31&to=9999-12-31": {"9999-12-31", "9999-12-31"},
		} {
			try(t, query, func() *apptest.Response { return s.staff.Get(usagePath + query) }, func(r *apptest.Response) {
				r.Expect(200, `{"from": "`+period[0]+`", "to": "`+period[1]+`", `+milk+`}`)
			})
		}
		for query, parameter := range map[string]string{
			"?from=x": "from", "?from=2026-02-30": "from", "?from=2026-3-4": "from", "?from=2026-03-04T00:00:00Z": "from",
			"?to=x": "to", "?to=2026-13-01": "to", "?from=2026-03-05": "from", "?from=2026-03-02&to=2026-03-01": "from",
			"?from=x&to=x": "to", "?from=0000-12-31": "from", "?to=10000-01-01": "to", "?to=0000-01-01": "to",
		} {
			try(t, "bad "+query, func() *apptest.Response { return s.staff.Get(usagePath + query) },
				func(r *apptest.Response) { r.ExpectError(400, "Invalid "+parameter+" parameter") })
		}
	})
}

func square(x float64) float64 { return x * x }
