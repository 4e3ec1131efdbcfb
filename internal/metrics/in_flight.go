package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func newInFlight() prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "sirenbase_http_requests_in_flight",
		Help: "HTTP requests that are being answered, event streams among them.",
	})
}

// InFlight counts what a handler is at.
func (m *Metrics) InFlight(next http.Handler) http.Handler {
	return promhttp.InstrumentHandlerInFlight(m.inFlight, next)
}

func newEventStreams(open func() int) prometheus.GaugeFunc {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "sirenbase_event_streams",
		Help: "Event streams that are open on this node.",
	}, func() float64 { return float64(open()) })
}
