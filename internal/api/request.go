package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/clock"
)

// request is what the log line at the end of a request is made of. The layers
// inside fill it in.
type request struct {
	id      string
	route   string
	userID  string
	storeID string
	client  netip.Addr // not for the log
	// encrypted: it came to us, or to a proxy that we trust, by TLS.
	encrypted bool
	cause     error
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{} // outside of a request: a test of a single layer
}

func noteActor(ctx context.Context, who actor.Actor) {
	r := requestOf(ctx)
	r.userID, r.storeID = who.UserID, who.Store.ID
}

// Observer is told of every request that was answered; pattern is that of its
// route, and empty if it has none.
type Observer func(method, pattern string, status int, took time.Duration)

// withRequest gives the request its id and writes one log line when it is
// done. The line has the route's pattern and not the path or the query, which
// may hold what no log should.
func withRequest(log *slog.Logger, now clock.Clock, observe Observer) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begin := now()
			this := &request{id: requestID(r.Header.Get("X-Request-ID"))}
			w.Header().Set("X-Request-ID", this.id)
			status := statusWriter{ResponseWriter: w, status: http.StatusOK}
			ctx := context.WithValue(r.Context(), requestKey{}, this)
			next.ServeHTTP(&status, r.WithContext(ctx))
			took := now().Sub(begin)
			this.log(ctx, log, r.Method, status.status, took)
			if observe != nil {
				observe(r.Method, this.route, status.status, took)
			}
		})
	}
}

func (r *request) log(ctx context.Context, log *slog.Logger, method string, status int, took time.Duration) {
	level := slog.LevelInfo
	attributes := []slog.Attr{
		slog.String("request_id", r.id),
		slog.String("method", method),
		slog.String("route", r.route),
		slog.Int("status", status),
		slog.Duration("duration", took),
	}
	if r.userID != "" {
		attributes = append(attributes, slog.String("user_id", r.userID), slog.String("store_id", r.storeID))
	}
	if r.cause != nil {
		level = slog.LevelError
		attributes = append(attributes, slog.String("cause", r.cause.Error()))
	}
	log.LogAttrs(ctx, level, "request", attributes...)
}

// requestID keeps the client's id if it is sane: 1–128 letters, digits and ._-
func requestID(given string) string {
	if given == "" || len(given) > 128 {
		return uuid.Must(uuid.NewV7()).String()
	}
	for _, c := range []byte(given) {
		letterOrDigit := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letterOrDigit && c != '.' && c != '_' && c != '-' {
			return uuid.Must(uuid.NewV7()).String()
		}
	}
	return given
}

// statusWriter remembers the status for the log line.
type statusWriter struct {
	http.ResponseWriter
	status  int
	written bool
}

func (w *statusWriter) WriteHeader(status int) {
	if !w.written {
		w.status, w.written = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	w.written = true
	return w.ResponseWriter.Write(b)
}

// Flush is for the layer that compresses, which asks for no controller.
func (w *statusWriter) Flush() {
	_ = http.NewResponseController(w.ResponseWriter).Flush() // the client may be gone, there is nobody left to tell
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
