// Package metrics counts what the program does, in a registry of its own that
// Prometheus collects from.
package metrics

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/sirenbase/sirenbase/internal/backup"
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
	// Streams is how many event streams are open.
	Streams func() int
	// Backups are those made by themselves; nil where there are none.
	Backups *backup.Daily
}

// Metrics is an http.Handler that answers GET /metrics.
type Metrics struct {
	registry *prometheus.Registry
	requests requests
	logins   logins
	inFlight prometheus.Gauge
	answer   http.Handler
}

// New returns the metrics of one program.
func New(config Config) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(), requests: newRequests(), logins: newLogins(), inFlight: newInFlight(),
	}
	m.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newBuildInfo(config.Version, config.Commit),
		m.requests.total, m.requests.seconds, m.logins.failures, m.inFlight,
		newEventStreams(config.Streams),
	)
	for name, pool := range config.DB.Pools() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	for name, tool := range config.Tools {
		m.registry.MustRegister(newSessions(name, tool, config.Log))
	}
	if config.Backups != nil {
		m.registry.MustRegister(backups{config.Backups})
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
