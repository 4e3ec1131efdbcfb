package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
	"github.com/sirenbase/sirenbase/internal/metrics"
	"github.com/sirenbase/sirenbase/internal/milkcount"
	"github.com/sirenbase/sirenbase/internal/rtde"
)

// lastScrapeTimeout is how long a scrape in flight may take to finish.
const lastScrapeTimeout = 3 * time.Second

func newMetrics(
	db *database.DB, milk *milkcount.Service, display *rtde.Service, hub *events.Hub, backups *backup.Daily,
	options Options,
) *metrics.Metrics {
	return metrics.New(metrics.Config{
		Version: options.Version, Commit: options.Commit, Log: options.Log, DB: db,
		Tools:   map[string]metrics.Tool{"milk-count": milk, "rtde": display},
		Streams: hub.Streams,
		Backups: backups,
	})
}

// ServeMetrics answers GET /metrics on a listener of its own until stop is
// called. The store goes on when that fails.
func (a *App) ServeMetrics(listener net.Listener) (stop func()) {
	server := a.newServer(a.metrics)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("metrics are not served any more", "cause", err)
		}
	}()
	a.log.Info("serving metrics", "address", listener.Addr().String())
	return func() {
		finish, cancel := context.WithTimeout(context.Background(), lastScrapeTimeout)
		defer cancel()
		if err := server.Shutdown(finish); err != nil {
			a.log.Warn("a scrape did not finish in time", "cause", errors.Join(err, server.Close()))
		}
		<-done
	}
}
