package app_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// monitoring is what asks for our metrics by their names.
var monitoring = []string{
	"../../deploy/grafana/sirenbase.json",
	"../../deploy/prometheus/alerts.yml",
	"../../deploy/prometheus/alerts_test.yml",
	"../../docs/operations.md",
}

var (
	metricName = regexp.MustCompile(`\b(?:sirenbase|go|process)_[a-z0-9_]+\b`)
	sampleName = regexp.MustCompile(`(?m)^[a-z0-9_]+`)
)

// A panel or an alert on a metric that is not there never shows anything, which
// looks as if all were well.
func TestEveryMetricOfTheDashboardAndTheAlertsIsExposed(t *testing.T) {
	exposed := map[string]bool{}
	for _, engine := range dbtest.Engines() {
		for _, name := range sampleName.FindAllString(busyScrape(t, engine), -1) {
			exposed[name] = true
		}
	}
	for _, path := range monitoring {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		names := metricName.FindAllString(string(content), -1)
		if len(names) == 0 {
			t.Errorf("%s names no metric", path)
		}
		for _, name := range names {
			if !exposed[name] && !exposed[name+"_bucket"] {
				t.Errorf("%s: nothing exposes %s", path, name)
			}
		}
	}
}

// busyScrape is what a server exposes that has answered a request and, where it
// makes backups, made one.
func busyScrape(t *testing.T, engine database.Engine) string {
	t.Helper()
	s := apptest.New(t, engine)
	url := door(t, s)
	s.Anybody().Get("/healthz").ExpectStatus(200)
	if s.App.Backups != nil {
		backUp(t, s, 1)
	}
	_, text := scrape(t, http.MethodGet, url)
	return text
}

// The other way round: nobody has to read the code to learn what is measured.
func TestEveryMetricOfOursIsInTheGuide(t *testing.T) {
	text := busyScrape(t, database.SQLite)
	guide, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`(?m)^# TYPE (sirenbase_\w+)`).FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile(`\b` + found[1] + `\b`).Match(guide) {
			t.Errorf("docs/operations.md does not tell of %s", found[1])
		}
	}
}

func TestTheDashboardAsksTheDataSourceThatIsChosen(t *testing.T) {
	content, err := os.ReadFile(monitoring[0])
	if err != nil {
		t.Fatal(err)
	}
	type source struct{ UID string }
	var dashboard struct {
		Panels []struct {
			ID      int
			Type    string
			Targets []struct {
				Expr       string
				Datasource source
			}
		}
	}
	if err := json.Unmarshal(content, &dashboard); err != nil {
		t.Fatal(err)
	}
	ids := map[int]bool{}
	for _, p := range dashboard.Panels {
		if ids[p.ID] || p.Type != "row" && len(p.Targets) == 0 {
			t.Errorf("panel %d is there twice, or shows nothing", p.ID)
		}
		ids[p.ID] = true
		for _, target := range p.Targets {
			if target.Expr == "" || target.Datasource.UID != "${datasource}" {
				t.Errorf("panel %d: %+v", p.ID, target)
			}
		}
	}
}
