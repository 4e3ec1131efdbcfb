package api

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Access says who may call an operation.
type Access int

const (
	Public  Access = iota // anybody
	Partner               // anybody who is logged in
	Admin                 // admins of the store
)

// Op describes an operation: where it is, who may call it, and what its page
// in the API reference says.
type Op struct {
	ID      string // unique, kebab-case: "add-item"
	Method  string
	Path    string
	Tag     string
	Access  Access
	Summary string
	// Status is that of a success; zero means 200, or 204 without a body.
	Status int
	// Errors are the statuses it may answer beyond those that follow from its
	// access and its body.
	Errors []int
	// BodyOptional: the request may come without a body.
	BodyOptional bool
	// Conditional: the answer carries an ETag, and If-None-Match is heeded.
	Conditional bool
	// CSVOr is a value of the answer's JSON type where the answer can be a CSV
	// file as well, and so the handler's Body is any.
	CSVOr any
}

const (
	bearerScheme = "bearer"
	maxBodyBytes = 1 << 20
	// bodyTimeout is long: a phone in a basement sends slowly.
	bodyTimeout = 30 * time.Second
)

// Register adds an operation. I holds its parameters and embeds JSON when it
// takes a body; O holds the response's Body.
func Register[I, O any](a *API, op Op, handler func(context.Context, *I) (*O, error)) {
	operation := huma.Operation{
		OperationID:        op.ID,
		Method:             op.Method,
		Path:               op.Path,
		Tags:               []string{op.Tag},
		Summary:            op.Summary,
		DefaultStatus:      op.Status,
		Errors:             op.Errors,
		SkipValidateParams: true, // checkQuery does it, in the contract's words
		SkipValidateBody:   true, // JSON does it
		MaxBodyBytes:       maxBodyBytes + 1,
		BodyReadTimeout:    bodyTimeout,
		Metadata:           map[string]any{},
	}
	if op.Access != Public {
		operation.Security = []map[string][]string{{bearerScheme: {}}}
		operation.Errors = append(operation.Errors, http.StatusUnauthorized)
		operation.Middlewares = append(operation.Middlewares, a.authenticate(op.Access))
	}
	if op.Access == Admin {
		operation.Errors = append(operation.Errors, http.StatusForbidden)
	}
	if op.Conditional {
		operation.Middlewares = append(operation.Middlewares, conditional)
	}
	operation.Middlewares = append(operation.Middlewares, a.checkQuery)
	if taker, ok := any(new(I)).(bodyTaker); ok {
		describeBody(&operation, a.huma.OpenAPI().Components.Schemas, taker.bodyType(), op.BodyOptional)
	}
	operation.Errors = append(operation.Errors, http.StatusInternalServerError, http.StatusServiceUnavailable)
	if op.CSVOr != nil {
		describeCSV(&operation, a.huma.OpenAPI().Components.Schemas, op.CSVOr)
	}
	huma.Register(a.huma, operation, func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, a.config.WorkTimeout)
		defer cancel()
		return handler(ctx, in)
	})
}

func describeCSV(op *huma.Operation, registry huma.Registry, or any) {
	op.Responses = map[string]*huma.Response{
		strconv.Itoa(http.StatusOK): {Content: map[string]*huma.MediaType{
			jsonType: {Schema: registry.Schema(reflect.TypeOf(or), true, "")},
			csvType:  {Schema: &huma.Schema{Type: huma.TypeString}},
		}},
	}
}

// describeBody documents the body from its type and compiles the same schema
// for checking it, so that the document cannot say anything else than the check.
func describeBody(op *huma.Operation, registry huma.Registry, body reflect.Type, optional bool) {
	schema := registry.Schema(body, true, "")
	op.RequestBody = &huma.RequestBody{
		Required: !optional,
		Content:  map[string]*huma.MediaType{jsonType: {Schema: schema}},
	}
	compiled := compileShape(registry, schema)
	compiled.nameMissing(body)
	op.Metadata[shapeKey] = compiled
	op.Metadata[optionalKey] = optional
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusRequestEntityTooLarge,
		http.StatusUnsupportedMediaType)
}

const (
	shapeKey    = "shape"
	optionalKey = "optional body"
)

// finishOperation takes back what huma adds for a raw body, and the 422 that
// none of our operations answers.
func finishOperation(_ *huma.OpenAPI, op *huma.Operation) {
	if op.RequestBody != nil {
		delete(op.RequestBody.Content, "application/octet-stream")
		if optional, _ := op.Metadata[optionalKey].(bool); optional {
			op.RequestBody.Required = false
		}
	}
	if !slices.Contains(op.Errors[:len(op.Errors)-1], http.StatusUnprocessableEntity) {
		delete(op.Responses, strconv.Itoa(http.StatusUnprocessableEntity))
	}
}

// authenticate puts the actor into the request's context, or answers 401; and
// 403 to somebody who is not an admin where that is asked for.
func (a *API) authenticate(access Access) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		who, err := a.actorOf(ctx)
		if err == nil && access == Admin && !who.IsAdmin {
			err = fault.New(fault.Forbidden, "Admin access required")
		}
		if err != nil {
			_ = huma.WriteErr(a.huma, ctx, http.StatusInternalServerError, "", err) // its own log has the rest
			return
		}
		noteActor(ctx.Context(), who)
		next(huma.WithContext(ctx, actor.Into(ctx.Context(), who)))
	}
}

func (a *API) actorOf(ctx huma.Context) (actor.Actor, error) {
	header := ctx.Header("Authorization")
	if header == "" {
		return actor.Actor{}, fault.New(fault.Unauthenticated, "Missing Authorization Header")
	}
	token, ok := bearerToken(header)
	if !ok {
		return actor.Actor{}, fault.New(fault.Unauthenticated,
			"Bad Authorization Header. Expected 'Authorization: Bearer <JWT>'")
	}
	limited, cancel := context.WithTimeout(ctx.Context(), a.config.WorkTimeout)
	defer cancel()
	return a.config.Auth.Authenticate(limited, token)
}
