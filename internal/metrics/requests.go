package metrics

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// requests are the HTTP requests that were answered.
type requests struct {
	total   *prometheus.CounterVec
	seconds *prometheus.HistogramVec
}

func newRequests() requests {
	labels := []string{"method", "route", "status"}
	return requests{
		total: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sirenbase_http_requests_total",
			Help: "HTTP requests answered.",
		}, labels),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "sirenbase_http_request_duration_seconds",
			Help:    "Time taken to answer HTTP requests, in seconds.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, labels),
	}
}

// Observe counts a request. pattern is that of its route ("GET /api/items/{code}"),
// and empty if it has none.
func (m *Metrics) Observe(method, pattern string, status int, took time.Duration) {
	method, route := knownMethod(method), routeOf(pattern)
	labels := []string{method, route, strconv.Itoa(status)}
	m.requests.total.WithLabelValues(labels...).Inc()
	// The clock may have been set back meanwhile, and a sum never falls.
	m.requests.seconds.WithLabelValues(labels...).Observe(max(took, 0).Seconds())
	m.logins.observe(method, route, status)
}

// knownMethod keeps clients from making up label values.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		return method
	default:
		return "other"
	}
}

// routeOf is the path of a pattern.
func routeOf(pattern string) string {
	if pattern == "" {
		return "none"
	}
	if _, path, hasMethod := strings.Cut(pattern, " "); hasMethod {
		return path
	}
	return pattern
}
