package api

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/sirenbase/sirenbase/internal/clock"
)

// checkRate refuses a client that makes too many requests. One on a loopback
// address is this machine, or a proxy that nobody told us of, behind which all
// clients would share one limit.
func (a *API) checkRate(ctx context.Context, pattern string) *Error {
	if a.limit == nil || a.unlimited[pattern] || requestOf(ctx).client.IsLoopback() {
		return nil
	}
	wait, ok := a.limit.admit(ClientAddress(ctx))
	if ok {
		return nil
	}
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	return &Error{
		status:     http.StatusTooManyRequests,
		Detail:     strings.Replace(tooMany, "{n}", strconv.Itoa(seconds), 1),
		retryAfter: time.Duration(seconds) * time.Second,
	}
}

// rateLimit has a bucket for each client, which holds the requests of a minute:
// a phone that was out of reach sends at once what it saved up, and all phones
// of a store may share one address. An empty bucket is full after refill.
type rateLimit struct {
	perMinute int
	now       clock.Clock

	// A bucket that was not touched for refill is full again, and need not be
	// remembered. So there are two generations: every refill the older one,
	// which nobody in it has touched since, is dropped.
	mu            sync.Mutex
	begun         time.Time // when recent began
	recent, older map[string]*rate.Limiter
}

const (
	refill = time.Minute
	// generationSize bounds the memory to some ten megabytes. Clients that are
	// more than this at once may be forgotten early, the busy ones last.
	generationSize = 25_000
)

func newRateLimit(perMinute int, now clock.Clock) *rateLimit {
	if perMinute == 0 {
		return nil
	}
	return &rateLimit{perMinute: perMinute, now: now, recent: map[string]*rate.Limiter{}}
}

// admit counts a request, or says how long to wait before the next.
func (l *rateLimit) admit(client string) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	bucket := l.bucket(client, now)
	if bucket.AllowN(now, 1) {
		return 0, true
	}
	missing := 1 - bucket.TokensAt(now)
	return time.Duration(missing * float64(refill) / float64(l.perMinute)), false
}

func (l *rateLimit) bucket(client string, now time.Time) *rate.Limiter {
	switch age := now.Sub(l.begun); {
	case age < 0: // the clock was set back, and empty buckets would stay empty until it is where it was
		l.recent = nil
		l.nextGeneration(now)
	case age >= refill:
		l.nextGeneration(now)
	}
	bucket := l.recent[client]
	if bucket != nil {
		return bucket
	}
	if bucket = l.older[client]; bucket == nil {
		bucket = rate.NewLimiter(rate.Limit(float64(l.perMinute)/refill.Seconds()), l.perMinute)
	}
	if len(l.recent) == generationSize {
		l.nextGeneration(now)
	}
	l.recent[client] = bucket
	return bucket
}

func (l *rateLimit) nextGeneration(now time.Time) {
	l.older, l.recent, l.begun = l.recent, map[string]*rate.Limiter{}, now
}
