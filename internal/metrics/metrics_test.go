package metrics_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/metrics"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// serve returns metrics and the URL where they are.
func serve(t *testing.T, tools map[string]metrics.Tool) (*metrics.Metrics, string) {
	t.Helper()
	m := metrics.New(metrics.Config{
		Version: "1.2.3", Commit: "abc1234", Log: slog.New(slog.DiscardHandler),
		DB: dbtest.Open(t, database.SQLite), Tools: tools, Streams: func() int { return 3 },
	})
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	return m, server.URL + "/metrics"
}

func expect(t *testing.T, url, want, name string) {
	t.Helper()
	if err := testutil.ScrapeAndCompare(url, strings.NewReader(want), name); err != nil {
		t.Error(err)
	}
}

func TestTheBuildIsNamed(t *testing.T) {
	_, url := serve(t, nil)
	expect(t, url, `
		# HELP sirenbase_build_info The build that is running.
		# TYPE sirenbase_build_info gauge
		sirenbase_build_info{commit="abc1234",goversion="`+runtime.Version()+`",version="1.2.3"} 1
	`, "sirenbase_build_info")
}

func TestWhatIsInFlightIsCountedUntilItIsAnswered(t *testing.T) {
	m, url := serve(t, nil)
	inFlight := func(want string) {
		expect(t, url, `
			# HELP sirenbase_http_requests_in_flight HTTP requests that are being answered, event streams among them.
			# TYPE sirenbase_http_requests_in_flight gauge
			sirenbase_http_requests_in_flight `+want+`
		`, "sirenbase_http_requests_in_flight")
	}
	handler := m.InFlight(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inFlight("1") }))
	inFlight("0")
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	inFlight("0")
}

func TestDurationsFallIntoBucketsAndTheirSumNeverFalls(t *testing.T) {
	m, url := serve(t, nil)
	for _, took := range []time.Duration{time.Millisecond, 30 * time.Millisecond, 11 * time.Second, -time.Hour} {
		m.Observe(http.MethodGet, "GET /healthz", 200, took)
	}
	var want strings.Builder
	want.WriteString(`
		# HELP sirenbase_http_request_duration_seconds Time taken to answer HTTP requests, in seconds.
		# TYPE sirenbase_http_request_duration_seconds histogram
	`)
	const name, labels = "sirenbase_http_request_duration_seconds", `method="GET",route="/healthz",status="200"`
	for _, bucket := range [][2]string{
		{"0.001", "2"},
		{"0.0025", "2"},
		{"0.005", "2"},
		{"0.01", "2"},
		{"0.025", "2"},
		{"0.05", "3"},
		{"0.1", "3"},
		{"0.25", "3"},
		{"0.5", "3"},
		{"1", "3"},
		{"2.5", "3"},
		{"5", "3"},
		{"10", "3"},
		{"+Inf", "4"},
	} {
		want.WriteString(name + `_bucket{` + labels + `,le="` + bucket[0] + `"} ` + bucket[1] + "\n")
	}
	want.WriteString(name + `_sum{` + labels + "} 11.031\n" + name + `_count{` + labels + "} 4\n")
	expect(t, url, want.String(), name)
}

func TestOnlyARefusedLoginIsALoginFailure(t *testing.T) {
	m, url := serve(t, nil)
	for _, one := range []struct {
		method, pattern string
		status          int
	}{
		{http.MethodPost, "POST /api/auth/login", 401},
		{http.MethodPost, "POST /api/auth/login", 403},
		{http.MethodPost, "POST /api/auth/login", 429},
		{http.MethodPost, "POST /api/auth/login", 429},
		{http.MethodPost, "POST /api/auth/login", 200},
		{http.MethodPost, "POST /api/auth/login", 400},
		{http.MethodPost, "POST /api/auth/login", 503},
		{http.MethodPost, "POST /api/auth/refresh", 401},
		{http.MethodGet, "GET /api/auth/me", 401},
		{http.MethodGet, "", 403},
	} {
		m.Observe(one.method, one.pattern, one.status, 0)
	}
	expect(t, url, `
		# HELP sirenbase_login_failures_total Logins refused: for wrong credentials, for the state of the account, or for too many attempts.
		# TYPE sirenbase_login_failures_total counter
		sirenbase_login_failures_total{reason="account"} 1
		sirenbase_login_failures_total{reason="credentials"} 1
		sirenbase_login_failures_total{reason="throttled"} 2
	`, "sirenbase_login_failures_total")
}

// tool answers what a test wants.
type tool func(ctx context.Context) (int, error)

func (f tool) CountInProgress(ctx context.Context) (int, error) { return f(ctx) }

func TestAToolThatHangsIsNotWaitedForLongerThanPrometheusWaits(t *testing.T) {
	_, url := serve(t, map[string]metrics.Tool{
		"quick": tool(func(context.Context) (int, error) { return 3, nil }),
		"hung": tool(func(ctx context.Context) (int, error) {
			deadline, limited := ctx.Deadline()
			if left := time.Until(deadline); !limited || left > 2*time.Second {
				t.Errorf("it may take %s (limited: %v)", left, limited)
			}
			return 0, errors.New("gave up")
		}),
	})
	expect(t, url, `
		# HELP sirenbase_sessions_in_progress Sessions in progress in the database, of all stores.
		# TYPE sirenbase_sessions_in_progress gauge
		sirenbase_sessions_in_progress{tool="quick"} 3
	`, "sirenbase_sessions_in_progress")
}
