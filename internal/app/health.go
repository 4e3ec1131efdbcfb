package app

import (
	"context"
	"net/http"
	"time"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// HealthBody says that all is well.
type HealthBody struct {
	Status string `json:"status" enum:"ok"`
}

type healthAnswer struct{ Body HealthBody }

// registerHealth adds what a supervisor asks: whether the process lives, and
// whether it can serve.
func (a *App) registerHealth() {
	a.API.Tag(operations, "Whether the server is well, and which one it is.")
	api.Register(a.API, api.Op{
		ID: "healthz", Method: http.MethodGet, Path: "/healthz", Tag: operations, Access: api.Public,
		Summary: "Whether the process is alive", Unlimited: true,
	}, func(context.Context, *struct{}) (*healthAnswer, error) {
		return &healthAnswer{HealthBody{"ok"}}, nil
	})
	api.Register(a.API, api.Op{
		ID: "readyz", Method: http.MethodGet, Path: "/readyz", Tag: operations, Access: api.Public,
		Summary: "Whether the database can be reached and its schema is current", Unlimited: true,
		Refusals: api.Refusals{http.StatusServiceUnavailable: {unreachable, outdated}},
	}, a.ready)
}

const (
	operations  = "Operations"
	unreachable = "The database cannot be reached"
	outdated    = "The database schema is not current"
)

// readyTimeout is shorter than what those who ask wait for.
const readyTimeout = 3 * time.Second

func (a *App) ready(ctx context.Context, _ *struct{}) (*healthAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if err := a.DB.Ping(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Message: unreachable, Cause: err}
	}
	if err := a.DB.CheckSchema(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Message: outdated, Cause: err}
	}
	return &healthAnswer{HealthBody{"ok"}}, nil
}
