package api_test

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/clock"
)

// anybody lets everybody in.
type anybody struct{}

func (anybody) Authenticate(context.Context, string, string) (actor.Actor, error) {
	return actor.Actor{UserID: "u"}, nil
}

// deadlines keeps until when what comes with a key may last.
type deadlines struct{ until time.Time }

func (d *deadlines) Do(
	ctx context.Context, _ api.Repeatable, run func(context.Context) api.Answer,
) (api.Answer, bool, error) {
	d.until, _ = ctx.Deadline()
	return run(ctx), false, nil
}

func TestWithAKeyAnOperationMayTakeAsLongAsWithout(t *testing.T) {
	const long = time.Hour
	for name, op := range map[string]api.Op{
		"an ordinary one": {WorkTimeout: 0},
		"a long one":      {WorkTimeout: long},
	} {
		t.Run(name, func(t *testing.T) {
			replays := &deadlines{}
			frame := api.New(api.Config{
				Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: clock.System, Auth: anybody{}, Replays: replays,
				WorkTimeout: long / 4,
			})
			op.ID, op.Method, op.Path, op.Access = "work", "POST", "/test/work", api.Partner
			var until time.Time
			api.Register(frame, op, func(ctx context.Context, _ *struct{}) (*struct{}, error) {
				until, _ = ctx.Deadline()
				return nil, nil
			})
			request := httptest.NewRequest("POST", "/test/work", nil)
			request.Header.Set("Authorization", "Bearer x")
			request.Header.Set("Idempotency-Key", "k")
			answer := httptest.NewRecorder()
			frame.ServeHTTP(answer, request)
			if answer.Code != 204 || replays.until.Before(until) || until.Sub(clock.System()) < max(op.WorkTimeout, long/4)-time.Minute {
				t.Errorf("%d %s: until %s, as a whole until %s", answer.Code, answer.Body, until, replays.until)
			}
		})
	}
}
