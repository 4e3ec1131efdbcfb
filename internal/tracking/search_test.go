package tracking_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// suggested writes suggestions as "Vanilla 4821" and "Vanilla template".
func suggested(c *apptest.Client, category, q, more string) string {
	c.TB.Helper()
	r := c.Get(searchPath + "?category=" + category + "&q=" + url.QueryEscape(q) + more).ExpectStatus(http.StatusOK)
	var body struct {
		Suggestions []struct {
			Name, Source string
			Code         *string
		}
	}
	r.Into(&body)
	texts := []string{}
	for _, s := range body.Suggestions {
		origin := s.Source
		if s.Source == "existing" && s.Code != nil {
			origin = *s.Code
		} else if s.Source != "template" || s.Code != nil {
			c.TB.Errorf("source and code do not go together in %s", r.Body)
		}
		texts = append(texts, s.Name+" "+origin)
	}
	return strings.Join(texts, ", ")
}

func TestSuggestionsAreExistingNamesThenTemplates(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "Vanilla Special", "syrups", "4821")
		add(partner, "Vanilla Mug", "other", "4822")
		add(partner, "Vanilla Gone", "syrups", "4823")
		remove(partner, "4823")
		partner.Get(searchPath+"?q=vanilla&category=syrups").Expect(http.StatusOK, `{"suggestions": [
			{"name": "Vanilla Special", "source": "existing", "code": "4821"},
			{"name": "Sugar-Free Vanilla Syrup", "source": "template"},
			{"name": "Vanilla Syrup", "source": "template"}]}`)
		partner.Get(searchPath+"?q=vanilla&category=lids").Expect(http.StatusOK, `{"suggestions": []}`)
		partner.Get(searchPath+"?q=vanilla&category=no_such_thing").Expect(http.StatusOK, `{"suggestions": []}`)
	})
}

func TestNoNameIsSuggestedTwiceInAnyCase(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "VANILLA syrup", "syrups", "4821")
		add(partner, "vanilla SYRUP", "syrups", "4820")
		add(partner, "Vanilla Syrup", "syrups", "4822")
		add(partner, "FRAPPÉ base powder", "powders", "0001")
		// The name and the code are of one thing.
		if got := suggested(partner, "syrups", "VANILLA SY", ""); got != "vanilla SYRUP 4820, Sugar-Free Vanilla Syrup template" {
			t.Errorf("suggested %s", got)
		}
		if got := suggested(partner, "powders", "frappé", ""); got != "FRAPPÉ base powder 0001" {
			t.Errorf("suggested %s", got)
		}
	})
}

func TestSuggestionsAreLimited(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		var batch []object
		for n := range 20 {
			batch = append(batch, item(fmt.Sprintf("Roast %02d", n), "coffee_beans", fmt.Sprintf("%04d", n)))
		}
		partner.Post(batchPath, object{"items": batch}).ExpectStatus(http.StatusCreated)
		for _, c := range []struct {
			more                string
			existing, templates int
		}{
			{"", 4, 4},
			{"&limit=8", 4, 4},
			{"&limit=1", 0, 1},
			{"&limit=2", 1, 1},
			{"&limit=5", 2, 3},
			{"&limit=15", 7, 8},
			{"&limit=16", 7, 8},
			{"&limit=100000", 7, 8},
		} {
			got := suggested(partner, "coffee_beans", "roast", c.more)
			templates := strings.Count(got, " template")
			existing := strings.Count(got, "Roast ") - strings.Count(got, "Roast template")
			if existing != c.existing || templates != c.templates {
				t.Errorf("%s: %d existing and %d templates, want %d and %d: %s",
					c.more, existing, templates, c.existing, c.templates, got)
			}
		}
		for _, limit := range []string{"", "0", "-3", "many", "1.5"} {
			partner.Get(searchPath+"?category=cups&q=cup&limit="+limit).
				ExpectError(http.StatusBadRequest, "Invalid limit parameter")
		}
	})
}

func TestSearchTakesEveryCharacterForItself(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "100% Cacao", "other", "0001")
		add(partner, "100 Cacao", "other", "0002")
		add(partner, "Snake_Case", "other", "0003")
		add(partner, "Snake Case", "other", "0004")
		add(partner, `Back\\Slash`, "other", "0005")
		for q, want := range map[string]string{
			"00%":                       "100% Cacao 0001",
			"0% ca":                     "100% Cacao 0001",
			"e_c":                       "Snake_Case 0003",
			"E_":                        "Snake_Case 0003",
			`\\`:                        `Back\\Slash 0005`,
			`k\\s`:                      `Back\\Slash 0005`,
			"%%":                        "",
			"__":                        "",
			`\%`:                        "",
			"??":                        "",
			strings.Repeat("é", 60_000): "",
		} {
			if got := suggested(partner, "other", q, ""); got != want {
				t.Errorf("%.10s: suggested %q, want %q", q, got, want)
			}
		}
	})
}

func TestShortSearchFindsNothing(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "茶叶 Tea", "other", "0001")
		for q, want := range map[string]string{
			"": "", "t": "", " t ": "", "茶": "", "  ": "",
			"茶叶": "茶叶 Tea 0001", " te ": "茶叶 Tea 0001",
		} {
			if got := suggested(partner, "other", q, ""); got != want {
				t.Errorf("%q: suggested %q, want %q", q, got, want)
			}
		}
		partner.Get(searchPath+"?category=other").Expect(http.StatusOK, `{"suggestions": []}`)
	})
}

func TestSearchWantsACategory(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		for _, query := range []string{"", "?q=vanilla", "?q=vanilla&category=", "?q=vanilla&category=%20"} {
			s.Staff().Get(searchPath+query).ExpectError(http.StatusBadRequest, "Category parameter required")
		}
	})
}
