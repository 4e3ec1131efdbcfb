package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

const internalError = "Internal server error"

func TestAPanicIsAnsweredWithoutDetailsAndLoggedWithThem(t *testing.T) {
	eachFrame(t, func(t *testing.T, s *apptest.Server) {
		s.Anybody().With("X-Request-ID", "the-panic").Post("/test/panic", nil).ExpectError(500, internalError)
		s.Anybody().Get("/healthz").ExpectStatus(200) // and the server goes on
		line := regexp.MustCompile(`(?m)^.*"the-panic".*$`).FindString(s.Log())
		for _, want := range []string{`"level":"ERROR"`, `"status":500`, "SELECT secret", "main_test.go", `"route":"POST /test/panic"`} {
			if !strings.Contains(line, want) {
				t.Errorf("the log line lacks %s: %s", want, line)
			}
		}
	})
}

// Whatever a handler returns that is no fault is our own affair.
func TestAnErrorThatIsNoFaultIsAnsweredWithoutDetails(t *testing.T) {
	const secret = "SELECT pin_hash FROM users: /var/lib/data.db"
	cause := errors.New(secret)
	tests := map[string]struct {
		err    error
		status int
		want   string
	}{
		"unknown":      {cause, 500, internalError},
		"wrapped":      {fmt.Errorf("save: %w", cause), 500, internalError},
		"internal":     {&fault.Error{Kind: fault.Internal, Message: secret}, 500, internalError},
		"internal too": {&fault.Error{Kind: fault.Internal, Message: "x", Cause: cause}, 500, internalError},
		"unique":       {fmt.Errorf("%w: %w", database.ErrUnique, cause), 500, internalError},
		"no rows":      {fmt.Errorf("%w: %w", database.ErrNoRows, cause), 500, internalError},
		"away": {
			fmt.Errorf("%w: %w", database.ErrUnavailable, cause), 503, "Database connection error. Please try again.",
		},
		"too slow": {
			fmt.Errorf("%w: %w", context.DeadlineExceeded, cause), 503, "Database connection error. Please try again.",
		},
		"a fault with a cause": {&fault.Error{Kind: fault.Conflict, Message: "Taken", Cause: cause}, 409, "Taken"},
		"a fault inside":       {fmt.Errorf("%s: %w", secret, fault.New(fault.NotFound, "No such thing")), 404, "No such thing"},
		"beside a fault":       {errors.Join(cause, fault.New(fault.Gone, "Gone")), 410, "Gone"},
	}
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		api.Register(s.App.API, api.Op{
			ID: "fail", Method: http.MethodGet, Path: "/test/fail/{name}", Tag: "Test", Access: api.Public, Summary: "Fail",
			Refusals: api.Refusals{404: {"No such thing"}, 409: {"Taken"}, 410: {"Gone"}},
		}, func(_ context.Context, in *nameInput) (*nameAnswer, error) { return nil, tests[in.Name].err })
		for name, test := range tests {
			r := s.Anybody().Get("/test/fail/" + strings.ReplaceAll(name, " ", "%20"))
			r.ExpectError(test.status, test.want)
			for key, values := range r.Header {
				if strings.Contains(strings.Join(values, " "), "SELECT") {
					t.Errorf("%s: header %s tells the cause", name, key)
				}
			}
		}
		if got := strings.Count(s.Log(), `"level":"ERROR"`); got != 8 { // those of 500 and 503
			t.Errorf("%d lines of level ERROR, want 8", got)
		}
	})
}

func TestEveryKindOfFaultHasItsStatus(t *testing.T) {
	statuses := map[fault.Kind]int{
		fault.Invalid: 400, fault.Unauthenticated: 401, fault.WrongCredentials: 401, fault.Forbidden: 403,
		fault.NotFound: 404, fault.Conflict: 409, fault.Gone: 410, fault.TooMany: 429, fault.Unavailable: 503,
	}
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for kind, status := range statuses {
			path := fmt.Sprintf("/test/kind/%d", kind)
			api.Register(s.App.API, api.Op{
				ID: fmt.Sprintf("kind-%d", kind), Method: http.MethodGet, Path: path, Tag: "Test", Access: api.Public, Summary: "Fail",
				Refusals: api.Refusals{status: {"100% told"}},
			}, func(context.Context, *struct{}) (*nameAnswer, error) {
				f := fault.New(kind, "100%% told")
				f.RetryAfter = 1500 * time.Millisecond
				return nil, f
			})
			r := s.Anybody().Get(path).ExpectStatus(status)
			if got := r.Text("error"); got != "100% told" {
				t.Errorf("kind %d: %q", kind, got)
			}
			msg, _ := r.Value("msg").(string)
			if isToken := kind == fault.Unauthenticated; isToken != (msg == "100% told") || isToken != (r.Header.Get("WWW-Authenticate") == "Bearer") {
				t.Errorf("kind %d: msg %q, WWW-Authenticate %q", kind, msg, r.Header.Get("WWW-Authenticate"))
			}
			if got := r.Header.Get("Retry-After"); got != "2" {
				t.Errorf("kind %d: Retry-After %q", kind, got)
			}
		}
	})
}
