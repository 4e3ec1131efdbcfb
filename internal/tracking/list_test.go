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

// stock adds some items, a minute apart, and removes one.
func stock(s *apptest.Server) *apptest.Client {
	s.TB.Helper()
	partner := s.Staff()
	for _, i := range []struct{ name, category, code string }{
		{"Vanilla Syrup", "syrups", "0001"},
		{"Dark Roast", "coffee_beans", "0002"},
		{"Café Cups 12 oz", "cups", "0003"},
		{"100% Cacao", "powders", "1000"},
		{"Under_Score", "other", "4821"},
		{`Back\Slash`, "cleaning_supplies", "4822"},
		{"ÉCLAIR Boxes", "other", "9001"},
		{"Old Mocha", "sauces", "9002"},
	} {
		add(partner, i.name, i.category, i.code)
		s.Clock.Advance(time.Minute)
	}
	remove(partner, "9002")
	return partner
}

func expectNames(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		t.Errorf("the items differ (-want +got):\n%s", diff)
	}
}

func TestItemsAreListedNewestFirst(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().Get(itemsPath).Expect(http.StatusOK, `{"items": [], "count": 0, "next_cursor": null}`)
		partner := stock(s)
		active := []string{
			"ÉCLAIR Boxes", `Back\Slash`, "Under_Score", "100% Cacao", "Café Cups 12 oz", "Dark Roast", "Vanilla Syrup",
		}
		everything := append([]string{"Old Mocha"}, active...)
		for query, want := range map[string][]string{
			"":                                      active,
			"?_t=1767600000":                        active,
			"?include_removed=false":                active,
			"?include_removed=1":                    active,
			"?include_removed=yes":                  active,
			"?include_removed=true":                 everything,
			"?include_removed=TRUE":                 everything,
			"?category=":                            active,
			"?category=coffee_beans":                {"Dark Roast"},
			"?category=other":                       {"ÉCLAIR Boxes", "Under_Score"},
			"?category=condiments":                  {},
			"?category=no_such_thing":               {},
			"?category=sauces":                      {},
			"?category=sauces&include_removed=true": {"Old Mocha"},
		} {
			expectNames(t, names(partner, query), want...)
		}
	})
}

func TestRemovedItemSaysWhenAndByWhom(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		add(s.Staff(), "Mocha", "sauces", "4821")
		s.Clock.Advance(time.Hour)
		remove(s.Admin(), "4821")
		s.Staff().Get(itemsPath+"?include_removed=true").Expect(http.StatusOK, `{"items": [{
			"id": "<id>", "name": "Mocha", "category": "sauces", "code": "4821",
			"added_by": "`+s.Staff().UserID+`", "added_by_name": "Sam Rivera", "added_at": "2026-03-04T20:00:00.123456Z",
			"is_removed": true, "removed_at": "2026-03-04T21:00:00.123456Z",
			"removed_by": "`+s.Admin().UserID+`", "removed_by_name": "Avery Stone"}], "count": 1, "next_cursor": null}`)
	})
}

