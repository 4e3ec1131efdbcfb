package events

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
)

const (
	// pollEvery is how long an event of another node may go unnoticed where the
	// notification of it was lost.
	pollEvery = 500 * time.Millisecond
	// backlog is how many events a stream may be behind before it is dropped. It
	// is more than atOnce, or what comes in one go would drop them all.
	backlog = 512
	// atOnce is how many events are read from the database in one go.
	atOnce = 250
	// keptFor is how long a client may be away and still get what it missed.
	keptFor = 24 * time.Hour
	// listenAgainAfter is the pause after the connection to listen on was lost.
	listenAgainAfter = 200 * time.Millisecond
)

// Hub hands events to the streams that are open on this node.
type Hub struct {
	db  *database.DB
	now clock.Clock
	log *slog.Logger

	mu     sync.Mutex
	stores map[string]*audience
	woken  chan struct{}

	closed    chan struct{}
	closeOnce sync.Once
	heartbeat time.Duration
	toWrite   time.Duration
}

// audience is the streams of one store.
type audience struct {
	streams map[*stream]bool
	seen    int64 // the last event that was handed out
	woken   bool
}

// stream is one client that looks on. Its channel is closed when it was too slow.
type stream struct{ events chan Event }

// NewHub returns a hub; Run makes it work.
func NewHub(db *database.DB, now clock.Clock, log *slog.Logger) *Hub {
	return &Hub{
		db: db, now: now, log: log, stores: map[string]*audience{},
		woken: make(chan struct{}, 1), closed: make(chan struct{}),
		heartbeat: heartbeatEvery, toWrite: writeTimeout,
	}
}

// wakeUp makes the hub look for new events of a store, if anybody wants them.
func (h *Hub) wakeUp(storeID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	audience := h.stores[storeID]
	if audience == nil {
		return
	}
	audience.woken = true
	h.signal()
}

// signal never waits: one signal that was not heard yet is enough.
func (h *Hub) signal() {
	select {
	case h.woken <- struct{}{}:
	default:
	}
}

// Run hands events out until the context ends.
func (h *Hub) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { h.listen(ctx) })
	both.Go(func() { h.distribute(ctx) })
	both.Wait()
}

// listen hears of the events of all nodes. When its connection is lost it takes
// another; what was missed meanwhile the poll finds.
func (h *Hub) listen(ctx context.Context) {
	for ctx.Err() == nil {
		err := h.db.Listen(ctx, channel, h.wakeUp)
		if ctx.Err() != nil {
			return
		}
		h.log.WarnContext(ctx, "listening for events was interrupted", "cause", err)
		pause(ctx, listenAgainAfter)
	}
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (h *Hub) distribute(ctx context.Context) {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.woken:
		case <-poll.C:
			h.poll(ctx)
		}
		for _, storeID := range h.takeWoken() {
			h.handOut(ctx, storeID)
		}
	}
}

// poll wakes up for the stores that have events which nobody told of.
func (h *Hub) poll(ctx context.Context) {
	h.mu.Lock()
	seen := make(map[string]int64, len(h.stores))
	ids := make([]string, 0, len(h.stores))
	for id, audience := range h.stores {
		seen[id] = audience.seen
		ids = append(ids, id)
	}
	h.mu.Unlock()
	for len(ids) > 0 {
		some := ids[:min(len(ids), atOnce)]
		ids = ids[len(some):]
		revisions, err := selectRevisions(ctx, h.db.Read(), some)
		if err != nil {
			if ctx.Err() == nil {
				h.log.WarnContext(ctx, "polling for events failed", "cause", err)
			}
			return
		}
		for id, revision := range revisions {
			if revision > seen[id] {
				h.wakeUp(id)
			}
		}
	}
}

func (h *Hub) takeWoken() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var woken []string
	for id, audience := range h.stores {
		if audience.woken {
			audience.woken = false
			woken = append(woken, id)
		}
	}
	return woken
}

// handOut reads the new events of a store once, for all its streams.
func (h *Hub) handOut(ctx context.Context, storeID string) {
	h.mu.Lock()
	audience := h.stores[storeID]
	h.mu.Unlock()
	if audience == nil {
		return
	}
	for {
		// Only this goroutine moves seen on, once the audience is there.
		events, err := selectAfter(ctx, h.db.Read(), storeID, audience.seen, atOnce)
		if err != nil {
			if ctx.Err() == nil {
				h.log.WarnContext(ctx, "reading events failed", "cause", err)
			}
			return
		}
		h.mu.Lock()
		for _, e := range events {
			audience.send(e)
		}
		h.mu.Unlock()
		if len(events) < atOnce {
			return
		}
	}
}

// send never waits for a stream: one that is too far behind is dropped.
func (a *audience) send(e Event) {
	a.seen = e.Revision
	for s := range a.streams {
		select {
		case s.events <- e:
		default:
			close(s.events)
			delete(a.streams, s)
		}
	}
}

// open begins a stream of what comes after the revision that it returns.
func (h *Hub) open(ctx context.Context, storeID string) (s *stream, revision int64, err error) {
	s = &stream{events: make(chan Event, backlog)}
	if revision, joined := h.join(storeID, s); joined {
		return s, revision, nil
	}
	revision, err = selectRevision(ctx, h.db.Read(), storeID)
	if err != nil {
		return nil, 0, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stores[storeID] == nil {
		h.stores[storeID] = &audience{streams: map[*stream]bool{}, seen: revision}
	}
	return s, h.stores[storeID].add(s, h), nil
}

// join adds a stream to an audience that is there.
func (h *Hub) join(storeID string, s *stream) (revision int64, joined bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	audience := h.stores[storeID]
	if audience == nil {
		return 0, false
	}
	return audience.add(s, h), true
}

// add takes a stream in. What was written just before is found now.
func (a *audience) add(s *stream, h *Hub) (revision int64) {
	a.streams[s] = true
	a.woken = true
	h.signal()
	return a.seen
}

// Close ends every stream, for good.
func (h *Hub) Close() { h.closeOnce.Do(func() { close(h.closed) }) }

// leave ends a stream. The store is forgotten with its last one.
func (h *Hub) leave(storeID string, s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	audience := h.stores[storeID]
	if audience == nil {
		return
	}
	delete(audience.streams, s)
	if len(audience.streams) == 0 {
		delete(h.stores, storeID)
	}
}

// Streams is how many clients this node hands events to.
func (h *Hub) Streams() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, audience := range h.stores {
		n += len(audience.streams)
	}
	return n
}

// CleanUp deletes the events and tickets that are too old.
func (h *Hub) CleanUp(ctx context.Context) (deleted int64, err error) {
	err = h.db.InTx(ctx, func(tx *database.Handle) error {
		events, err := deleteEvents(ctx, tx, h.now().Add(-keptFor))
		if err != nil {
			return err
		}
		tickets, err := deleteTickets(ctx, tx, h.now())
		deleted = events + tickets
		return err
	})
	return deleted, err
}
