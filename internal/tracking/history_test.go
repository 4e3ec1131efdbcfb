package tracking_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// notes lists the notes of the entries that a query finds.
func notes(c *apptest.Client, query string) []string {
	c.TB.Helper()
	return column(c.Get(historyPath+query).ExpectStatus(http.StatusOK), "history", "notes")
}

func TestHistoryIsFiltered(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		add(staff, "Mocha", "sauces", "4821")
		s.Clock.Advance(time.Minute)
		add(admin, "Lids", "lids", "0001")
		s.Clock.Advance(time.Minute)
		remove(admin, "4821")
		s.Clock.Advance(time.Minute)
		staff.Post(itemsPath+"/4821/restore", nil).ExpectStatus(http.StatusOK)
		const (
			addMocha     = "Added Mocha (Code: 4821)"
			addLids      = "Added Lids (Code: 0001)"
			removeMocha  = "Removed Mocha (Code: 4821)"
			restoreMocha = "Restored Mocha (Code: 4821)"
		)
		for query, want := range map[string][]string{
			"":                                   {restoreMocha, removeMocha, addLids, addMocha},
			"?limit=2":                           {restoreMocha, removeMocha},
			"?limit=500":                         {restoreMocha, removeMocha, addLids, addMocha},
			"?action=ADD":                        {addLids, addMocha},
			"?action=add":                        {addLids, addMocha},
			"?action=Remove":                     {removeMocha},
			"?action=restore":                    {restoreMocha},
			"?action=":                           {restoreMocha, removeMocha, addLids, addMocha},
			"?code=4821":                         {restoreMocha, removeMocha, addMocha},
			"?code=9999":                         {},
			"?code=junk":                         {},
			"?user_id=" + staff.UserID:           {restoreMocha, addMocha},
			"?user_id=" + admin.UserID:           {removeMocha, addLids},
			"?user_id=no-such-user":              {},
			"?code=4821&action=add&_t=1":         {addMocha},
			"?code=0001&user_id=" + staff.UserID: {},
			"?action=ADD&user_id=" + admin.UserID + "&code=0001&from=2026-03-04&to=2026-03-04": {addLids},
		} {
			if diff := cmp.Diff(want, notes(staff, query)); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", query, diff)
			}
		}
	})
}

func TestHistoryRefusesBrokenParameters(t *testing.T) {
	const limit, action = "Invalid limit parameter", "Invalid action. Must be ADD or REMOVE"
	each(t, func(t *testing.T, s *apptest.Server) {
		for query, sentence := range map[string]string{
			"limit=0":                           "Limit must be at least 1",
			"limit=-5":                          "Limit must be at least 1",
			"limit=501":                         "Limit cannot exceed 500",
			"limit=":                            limit,
			"limit=ten":                         limit,
			"limit=1.0":                         limit,
			"limit=٣":                           limit,
			"limit=99999999999999999999":        limit,
			"action=DELETE":                     action,
			"action=ADD,REMOVE":                 action,
			"action=ADD%20":                     action,
			"from=yesterday":                    "Invalid from parameter",
			"from=2026-02-30":                   "Invalid from parameter",
			"from=2026-3-4":                     "Invalid from parameter",
			"from=2026-03-04T20:00:00":          "Invalid from parameter",
			"from=0000-01-01":                   "Invalid from parameter",
			"to=04/03/2026":                     "Invalid to parameter",
			"to=9999-12-31":                     "Invalid to parameter",
			"to=2026-03-04T25:00:00Z":           "Invalid to parameter",
			"cursor=junk":                       "Invalid cursor parameter",
			"cursor=" + strings.Repeat("A", 99): "Invalid cursor parameter",
		} {
			s.Staff().Get(historyPath+"?"+query).ExpectError(http.StatusBadRequest, sentence)
		}
	})
}

func TestPagesOfTheHistoryAreTheWholeHistory(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := stock(s)
		r := partner.Post(batchPath, object{"items": []object{{"name": "Lid", "category": "lids", "quantity": 9}}})
		partner.Post(removePath, object{"codes": column(r, "items", "code")}).ExpectStatus(http.StatusOK)
		for _, query := range []string{"?", "?action=remove&", "?user_id=" + partner.UserID + "&", "?to=2026-03-04&"} {
			whole := column(partner.Get(historyPath+query), "history", "id")
			for limit, n := range map[string]int{"4": 4, "27": 27, "500": 500} {
				pages := walk(t, partner, historyPath+query+"limit="+limit, "history", n)
				if diff := cmp.Diff(whole, slices.Concat(pages...)); diff != "" {
					t.Errorf("%slimit=%s: the pages differ from the whole:\n%s", query, limit, diff)
				}
			}
		}
	})
}

