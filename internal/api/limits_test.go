package api_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/clock"
)

func TestAnOperationThatHangsIsAnsweredWhenItsTimeIsUp(t *testing.T) {
	frame := api.New(api.Config{
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: clock.System,
		CORSOrigins: []string{"http://localhost:3000"}, WorkTimeout: 10 * time.Millisecond,
	})
	api.Register(frame, api.Op{ID: "hang", Method: "GET", Path: "/test/hang", Access: api.Public},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
	answer := httptest.NewRecorder()
	frame.ServeHTTP(answer, httptest.NewRequest("GET", "/test/hang", nil))
	if answer.Code != 503 || !strings.Contains(answer.Body.String(), "Database connection error. Please try again.") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

func TestARequestOfVeryManyWrongFieldsGetsAShortAnswer(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		var body strings.Builder
		body.WriteString(`{"pin": 7`)
		for i := range 20_000 {
			fmt.Fprintf(&body, `, "f%d": 1`, i)
		}
		body.WriteString("}")
		fields := s.Anybody().Post("/api/auth/login", body.String()).ExpectStatus(400).Value("error").(map[string]any)
		if len(fields) > 110 { // a hundred of the shape, and what the rules add
			t.Errorf("%d fields reported", len(fields))
		}
	})
}
