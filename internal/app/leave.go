package app

import (
	"net/http"
	"sync/atomic"
	"time"
)

// leave is how a node goes without a request being lost: it says that it is not
// ready any more, and goes on answering until the proxies in front have noticed.
type leave struct {
	delay   time.Duration
	leaving atomic.Bool
}

// begin returns what tells when the proxies had their time.
func (l *leave) begin() <-chan time.Time {
	l.leaving.Store(true)
	return time.NewTimer(l.delay).C
}

// sendAway lets nobody keep a connection to a node that is leaving: what would
// be sent on it when it is closed would be lost.
func (l *leave) sendAway(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}
