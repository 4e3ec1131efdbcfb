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
	const tag = "Operations"
	api.Register(a.API, api.Op{
		ID: "healthz", Method: http.MethodGet, Path: "/healthz", Tag: tag, Access: api.Public,
		Summary: "Whether the process is alive",
	}, func(context.Context, *struct{}) (*healthAnswer, error) {
		return &healthAnswer{HealthBody{"ok"}}, nil
	})
	api.Register(a.API, api.Op{
		ID: "readyz", Method: http.MethodGet, Path: "/readyz", Tag: tag, Access: api.Public,
		Summary: "Whether the database can be reached and its schema is current",
	}, a.ready)
}

// readyTimeout is shorter than what those who ask wait for.
const readyTimeout = 3 * time.Second

func (a *App) ready(ctx context.Context, _ *struct{}) (*healthAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if err := a.DB.Ping(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Message: "The database cannot be reached", Cause: err}
	}
	if err := a.DB.CheckSchema(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Message: "The database schema is not current", Cause: err}
	}
	return &healthAnswer{HealthBody{"ok"}}, nil
}
