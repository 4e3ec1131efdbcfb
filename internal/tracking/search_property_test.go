package tracking_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

// Letters with which a search goes wrong easily, few enough to meet again.
var (
	nameGen  = rapid.StringOfN(rapid.SampledFrom([]rune(`aAbBéÉñÑωΩжЖ%_\' 0`)), 2, 6, -1)
	queryGen = rapid.StringOfN(rapid.SampledFrom([]rune(`aAbBéÉñÑωΩжЖ%_\' 0`)), 1, 3, -1)
)

func TestSearchFindsWhatAPlainSearchFinds(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		rapid.Check(t, func(t *rapid.T) { compareSearches(t, s) })
	})
}

func compareSearches(t *rapid.T, s *apptest.Server) {
	store := newStore(s)
	who := actor.Actor{UserID: s.Staff().UserID, Name: "Somebody", Store: store}
	categories := []string{"cups", "coffee_beans"}
	named := rapid.SliceOfN(nameGen, 1, 25).Draw(t, "names")
	var all []tracking.NewItem
	var codes, rows [][]any
	for n, name := range named {
		code := fmt.Sprintf("%04d", (n*7919+101)%10000)
		all = append(all, tracking.NewItem{Name: name, Category: categories[n%2], Code: &code})
		codes = append(codes, []any{store.ID, code, n})
	}
	insert(s, `INSERT INTO tracking_codes (store_id, code, draw)`, codes)
	ctx := context.Background()
	if _, err := s.App.Tracking.AddAll(ctx, who, all, make([]string, len(all))); err != nil {
		t.Fatal(err)
	}
	templates := rapid.SliceOfN(nameGen, 0, 10).Draw(t, "templates")
	for n, name := range templates {
		rows = append(rows, []any{
			store.ID, fmt.Sprintf("t%d", n), name, strings.ToLower(name), "cups",
			database.Instant(apptest.Noon), database.Instant(apptest.Noon),
		})
	}
	insert(s, `
		INSERT INTO tracking_name_templates (store_id, id, name, name_key, category, created_at, updated_at)`, rows)
	for range 5 {
		q := queryGen.Draw(t, "q")
		items, _, err := s.App.Tracking.Items(ctx, who, tracking.ItemFilter{Query: q})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range items {
			got = append(got, i.Name+" "+i.Code)
		}
		if diff := gocmp.Diff(plainList(all, q), got); diff != "" {
			t.Fatalf("the list for %q differs (-want +got):\n%s", q, diff)
		}
		limit := rapid.IntRange(1, 15).Draw(t, "limit")
		suggestions, err := s.App.Tracking.Suggest(ctx, who, "cups", q, limit)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(plainSuggestions(all, templates, q, limit), write(suggestions)); diff != "" {
			t.Fatalf("the suggestions for %q differ (-want +got):\n%s", q, diff)
		}
	}
}

func contains(text, q string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(q))
}

// plainList is newest first: items of one batch are as new as they stand late in it.
func plainList(all []tracking.NewItem, q string) (found []string) {
	for _, i := range slices.Backward(all) {
		label := map[string]string{"cups": "Cups", "coffee_beans": "Coffee Beans"}[i.Category]
		if contains(i.Name, q) || contains(*i.Code, q) || contains(label, q) {
			found = append(found, i.Name+" "+*i.Code)
		}
	}
	return found
}

func plainSuggestions(all []tracking.NewItem, templates []string, q string, limit int) []string {
	found := []string{}
	if len([]rune(q)) < 2 {
		return found
	}
	seen := map[string]bool{}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b tracking.NewItem) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(*a.Code, *b.Code))
	})
	for _, i := range all {
		if key := strings.ToLower(i.Name); i.Category == "cups" && contains(i.Name, q) && !seen[key] && len(found) < limit/2 {
			seen[key] = true
			found = append(found, i.Name+" "+*i.Code)
		}
	}
	templates = slices.Clone(templates)
	slices.SortFunc(templates, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
	for _, name := range templates {
		if key := strings.ToLower(name); contains(name, q) && !seen[key] && len(found) < limit {
			seen[key] = true
			found = append(found, name+" template")
		}
	}
	return found
}

func write(suggestions []tracking.Suggestion) []string {
	texts := []string{}
	for _, s := range suggestions {
		if s.Code != nil {
			texts = append(texts, s.Name+" "+*s.Code)
		} else {
			texts = append(texts, s.Name+" template")
		}
	}
	return texts
}
