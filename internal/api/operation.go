package api

import (
	"context"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Access says who may call an operation.
type Access int

const (
	Public  Access = iota // anybody
	Refresh               // whoever has a refresh token, which the operation looks at itself: see BearerToken
	Partner               // anybody who is logged in
	Admin                 // admins of the store
	Owner                 // owners of the installation
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
	// AnyStore: it is about the account and not about a store, so that it works
	// for a client that names a store it does not belong to any more.
	AnyStore bool
	// WorkTimeout is how long the operation may take, where that is longer than
	// for others.
	WorkTimeout time.Duration
	// Ticket: a ticket in the query does in place of a token.
	Ticket bool
	// NoReplay: an Idempotency-Key is ignored, so that no token is kept.
	NoReplay bool
	// Status is that of a success; zero means 200, or 204 without a body.
	Status int
	// Also is the status of a success that found things done already.
	Also int
	// Says are the messages of a success, where its body has one.
	Says []string
	// Refusals are those beyond what follows from its access, its parameters
	// and its body.
	Refusals Refusals
	// BodyOptional: the request may come without a body.
	BodyOptional bool
	// Conditional: whether the answer carries an ETag, and If-None-Match is heeded.
	Conditional Conditional
	// Besides goes with ByRevision, where the answer changes by itself.
	Besides Besides
	// CSVOr is a value of the answer's JSON type where the answer can be a CSV
	// file as well, and so the handler's Body is any.
	CSVOr any
	// File is the media type of an answer that is a file: its Body is []byte.
	File string
	// RefreshCookie is what it does with the cookie of the refresh token.
	RefreshCookie RefreshCookie
	// Unlimited: it is never refused for too many requests.
	Unlimited bool
}

const (
	bearerScheme = "bearer"
	maxBodyBytes = 1 << 20
)

// Register adds an operation. I holds its parameters and embeds JSON when it
// takes a body; O holds the response's Body.
func Register[I, O any](a *API, op Op, handler func(context.Context, *I) (*O, error)) {
	taker, takesBody := any(new(I)).(bodyTaker)
	operation := huma.Operation{
		OperationID:        op.ID,
		Method:             op.Method,
		Path:               op.Path,
		Tags:               []string{op.Tag},
		Summary:            op.Summary,
		DefaultStatus:      op.Status,
		SkipValidateParams: true, // checkQuery does it, in the contract's words
		SkipValidateBody:   true, // JSON does it
		MaxBodyBytes:       maxBodyBytes + 1,
		BodyReadTimeout:    a.config.BodyTimeout,
		Metadata:           map[string]any{opKey: op, refusalsKey: op.refusals(takesBody)},
		Security:           []map[string][]string{}, // none, said aloud
	}
	if op.RefreshCookie != NoRefreshCookie { // before anything can refuse
		operation.Middlewares = append(operation.Middlewares, refreshCookie(op))
	}
	if op.Access != Public {
		operation.Security = []map[string][]string{{bearerScheme: {}}}
		operation.Middlewares = append(operation.Middlewares, a.authenticate(op))
	}
	if op.repeatable() { // before the time is looked at: an old answer is good for longer than an old request
		operation.Middlewares = append(operation.Middlewares, a.idempotent(op))
	}
	if op.recordable() {
		operation.Middlewares = append(operation.Middlewares, a.recorded)
	}
	switch op.Conditional {
	case ByContent:
		operation.Middlewares = append(operation.Middlewares, byContent)
	case ByRevision:
		operation.Middlewares = append(operation.Middlewares, a.byRevision(op))
	}
	operation.Middlewares = append(operation.Middlewares, a.checkQuery)
	if op.Unlimited {
		a.unlimited[op.Method+" "+op.Path] = true
	}
	registry := a.huma.OpenAPI().Components.Schemas
	if takesBody {
		describeBody(&operation, registry, taker.bodyType(), op.BodyOptional)
	}
	switch {
	case op.CSVOr != nil:
		describeCSV(&operation, registry, op.CSVOr)
	case op.File != "":
		describeFile(&operation, op.File)
	}
	huma.Register(a.huma, operation, func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, max(op.WorkTimeout, a.config.WorkTimeout))
		defer cancel()
		return handler(ctx, in)
	})
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
}

// What an operation's metadata hold, by key.
const (
	shapeKey    = "shape"
	opKey       = "op"
	refusalsKey = "refusals"
)

// authenticate puts the actor into the request's context, or answers 401; and
// 403 to somebody who may not call the operation.
func (a *API) authenticate(op Op) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		var who actor.Actor
		token, err := "", error(nil)
		if ticket := ctx.Query(ticketParameter); op.Ticket && ticket != "" {
			who, err = a.config.Redeem(ctx.Context(), ticket)
		} else if op.Access == Refresh {
			token, err = refreshTokenOf(ctx)
		} else if token, err = tokenOf(ctx); err == nil {
			who, err = a.actorOf(ctx, token, op)
		}
		if err != nil {
			_ = huma.WriteErr(a.huma, ctx, http.StatusInternalServerError, "", err) // its own log has the rest
			return
		}
		if op.Access == Refresh {
			next(huma.WithValue(ctx, tokenKey{}, token))
			return
		}
		noteActor(ctx.Context(), who)
		next(huma.WithContext(ctx, actor.Into(ctx.Context(), who)))
	}
}

const ticketParameter = "ticket"

type tokenKey struct{}

// BearerToken is the token that came with a request to an operation that looks
// at it itself: as bearer, or in the cookie.
func BearerToken(ctx context.Context) string { return ctx.Value(tokenKey{}).(string) }

func tokenOf(ctx huma.Context) (string, error) {
	header := ctx.Header("Authorization")
	if header == "" {
		return "", fault.New(fault.Unauthenticated, missingHeader)
	}
	token, ok := bearerToken(header)
	if !ok {
		return "", fault.New(fault.Unauthenticated, badHeader)
	}
	return token, nil
}

func (a *API) actorOf(ctx huma.Context, token string, op Op) (actor.Actor, error) {
	limited, cancel := context.WithTimeout(ctx.Context(), a.config.WorkTimeout)
	defer cancel()
	store := ""
	if !op.AnyStore {
		store = cleanText(ctx.Header(storeHeader))
	}
	who, err := a.config.Auth.Authenticate(limited, token, store)
	switch {
	case err != nil:
		return who, err
	case op.Access == Admin && !who.IsAdmin:
		return who, fault.New(fault.Forbidden, adminRequired)
	case op.Access == Owner && !who.IsOwner:
		return who, fault.New(fault.Forbidden, ownerRequired)
	}
	return who, nil
}

// storeHeader names the store that a request acts on.
const storeHeader = "X-Store-ID"
