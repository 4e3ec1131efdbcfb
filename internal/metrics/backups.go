package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/sirenbase/sirenbase/internal/backup"
)

// backups tells of the automatic backups when it is collected.
type backups struct{ daily *backup.Daily }

var (
	backupSuccess = prometheus.NewDesc("sirenbase_backup_last_success_timestamp_seconds",
		"When the newest automatic backup was made; missing before the first one.", nil, nil)
	backupSize = prometheus.NewDesc("sirenbase_backup_last_size_bytes",
		"Size of the newest automatic backup.", nil, nil)
	backupFailures = prometheus.NewDesc("sirenbase_backup_failures_total",
		"Automatic backups that failed since the start.", nil, nil)
)

// Describe implements prometheus.Collector.
func (backups) Describe(all chan<- *prometheus.Desc) {
	all <- backupSuccess
	all <- backupSize
	all <- backupFailures
}

// Collect implements prometheus.Collector.
func (b backups) Collect(all chan<- prometheus.Metric) {
	all <- prometheus.MustNewConstMetric(backupFailures, prometheus.CounterValue, float64(b.daily.Failures()))
	if last := b.daily.Last(); last != nil {
		all <- prometheus.MustNewConstMetric(backupSuccess, prometheus.GaugeValue, float64(last.At.UnixMilli())/1000)
		all <- prometheus.MustNewConstMetric(backupSize, prometheus.GaugeValue, float64(last.Size))
	}
}
