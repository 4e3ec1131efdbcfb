package events

import "time"

// Backlog is how many events a stream may be behind.
const Backlog = backlog

// CheckEvery makes the hub ask more often whether its clients are still in. It
// comes before the first stream.
func (h *Hub) CheckEvery(d time.Duration) { h.heartbeat = d }

// Audiences is how many stores somebody looks on at.
func (h *Hub) Audiences() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.stores)
}
