package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Error is the body of every answer that is not a success: a sentence, or
// messages by field.
type Error struct {
	Detail any    `json:"error"`
	Msg    string `json:"msg,omitempty"`

	status     int
	with       map[string]any
	retryAfter time.Duration
}

// MarshalJSON adds what else the client is told.
func (e *Error) MarshalJSON() ([]byte, error) {
	type plain Error // without this method
	if e.with == nil {
		return json.Marshal((*plain)(e))
	}
	all := map[string]any{"error": e.Detail}
	maps.Copy(all, e.with)
	return json.Marshal(all)
}

func (e *Error) Error() string { return fmt.Sprint(e.Detail) }

// GetStatus is the HTTP status; huma asks for it by this name.
func (e *Error) GetStatus() int { return e.status }

// Schema names the schema of errors; huma would make one of its own.
func (e *Error) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Ref: errorRef} }

// errorSchema describes the body in the OpenAPI document.
func errorSchema() *huma.Schema {
	return &huma.Schema{
		Type:     huma.TypeObject,
		Required: []string{"error"},
		Properties: map[string]*huma.Schema{
			"error": {
				Description: "A sentence for the user, or messages by field.",
				OneOf: []*huma.Schema{
					{Type: huma.TypeString},
					{
						Type: huma.TypeObject,
						AdditionalProperties: &huma.Schema{
							Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString},
						},
					},
				},
			},
			"msg": {
				Type: huma.TypeString, Description: "The same sentence again, where a token was refused.",
				Examples: []any{missingHeader},
			},
			"locked": {
				Type:        huma.TypeBoolean,
				Description: "There were so many failed logins that waiting does not help: an admin has to open the account.",
			},
		},
		AdditionalProperties: true, // an answer may carry more, such as the session that is there already
	}
}

// statuses is the one table from what went wrong to what the client is told.
var statuses = map[fault.Kind]int{
	fault.Internal:         http.StatusInternalServerError,
	fault.Invalid:          http.StatusBadRequest,
	fault.Unauthenticated:  http.StatusUnauthorized,
	fault.WrongCredentials: http.StatusUnauthorized,
	fault.Forbidden:        http.StatusForbidden,
	fault.NotFound:         http.StatusNotFound,
	fault.Conflict:         http.StatusConflict,
	fault.Gone:             http.StatusGone,
	fault.Mismatch:         http.StatusUnprocessableEntity,
	fault.TooMany:          http.StatusTooManyRequests,
	fault.Unavailable:      http.StatusServiceUnavailable,
}

// statusClientGone is what a log shows for a client that did not wait; nobody
// reads the answer.
const statusClientGone = 499

// answerTo decides what the client is told about err. Whatever it does not
// know is ours to mend, and told in one general sentence.
func answerTo(err error) *Error {
	var answer *Error
	if errors.As(err, &answer) {
		return answer
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind != fault.Internal {
		answer = &Error{status: statuses[f.Kind], Detail: f.Message, with: f.With, retryAfter: f.RetryAfter}
		if len(f.Fields) > 0 {
			answer.Detail = f.Fields
		}
		if f.Kind == fault.Unauthenticated {
			answer.Msg = f.Message
		}
		return answer
	}
	switch {
	case errors.Is(err, database.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		return &Error{
			status: http.StatusServiceUnavailable,
			Detail: noDatabase,
		}
	case errors.Is(err, context.Canceled):
		return &Error{status: statusClientGone, Detail: "The client closed the connection"}
	default:
		return &Error{status: http.StatusInternalServerError, Detail: internalError}
	}
}

// newError is what huma calls for every error: those of handlers, which come
// in errs, and its own, which come as a status.
func newError(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	var answer *Error
	switch status {
	case http.StatusRequestEntityTooLarge:
		answer = &Error{status: status, Detail: bodyTooLarge}
	case http.StatusBadRequest:
		answer = &Error{status: status, Detail: notAnObject}
	case http.StatusRequestTimeout:
		answer = &Error{status: status, Detail: bodyTooSlow}
	default:
		answer = answerTo(errors.Join(errs...))
	}
	if ctx != nil {
		setErrorHeaders(answer, ctx.SetHeader)
		noteCause(ctx.Context(), answer, errors.Join(errs...))
	}
	return answer
}

// writeError answers outside of an operation.
func writeError(w http.ResponseWriter, answer *Error) {
	setErrorHeaders(answer, w.Header().Set)
	body, err := json.Marshal(answer)
	if err != nil {
		panic(err) // a string or a map of strings always encodes
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(answer.status)
	_, _ = w.Write(append(body, '\n')) // the client may be gone, there is nobody left to tell
}

func setErrorHeaders(answer *Error, set func(name, value string)) {
	if answer.Msg != "" {
		set("WWW-Authenticate", "Bearer")
	}
	if answer.retryAfter > 0 {
		set("Retry-After", strconv.Itoa(int(math.Ceil(answer.retryAfter.Seconds()))))
	}
}

// noteCause keeps for the log line what the client is not told.
func noteCause(ctx context.Context, answer *Error, cause error) {
	if answer.status >= http.StatusInternalServerError {
		requestOf(ctx).cause = cause
	}
}
