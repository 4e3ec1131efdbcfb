package app_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

const (
	requestsTotal      = "sirenbase_http_requests_total"
	loginFailures      = "sirenbase_login_failures_total"
	sessionsInProgress = "sirenbase_sessions_in_progress"
	eventStreams       = "sirenbase_event_streams"
	backupSuccess      = "sirenbase_backup_last_success_timestamp_seconds"
	backupFailures     = "sirenbase_backup_failures_total"
)

// scraped is the text that a metric begins with.
var scraped = map[string]string{
	requestsTotal: `
		# HELP sirenbase_http_requests_total HTTP requests answered.
		# TYPE sirenbase_http_requests_total counter`,
	loginFailures: `
		# HELP sirenbase_login_failures_total Logins refused: for wrong credentials, for the state of the account, or for too many attempts.
		# TYPE sirenbase_login_failures_total counter`,
	sessionsInProgress: `
		# HELP sirenbase_sessions_in_progress Sessions in progress in the database, of all stores.
		# TYPE sirenbase_sessions_in_progress gauge`,
	eventStreams: `
		# HELP sirenbase_event_streams Event streams that are open on this node.
		# TYPE sirenbase_event_streams gauge`,
	backupSuccess: `
		# HELP sirenbase_backup_last_success_timestamp_seconds When the newest automatic backup was made; missing before the first one.
		# TYPE sirenbase_backup_last_success_timestamp_seconds gauge`,
	backupFailures: `
		# HELP sirenbase_backup_failures_total Automatic backups that failed since the start.
		# TYPE sirenbase_backup_failures_total counter`,
}

// door serves the metrics of a server beside it, and returns their URL.
func door(t *testing.T, s *apptest.Server) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.App.ServeMetrics(listener))
	return "http://" + listener.Addr().String() + "/metrics"
}

// expectMetric fails the test unless the metric has exactly these samples.
func expectMetric(t *testing.T, url, name string, samples ...string) {
	t.Helper()
	want := ""
	if len(samples) > 0 {
		want = scraped[name] + "\n" + name + strings.Join(samples, "\n"+name) + "\n"
	}
	if err := testutil.ScrapeAndCompare(url, strings.NewReader(want), name); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func TestRequestsAreCountedByRouteAndNeverByWhatAClientMakesUp(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url, staff, anybody := door(t, s), s.Staff(), s.Anybody()
		staff.Get("/api/tracking/items/4821").ExpectStatus(404)
		staff.Get("/api/tracking/items/9021").ExpectStatus(404)
		anybody.Get("/api/tracking/items/4821?x=y").ExpectStatus(401)
		anybody.Get("/api/nothing").ExpectStatus(404)
		anybody.Get("/api/tracking/items/4821/nothing").ExpectStatus(404)
		anybody.Get("/").ExpectStatus(200)
		for _, address := range []string{"/login", "/admin", "/made/up"} {
			anybody.With("Accept", "text/html").Get(address).ExpectStatus(200)
			anybody.With("Accept", "text/html").Get(address + ".js").ExpectStatus(404)
		}
		anybody.Do(http.MethodHead, "/index.html", nil).ExpectStatus(200)
		anybody.Do(http.MethodHead, "/healthz", nil).ExpectStatus(200)
		anybody.Do(http.MethodPatch, "/healthz", nil).ExpectStatus(405)
		anybody.Do("BREW", "/api/nothing", nil).ExpectStatus(404)
		anybody.Do("STEEP", "/api/nothing", nil).ExpectStatus(404)
		anybody.With("Origin", "http://localhost:3000").With("Access-Control-Request-Method", "GET").
			Do(http.MethodOptions, "/api/tracking/items", nil).ExpectStatus(204)
		expectMetric(t, url, requestsTotal,
			`{method="GET",route="/",status="200"} 4`,
			`{method="GET",route="/api/tracking/items/{code}",status="401"} 1`,
			`{method="GET",route="/api/tracking/items/{code}",status="404"} 2`,
			`{method="GET",route="none",status="404"} 5`,
			`{method="HEAD",route="/",status="200"} 1`,
			`{method="HEAD",route="/healthz",status="200"} 1`,
			`{method="OPTIONS",route="none",status="204"} 1`,
			`{method="POST",route="/api/auth/login",status="200"} 1`,
			`{method="other",route="none",status="404"} 2`,
			`{method="other",route="none",status="405"} 1`,
		)
	})
}

func TestRefusedLoginsAreCountedByReason(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		logIn := func(number, pin string) *apptest.Response {
			return s.Anybody().Post("/api/auth/login", map[string]string{"partner_number": number, "pin": pin})
		}
		expectMetric(t, url, loginFailures, `{reason="account"} 0`, `{reason="credentials"} 0`, `{reason="throttled"} 0`)
		logIn(apptest.StaffNumber, apptest.StaffPIN).ExpectStatus(200)
		logIn(apptest.StaffNumber, "8642").ExpectStatus(401)
		logIn("NOBODY", "8642").ExpectStatus(401)
		s.Anybody().Post("/api/auth/login", `[]`).ExpectStatus(400)
		s.Anybody().Get("/api/auth/me").ExpectStatus(401)
		s.Anybody().Post("/api/auth/signup", `{"partner_number": "NEW01", "name": "Nia", "pin": "2468"}`).ExpectStatus(201)
		logIn("NEW01", "2468").ExpectStatus(403)
		expectMetric(t, url, loginFailures, `{reason="account"} 1`, `{reason="credentials"} 2`, `{reason="throttled"} 0`)
	})
}

