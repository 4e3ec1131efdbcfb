// Package api is the HTTP frame that all rooms of the program share: it turns
// typed operations into routes and into an OpenAPI document, checks who may
// call them, decodes and checks request bodies, and is the one place where an
// error becomes a response.
//
// A request passes, from the outside in: request id and log line, client
// address, security headers, panic guard, CORS, Cache-Control: no-store,
// compression, URL cleaning, blame for a body that breaks off, router, which has
// the pages of the web app beside the operations, rate limit; then, for its
// operation, refresh cookie, authentication, role, recorded time, replay, ETag, query
// parameters, body, handler.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/clock"
)

// Authenticator knows whose a bearer token is, and puts them into the store that
// is named, or else into their home store. It returns a fault of kind
// Unauthenticated for a token that is not good (any more), and one of kind
// Forbidden for a store that they do not belong to.
type Authenticator interface {
	Authenticate(ctx context.Context, token, storeID string) (actor.Actor, error)
}

// Config is what the frame needs from outside.
type Config struct {
	Log   *slog.Logger
	Clock clock.Clock
	// Build names the program, whose answers may differ from another's.
	Build       string
	Auth        Authenticator
	CORSOrigins []string
	// Redeem knows whose a ticket is, and takes it.
	Redeem func(ctx context.Context, ticket string) (actor.Actor, error)
	// Replays does what comes with an Idempotency-Key once.
	Replays Replayer
	// FingerprintKey keeps what is kept of a request with a key from being guessed.
	FingerprintKey []byte
	// TrustedProxies are those whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// WorkTimeout is how long an operation may take once its request is read:
	// a database that hangs shall not hold the client.
	WorkTimeout time.Duration
	// BodyTimeout is how long the body of a request may take to arrive.
	BodyTimeout time.Duration
	// RateLimit is how many requests a client may make in a minute; zero is
	// any number.
	RateLimit int
	Observe   Observer // may be nil
}

// API is an http.Handler that operations are registered on.
type API struct {
	config  Config
	mux     *http.ServeMux
	huma    huma.API
	handler http.Handler

	limit     *rateLimit      // nil for none
	unlimited map[string]bool // patterns of routes that have none

	pages func() map[string]page // by path; nil for none
}

// installErrors makes huma speak our error contract. Its constructors are
// package variables, so this is done once for the process.
var installErrors = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.NewErrorWithContext = newError
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return newError(nil, status, msg, errs...)
	}
})

// New returns an API without operations.
func New(config Config) *API {
	installErrors()
	mux := http.NewServeMux()
	a := &API{
		config: config, mux: mux, huma: onlyJSON{humago.New(mux, newDocument())},
		limit: newRateLimit(config.RateLimit, config.Clock), unlimited: map[string]bool{},
	}
	a.handler = chain(http.HandlerFunc(a.route),
		withRequest(config.Log, config.Clock, config.Observe),
		withClient(config.TrustedProxies),
		securityHeaders,
		recoverPanics,
		allowOrigins(config.CORSOrigins),
		neverStored,
		compress(),
		cleanURL,
		blameClient,
	)
	return a
}

// onlyJSON answers in JSON whatever is accepted. huma's own reading of Accept
// panics at some headers ("a; ,").
type onlyJSON struct{ huma.API }

// Negotiate is asked for the type of every answer.
func (onlyJSON) Negotiate(string) (string, error) { return jsonType, nil }

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Document is the OpenAPI document of what is registered so far.
func (a *API) Document() *huma.OpenAPI { return a.huma.OpenAPI() }

// route dispatches to the operation, and answers in our form where there is none.
func (a *API) route(w http.ResponseWriter, r *http.Request) {
	handler, pattern := a.find(r)
	if pattern == "" {
		if found, ok := a.page(r); ok {
			requestOf(r.Context()).route = pagesRoute
			found.ServeHTTP(w, r) // without a limit: all phones of a store may share one address
			return
		}
	}
	requestOf(r.Context()).route = pattern
	refusal := a.checkRate(r.Context(), pattern)
	switch {
	case refusal != nil:
		writeError(w, refusal)
	case handler == nil:
		writeError(w, errNoRoute())
	case pattern == "":
		a.noRoute(w, r, handler)
	default:
		a.mux.ServeHTTP(w, r)
	}
}

// find returns no pattern where there is no route, and no handler for a path
// that is not tidy.
func (a *API) find(r *http.Request) (handler http.Handler, pattern string) {
	if !tidy(r) {
		return nil, ""
	}
	return a.mux.Handler(r)
}

// tidy says whether a path is in its shortest form; to any other the mux would
// redirect. An escaped slash or dot belongs to a parameter and makes no path
// untidy.
func tidy(r *http.Request) bool {
	escaped := r.URL.EscapedPath()
	return path.Clean(escaped) == escaped
}

// noRoute asks the mux's own answer for its status and Allow header: it is 405
// for a path that is known under other methods.
func (a *API) noRoute(w http.ResponseWriter, r *http.Request, handler http.Handler) {
	answer := headerRecorder{header: http.Header{}}
	handler.ServeHTTP(&answer, r)
	if answer.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", answer.header.Get("Allow"))
		writeError(w, &Error{status: http.StatusMethodNotAllowed, Detail: "Method not allowed"})
		return
	}
	writeError(w, errNoRoute())
}

func errNoRoute() *Error { return &Error{status: http.StatusNotFound, Detail: "Resource not found"} }

// headerRecorder keeps the status and the headers of an answer and drops its body.
type headerRecorder struct {
	header http.Header
	status int
}

func (h *headerRecorder) Header() http.Header         { return h.header }
func (h *headerRecorder) WriteHeader(status int)      { h.status = status }
func (h *headerRecorder) Write(b []byte) (int, error) { return len(b), nil }