func TestHistoryTellsAHundredUnlessAskedForMore(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		partner.Post(batchPath, object{"items": []object{
			{"name": "Lid", "category": "lids", "quantity": 100}, {"name": "Cup", "category": "cups", "quantity": 2},
		}}).ExpectStatus(http.StatusCreated)
		for query, want := range map[string]int{"": 100, "?limit=101": 101, "?limit=500": 102} {
			r := partner.Get(historyPath + query)
			if got := len(column(r, "history", "id")); got != want || r.Value("count") != float64(want) {
				t.Errorf("%q: %d entries, count %v, want %d", query, got, r.Value("count"), want)
			}
		}
	})
}

func TestHistoryIsAskedForByDaysOfTheStore(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for zone, c := range map[string]struct {
			day           string
			first, after  string // the first instant of the day, and of the next one
			previous, end string // a second before each
		}{
			"America/Los_Angeles": { // 23 hours: the clock springs at two
				"2026-03-08", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z", "2026-03-08T07:59:59Z", "2026-03-09T06:59:59Z",
			},
			"America/New_York": { // 25 hours
				"2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", "2026-11-01T03:59:59Z", "2026-11-02T04:59:59Z",
			},
			"America/Santiago": { // there is no midnight: the clock springs from 24:00 to 01:00
				"2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z", "2026-09-06T03:59:59Z", "2026-09-07T02:59:59Z",
			},
			"Africa/Cairo": { // the same
				"2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z", "2026-04-23T21:59:59Z", "2026-04-24T20:59:59Z",
			},
			"Pacific/Kiritimati": { // a day ahead of everybody
				"2026-03-08", "2026-03-07T10:00:00Z", "2026-03-08T10:00:00Z", "2026-03-07T09:59:59Z", "2026-03-08T09:59:59Z",
			},
		} {
			exec(t, s.DB, `UPDATE stores SET timezone = $1`, zone)
			exec(t, s.DB, `DELETE FROM tracking_history`)
			for _, instant := range []string{c.previous, c.first, c.end, c.after} {
				add(turnTo(s, instant), instant, "other")
			}
			partner := logInAgain(s)
			for query, want := range map[string][]string{
				"?from=" + c.day + "&to=" + c.day: {c.end, c.first},
				"?from=" + c.day:                  {c.after, c.end, c.first},
				"?to=" + c.day:                    {c.end, c.first, c.previous},
			} {
				got := column(partner.Get(historyPath+query), "history", "item_name")
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s differs (-want +got):\n%s", zone, query, diff)
				}
			}
		}
	})
}

func TestHistoryIsAskedForByInstants(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff() // it is 20:00:00.123456
		add(partner, "First", "other", "0001")
		s.Clock.Advance(time.Microsecond)
		add(partner, "Second", "other", "0002")
		s.Clock.Advance(time.Hour)
		add(partner, "Third", "other", "0003")
		for query, want := range map[string][]string{
			"from=2026-03-04T20:00:00.123456Z":                     {"Third", "Second", "First"},
			"from=2026-03-04T20:00:00.123457Z":                     {"Third", "Second"},
			"from=2026-03-04T20:00:00.123457000Z":                  {"Third", "Second"},
			"to=2026-03-04T20:00:00.123456Z":                       {"First"},
			"to=2026-03-04T20:00:00.123457Z":                       {"Second", "First"},
			"to=2026-03-04T20:00:00Z":                              {},
			"from=2026-03-04T12:30:00-08:00":                       {"Third"},
			"from=" + url.QueryEscape("2026-03-05T01:30:00+05:00"): {"Third"},
			"from=2026-03-04T20:00:01Z&to=2026-03-04T20:00:00Z":    {},
			"from=2026-03-04T20:00:00Z&to=2026-03-04&limit=2":      {"Third", "Second"},
			"from=2026-03-05":                                      {},
			"to=2026-03-03":                                        {},
			"from=0001-01-02&to=9998-12-30":                        {"Third", "Second", "First"},
		} {
			got := column(partner.Get(historyPath+"?"+query).ExpectStatus(http.StatusOK), "history", "item_name")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", query, diff)
			}
		}
	})
}
