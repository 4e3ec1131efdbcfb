package identity

import (
	"math"
	"time"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// A PIN has 10,000 values, so nobody may try many of them. After freeFailures
// in a row an address waits before it may try an account again, each time twice
// as long; and after dailyFailures within a day, from wherever they came, the
// account is locked until an admin opens it.
const (
	freeFailures  = 5
	firstWait     = 30 * time.Second
	longestWait   = 15 * time.Minute
	dailyFailures = 50
	day           = 24 * time.Hour
)

// failure is an attempt to log in that was not right, or is not known to be
// right yet.
type failure struct {
	address string
	at      time.Time
	inRow   bool // no success from that address since
}

// waitAfter is how long an address waits after so many failures in a row.
func waitAfter(failures int) time.Duration {
	if failures < freeFailures {
		return 0
	}
	wait := firstWait
	for range failures - freeFailures {
		if wait *= 2; wait >= longestWait {
			return longestWait
		}
	}
	return wait
}

// waitOf is how long an address has still to wait, by the failures of the last
// day.
func waitOf(failures []failure, address string, now time.Time) time.Duration {
	n, last := 0, time.Time{}
	for _, f := range failures {
		if f.address != address || !f.inRow {
			continue
		}
		n++
		if f.at.After(last) {
			last = f.at
		}
	}
	return last.Add(waitAfter(n)).Sub(now)
}

const tooManyAttempts = "Too many attempts. Try again in {n} seconds."

func errTooManyAttempts(wait time.Duration) error {
	seconds := int(math.Ceil(wait.Seconds()))
	f := fault.New(fault.TooMany, "Too many attempts. Try again in %d seconds.", seconds)
	f.RetryAfter = wait
	return f
}

// errLocked says so beside the sentence: waiting alone will not help.
func errLocked() error {
	f := fault.New(fault.TooMany, "Too many attempts. Try again in %d seconds.", int(day.Seconds()))
	f.RetryAfter, f.With = day, map[string]any{"locked": true}
	return f
}
