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

// ReadyBody says that the server can serve. What is worth knowing beside that
// does not make it unready: a store goes on without a backup.
type ReadyBody struct {
	Status string      `json:"status" enum:"ok"`
	Backup *BackupBody `json:"backup,omitempty" doc:"The newest automatic backup; missing where none are made."`
}

// BackupBody is null throughout before the first backup.
type BackupBody struct {
	LastAt     *api.Time `json:"last_at" nullable:"true" doc:"When it was made."`
	AgeSeconds *int64    `json:"age_seconds" nullable:"true" doc:"How long ago that was."`
}

type readyAnswer struct{ Body ReadyBody }

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
		Summary: "Whether requests may be sent here: the database can be reached, its schema is current, and the server is not shutting down", Unlimited: true,
		Refusals: api.Refusals{http.StatusServiceUnavailable: {unreachable, outdated, leaving}},
	}, a.ready)
}

const (
	operations  = "Operations"
	unreachable = "The database cannot be reached"
	outdated    = "The database schema is not current"
	leaving     = "The server is shutting down"
)

// readyTimeout is shorter than what those who ask wait for.
const readyTimeout = 3 * time.Second

func (a *App) ready(ctx context.Context, _ *struct{}) (*readyAnswer, error) {
	if a.leave.leaving.Load() {
		return nil, fault.New(fault.Unavailable, leaving)
	}
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if err := a.DB.Ping(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Message: unreachable, Cause: err}
	}
	if err := a.DB.CheckSchema(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Message: outdated, Cause: err}
	}
	return &readyAnswer{ReadyBody{Status: "ok", Backup: a.lastBackup()}}, nil
}

func (a *App) lastBackup() *BackupBody {
	if a.Backups == nil {
		return nil
	}
	last := a.Backups.Last()
	if last == nil {
		return &BackupBody{}
	}
	age := int64(a.Backups.Maker.Clock().Sub(last.At).Seconds())
	return &BackupBody{LastAt: api.NullTime(&last.At), AgeSeconds: &age}
}
