package metrics

import (
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
)

// newBuildInfo is always 1: what it tells is in its labels.
func newBuildInfo(version, commit string) prometheus.Gauge {
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "sirenbase_build_info",
		Help: "The build that is running.",
		ConstLabels: prometheus.Labels{
			"version": version, "commit": commit, "goversion": runtime.Version(),
		},
	})
	info.Set(1)
	return info
}