func TestItemsAreFoundByNameCodeOrCategoryLabel(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := stock(s)
		for q, want := range map[string][]string{
			"vanilla":                   {"Vanilla Syrup"},
			"NILLA SY":                  {"Vanilla Syrup"},
			"  vanilla  ":               {"Vanilla Syrup"},
			"CAFÉ":                      {"Café Cups 12 oz"},
			"éclair":                    {"ÉCLAIR Boxes"},
			"482":                       {`Back\Slash`, "Under_Score"},
			"0002":                      {"Dark Roast"},
			"coffee beans":              {"Dark Roast"},
			"Coffee B":                  {"Dark Roast"},
			"coffee_beans":              {},
			"cleaning":                  {`Back\Slash`},
			"cups":                      {"Café Cups 12 oz"},
			"%":                         {"100% Cacao"},
			"0%":                        {"100% Cacao"},
			"_":                         {"Under_Score"},
			`\`:                         {`Back\Slash`},
			`k\s`:                       {`Back\Slash`},
			"%%":                        {},
			"a_c":                       {},
			"' OR 1=1 --":               {},
			"\x00":                      {},
			"\xff":                      {},
			"mocha":                     {},
			"２":                         {},
			"no such thing?":            {},
			strings.Repeat("x", 60_000): {},
		} {
			got := names(partner, "?q="+url.QueryEscape(q))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("q=%.20q differs (-want +got):\n%s", q, diff)
			}
		}
		expectNames(t, names(partner, "?q=mocha&include_removed=true"), "Old Mocha")
		expectNames(t, names(partner, "?q=a&category=coffee_beans"), "Dark Roast")
	})
}

// walk follows next_cursor to the end and returns the pages.
func walk(t *testing.T, c *apptest.Client, path, list string, limit int) (pages [][]string) {
	t.Helper()
	cursor := ""
	for {
		r := c.Get(path + cursor).ExpectStatus(http.StatusOK)
		page := column(r, list, "id")
		pages = append(pages, page)
		if n := r.Value("count"); n != float64(len(page)) {
			t.Errorf("count is %v on a page of %d", n, len(page))
		}
		if len(page) > limit {
			t.Fatalf("a page has %d rows, limit %d", len(page), limit)
		}
		next, more := r.Value("next_cursor").(string)
		if !more {
			return pages
		}
		cursor = "&cursor=" + url.QueryEscape(next)
	}
}

func TestPagesOfItemsAreTheWholeList(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := stock(s)
		// Seven of the same instant, in between.
		partner.Post(batchPath, object{"items": []object{{"name": "Lid", "category": "lids", "quantity": 7}}}).
			ExpectStatus(http.StatusCreated)
		s.Clock.Advance(time.Minute)
		add(partner, "The Last", "other")
		for _, query := range []string{"?", "?include_removed=true&", "?category=lids&", "?q=a&"} {
			whole := column(partner.Get(itemsPath+query), "items", "id")
			for limit, n := range map[string]int{"2": 2, "5": 5, "500": 500} {
				pages := walk(t, partner, itemsPath+query+"limit="+limit, "items", n)
				if diff := cmp.Diff(whole, slices.Concat(pages...)); diff != "" {
					t.Errorf("%slimit=%s: the pages differ from the list:\n%s", query, limit, diff)
				}
				if want := (len(whole) + n - 1) / n; len(pages) != want {
					t.Errorf("%slimit=%s: %d pages, want %d", query, limit, len(pages), want)
				}
			}
		}
	})
}

func TestPagingGoesOnWhereItWasThoughThingsWereAddedAndRemoved(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := stock(s)
		first := partner.Get(itemsPath + "?limit=3")
		expectNames(t, column(first, "items", "name"), "ÉCLAIR Boxes", `Back\Slash`, "Under_Score")
		add(partner, "Newcomer", "other")
		remove(partner, "4821") // the row that the cursor points at
		second := partner.Get(itemsPath + "?limit=3&cursor=" + first.Text("next_cursor"))
		expectNames(t, column(second, "items", "name"), "100% Cacao", "Café Cups 12 oz", "Dark Roast")
	})
}

func TestListRefusesBrokenParameters(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for _, limit := range []string{"", "0", "-1", "ten", "1.0", "1e2", "0x10", "٣", "99999999999999999999"} {
			s.Staff().Get(itemsPath+"?limit="+url.QueryEscape(limit)).
				ExpectError(http.StatusBadRequest, "Invalid limit parameter")
		}
		for _, cursor := range []string{"junk", "%%%", "AAAA", strings.Repeat("A", 80)} {
			s.Staff().Get(itemsPath+"?limit=3&cursor="+url.QueryEscape(cursor)).
				ExpectError(http.StatusBadRequest, "Invalid cursor parameter")
		}
	})
}

func TestListIsNotSentAgainUnlessItChanged(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := stock(s)
		first := partner.Get(itemsPath).ExpectStatus(http.StatusOK)
		tag := first.Header.Get("ETag")
		if !strings.HasPrefix(tag, `"`) || !strings.HasSuffix(tag, `"`) || len(tag) < 10 {
			t.Fatalf("the ETag is %q", tag)
		}
		expectHeader(first, "Cache-Control", "private, no-cache")

		for _, held := range []string{tag, "W/" + tag, `"other", ` + tag} {
			again := partner.With("If-None-Match", held).Get(itemsPath).ExpectStatus(http.StatusNotModified)
			if len(again.Body) != 0 {
				t.Errorf("304 with a body: %s", again.Body)
			}
			expectHeader(again, "ETag", tag)
			expectHeader(again, "Cache-Control", "private, no-cache")
		}
		partner.With("If-None-Match", tag).Get(itemsPath + "?category=cups").ExpectStatus(http.StatusOK)

		add(partner, "Newcomer", "other")
		changed := partner.With("If-None-Match", tag).Get(itemsPath).ExpectStatus(http.StatusOK)
		if changed.Header.Get("ETag") == tag {
			t.Error("the list changed and its ETag did not")
		}
		remove(partner, changed.Text("items.0.code"))
		again := partner.With("If-None-Match", changed.Header.Get("ETag")).Get(itemsPath).ExpectStatus(http.StatusOK)
		partner.With("If-None-Match", again.Header.Get("ETag")).Get(itemsPath).ExpectStatus(http.StatusNotModified)
	})
}

func TestOnlyTheListMayBeKept(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := stock(s)
		for _, r := range []*apptest.Response{
			partner.Get(itemsPath + "/4821"),
			partner.Get(historyPath),
			partner.Get(searchPath + "?q=va&category=syrups"),
			partner.Get(itemsPath + "?limit=junk"),
			partner.Post(itemsPath, item("Oat", "other")),
		} {
			expectHeader(r, "Cache-Control", "no-store")
			expectHeader(r, "ETag", "")
		}
	})
}

func expectHeader(r *apptest.Response, name, want string) {
	r.TB.Helper()
	if got := r.Header.Get(name); got != want {
		r.TB.Errorf("%s is %q, want %q", name, got, want)
	}
}
