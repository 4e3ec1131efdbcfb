package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Whatever an error is made of, and whatever status huma had in mind, the
// client reads only what a fault says to it, or a sentence of our own.
func TestTheCauseOfAnErrorIsNeverTold(t *testing.T) {
	installErrors()
	const cause, told = "CAUSE-8d1f", "told to the client"
	leaves := []func() error{
		func() error { return errors.New(cause) },
		func() error { return fmt.Errorf("%w: %s", database.ErrUnavailable, cause) },
		func() error { return fmt.Errorf("%w: %s", database.ErrUnique, cause) },
		func() error { return fmt.Errorf("%w: %s", database.ErrNoRows, cause) },
		func() error { return fmt.Errorf("%w: %s", context.Canceled, cause) },
		func() error { return fmt.Errorf("%w: %s", context.DeadlineExceeded, cause) },
		func() error { return &fault.Error{Kind: fault.Internal, Message: cause} },
		func() error { return &huma.ErrorDetail{Message: cause, Location: cause, Value: cause} },
		func() error { return fault.New(fault.Conflict, told) },
		func() error { return fault.Fields{"name": {told}}.Err() },
	}
	grow := []func(err error) error{
		func(err error) error { return fmt.Errorf("%s: %w", cause, err) },
		func(err error) error { return errors.Join(errors.New(cause), err) },
		func(err error) error { return &fault.Error{Kind: fault.NotFound, Message: told, Cause: err} },
		func(err error) error { return &fault.Error{Kind: fault.Internal, Message: cause, Cause: err} },
		func(err error) error { return &fault.Error{Kind: fault.Unavailable, Message: told, Cause: err} },
	}
	statuses := []int{0, 400, 401, 403, 404, 406, 408, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504}
	rapid.Check(t, func(t *rapid.T) {
		var errs []error
		for range rapid.IntRange(0, 3).Draw(t, "errors") {
			err := rapid.SampledFrom(leaves).Draw(t, "leaf")()
			for range rapid.IntRange(0, 4).Draw(t, "depth") {
				err = rapid.SampledFrom(grow).Draw(t, "wrap")(err)
			}
			errs = append(errs, err)
		}
		answer := huma.NewError(rapid.SampledFrom(statuses).Draw(t, "status"), cause, errs...)
		body, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body), cause) || strings.Contains(answer.Error(), cause) {
			t.Fatalf("the cause is told: %s", body)
		}
		if s := answer.GetStatus(); s < 400 || s > 599 || http.StatusText(s) == "" && s != statusClientGone {
			t.Fatalf("status %d", s)
		}
	})
}
