package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/rs/cors"
)

type middleware = func(http.Handler) http.Handler

// chain puts the layers around a handler, the first one outermost.
func chain(handler http.Handler, layers ...middleware) http.Handler {
	for i := len(layers) - 1; i >= 0; i-- {
		handler = layers[i](handler)
	}
	return handler
}

// recoverPanics answers 500 where a handler panicked; the stack goes to the log.
func recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(reason)
			}
			cause := fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
			requestOf(r.Context()).cause = cause
			writeError(w, answerTo(cause))
		}()
		next.ServeHTTP(w, r)
	})
}

// allowOrigins is outside of everything that may refuse a request: without its
// headers on the refusal a browser shows only "Network Error".
func allowOrigins(origins []string) middleware {
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete},
		AllowedHeaders: []string{
			"Authorization", "Content-Type", "Accept", "Cache-Control", "If-None-Match", "Idempotency-Key",
			"X-Recorded-At", "X-Store-ID", "X-Request-ID", "Last-Event-ID",
		},
		ExposedHeaders:   []string{"ETag", "Retry-After", "X-Request-ID", "Idempotency-Replayed"},
		AllowCredentials: true,
		MaxAge:           int((2 * time.Hour).Seconds()),
	}).Handler
}

func neverStored(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// cleanURL replaces what no database can hold, NUL and broken UTF-8, by the
// replacement character, which names nothing: such an id is not found, such a
// search finds nothing. The query is written anew, since huma reads one in its
// own way: to it, a name without a value says "true".
func cleanURL(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, query := cleanText(r.URL.Path), cleanQuery(r.URL.RawQuery)
		if path != r.URL.Path || query != r.URL.RawQuery {
			cleaned := *r.URL
			cleaned.RawQuery = query
			if path != r.URL.Path {
				cleaned.Path, cleaned.RawPath = path, ""
			}
			r = r.WithContext(r.Context())
			r.URL = &cleaned
		}
		next.ServeHTTP(w, r)
	})
}

// cleanQuery keeps the parameters that can be read.
func cleanQuery(query string) string {
	values, _ := url.ParseQuery(query) // returns them beside the error
	for _, texts := range values {
		for i, text := range texts {
			texts[i] = cleanText(text)
		}
	}
	return values.Encode()
}

func cleanText(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
