// Package clock is where time enters the program: everything that needs the
// hour is given a Clock, so that tests can turn it.
package clock

import (
	"sync"
	"time"
)

// Precision is the finest instant that both engines store.
const Precision = time.Microsecond

// Clock tells the time, in UTC, to the microsecond.
type Clock func() time.Time

// System is the machine's clock.
func System() time.Time { return time.Now().UTC().Truncate(Precision) }

// Manual is a clock that moves only when told to. Its zero value is not ready
// to use; make one with NewManual.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// NewManual returns a clock that stands at t.
func NewManual(t time.Time) *Manual {
	return &Manual{now: t.UTC().Truncate(Precision)}
}

// Now is a Clock.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Advance moves the clock by d.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d).Truncate(Precision)
}

// Set turns the clock to t.
func (m *Manual) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t.UTC().Truncate(Precision)
}
