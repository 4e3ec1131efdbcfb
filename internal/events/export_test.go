package events

import "time"

// Backlog is how many events a stream may be behind.
const Backlog = backlog

// CheckEvery makes the hub ask more often whether its clients are still in. It
// comes before the first stream.
func (h *Hub) CheckEvery(d time.Duration) { h.heartbeat = d }

// WriteWithin gives clients another time to read what they are sent. It comes
// before the first stream.
func (h *Hub) WriteWithin(d time.Duration) { h.toWrite = d }

// Audiences is how many stores somebody looks on at.
func (h *Hub) Audiences() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.stores)
}
