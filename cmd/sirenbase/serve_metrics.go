package main

import (
	"context"
	"net"

	"github.com/sirenbase/sirenbase/internal/app"
)

// metricsDoor is where metrics are served; nowhere, without a listener.
type metricsDoor struct{ listener net.Listener }

func openMetrics(ctx context.Context, addr string) (metricsDoor, error) {
	if addr == "" {
		return metricsDoor{}, nil
	}
	listener, err := listen(ctx, addr, "METRICS_ADDR")
	return metricsDoor{listener}, err
}

func (d metricsDoor) serve(program *app.App) (stop func()) {
	if d.listener == nil {
		return func() {}
	}
	return program.ServeMetrics(d.listener)
}

func (d metricsDoor) close() {
	if d.listener != nil {
		_ = d.listener.Close() // closed already, when metrics were served
	}
}