func TestSessionsInProgressAreThoseThatAreNeitherCompletedNorExpired(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		expectMetric(t, url, sessionsInProgress, `{tool="milk-count"} 0`, `{tool="rtde"} 0`)
		s.Staff().Post("/api/milk-count/sessions/start", nil).ExpectStatus(201)
		s.Staff().Post("/api/rtde/sessions/start", nil).ExpectOneOf(200, 201)
		s.Admin().Post("/api/rtde/sessions/start", nil).ExpectOneOf(200, 201)
		expectMetric(t, url, sessionsInProgress, `{tool="milk-count"} 1`, `{tool="rtde"} 2`)
		s.Clock.Advance(30 * time.Minute)
		expectMetric(t, url, sessionsInProgress, `{tool="milk-count"} 1`, `{tool="rtde"} 0`)
		run(t, s, `UPDATE milk_sessions SET status = 'completed', completed_at = created_at`)
		expectMetric(t, url, sessionsInProgress, `{tool="milk-count"} 0`, `{tool="rtde"} 0`)
	})
}

func TestOpenEventStreamsAreCounted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		expectMetric(t, url, eventStreams, " 0")
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+s.Staff().Token)
		response, err := http.DefaultClient.Do(request) // it is open when the head is there
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		expectMetric(t, url, eventStreams, " 1")
	})
}

func run(t *testing.T, s *apptest.Server, statement string) {
	t.Helper()
	err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
		_, err := tx.Exec(t.Context(), statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAGaugeThatCannotBeReadIsLeftOutAndTheOthersStay(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		run(t, s, `ALTER TABLE milk_sessions RENAME TO milk_sessions_away`)
		expectMetric(t, url, sessionsInProgress, `{tool="rtde"} 0`)
		if !strings.Contains(s.Log(), `"level":"WARN","msg":"sessions in progress cannot be counted","tool":"milk-count"`) {
			t.Errorf("the log does not tell: %s", s.Log())
		}
	})
}

func TestMetricsAreThereWhenTheDatabaseIsNot(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		s.Anybody().Get("/healthz").ExpectStatus(200)
		if err := s.DB.Close(); err != nil {
			t.Fatal(err)
		}
		expectMetric(t, url, sessionsInProgress)
		expectMetric(t, url, requestsTotal, `{method="GET",route="/healthz",status="200"} 1`)
	})
}

func TestMetricsGoOnOverAnOutageOfTheDatabase(t *testing.T) {
	cluster, s, _ := outage(t)
	url := door(t, s)
	both := []string{`{tool="milk-count"} 0`, `{tool="rtde"} 0`}
	expectMetric(t, url, sessionsInProgress, both...)
	cluster.Stop()
	expectMetric(t, url, sessionsInProgress)
	expectMetric(t, url, requestsTotal, `{method="POST",route="/api/auth/login",status="200"} 1`)
	cluster.Start()
	expectMetric(t, url, sessionsInProgress, both...)
}

func TestEveryPoolOfTheDatabaseIsMeasured(t *testing.T) {
	pools := map[database.Engine][]string{database.SQLite: {"reader", "writer"}, database.PostgreSQL: {"main"}}
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		want := "# HELP go_sql_wait_count_total The total number of connections waited for.\n# TYPE go_sql_wait_count_total counter\n"
		for _, name := range pools[s.Engine] {
			want += `go_sql_wait_count_total{db_name="` + name + `"} 0` + "\n"
		}
		if err := testutil.ScrapeAndCompare(door(t, s), strings.NewReader(want), "go_sql_wait_count_total"); err != nil {
			t.Error(err)
		}
	})
}

func TestMetricsAreServedAtTheirOwnDoorAlone(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		s.Anybody().Get("/metrics").ExpectError(404, "Resource not found")
		s.Admin().Get("/metrics").ExpectError(404, "Resource not found")
		for _, one := range []struct {
			method, url string
			want        int
		}{
			{http.MethodGet, url, 200},
			{http.MethodHead, url, 404},
			{http.MethodPost, url, 404},
			{http.MethodDelete, url, 404},
			{http.MethodGet, url + "/", 404},
			{http.MethodGet, strings.TrimSuffix(url, "metrics"), 404},
			{http.MethodGet, strings.Replace(url, "/metrics", "/healthz", 1), 404},
			{http.MethodGet, strings.Replace(url, "/metrics", "/api/auth/me", 1), 404},
			{http.MethodGet, strings.Replace(url, "/metrics", "/debug/pprof/", 1), 404},
		} {
			if got, _ := scrape(t, one.method, one.url); got != one.want {
				t.Errorf("%s %s: %d, want %d", one.method, one.url, got, one.want)
			}
		}
	})
}

func TestTheLinterOfPrometheusFindsNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		url := door(t, s)
		s.Staff().Get("/api/auth/me").ExpectStatus(200)
		_, text := scrape(t, http.MethodGet, url)
		problems, err := promlint.New(strings.NewReader(text)).Lint()
		if err != nil || len(problems) > 0 {
			t.Errorf("%v, %v", problems, err)
		}
	})
}

func scrape(t *testing.T, method, url string) (status int, text string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}
