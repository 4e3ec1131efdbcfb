package metrics

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Tool is a tool that is worked in by the session.
type Tool interface {
	// CountInProgress is how many sessions all stores have in progress.
	CountInProgress(ctx context.Context) (int, error)
}

// countTimeout is shorter than what Prometheus waits for.
const countTimeout = 2 * time.Second

// sessions counts a tool's sessions in progress when it is collected.
type sessions struct {
	tool  Tool
	name  string
	gauge *prometheus.Desc
	log   *slog.Logger
}

func newSessions(name string, tool Tool, log *slog.Logger) *sessions {
	return &sessions{
		tool: tool, name: name, log: log,
		gauge: prometheus.NewDesc("sirenbase_sessions_in_progress",
			"Sessions in progress in the database, of all stores.", nil, prometheus.Labels{"tool": name}),
	}
}

// Describe implements prometheus.Collector.
func (s *sessions) Describe(all chan<- *prometheus.Desc) { all <- s.gauge }

// Collect leaves the gauge out if it cannot be read: an invalid metric would
// take others with it.
func (s *sessions) Collect(all chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), countTimeout)
	defer cancel()
	n, err := s.tool.CountInProgress(ctx)
	if err != nil {
		s.log.WarnContext(ctx, "sessions in progress cannot be counted", "tool", s.name, "cause", err)
		return
	}
	all <- prometheus.MustNewConstMetric(s.gauge, prometheus.GaugeValue, float64(n))
}
