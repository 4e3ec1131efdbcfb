// Package metrics counts what the program does, in a registry of its own that
// Prometheus collects from.
package metrics

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Config is what is measured beside the requests.
type Config struct {
	Version string
	Commit  string
	Log     *slog.Logger
	DB      *database.DB
	// Tools are those that are worked in by the session, by their label.
	Tools map[string]Tool
}

// Metrics is an http.Handler that answers GET /metrics.
type Metrics struct {
	registry *prometheus.Registry
	requests requests
	logins   logins
	answer   http.Handler
}

// New returns the metrics of one program.
func New(config Config) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), requests: newRequests(), logins: newLogins()}
	m.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newBuildInfo(config.Version, config.Commit),
		m.requests.total, m.requests.seconds, m.logins.failures,
	)
	for name, pool := range config.DB.Pools() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	for name, tool := range config.Tools {
		m.registry.MustRegister(newSessions(name, tool, config.Log))
	}
	m.answer = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(config.Log.Handler(), slog.LevelWarn),
		// What can be collected is, whatever else cannot.
		ErrorHandling: promhttp.ContinueOnError,
	})
	return m
}

func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || r.URL.Path != "/metrics" {
		http.NotFound(w, r)
		return
	}
	m.answer.ServeHTTP(w, r)
}
