package events

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/klauspost/compress/gzhttp"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/clock"
)

const (
	// heartbeatEvery keeps proxies from taking a quiet stream for a dead one.
	heartbeatEvery = 20 * time.Second
	// writeTimeout is how long a client may take to read what it is sent.
	writeTimeout = 10 * time.Second
	streamType   = "text/event-stream"
)

// Gate says whether somebody who was in at some time still is.
type Gate interface {
	Standing(ctx context.Context, userID, sessionID, storeID string, goodAt time.Time) (actor.Actor, error)
}

type handlers struct {
	hub  *Hub
	gate Gate
}

// Register adds the operations of looking on.
func (h *Hub) Register(a *api.API, gate Gate) {
	const tag = "Events"
	a.Tag(tag, "What happens in the store, as it happens.")
	on := handlers{h, gate}
	api.Register(a, api.Op{
		ID: "event-ticket", Method: http.MethodPost, Path: "/api/events/ticket", Tag: tag, Access: api.Partner,
		Summary: "A ticket with which a browser, which cannot send headers, opens the stream once", NoReplay: true,
		Status: http.StatusCreated,
	}, on.ticket)
	api.Register(a, api.Op{
		ID: "events", Method: http.MethodGet, Path: "/api/events", Tag: tag, Access: api.Partner, Ticket: true,
		Summary: "The store's events as they happen, as server-sent events", File: streamType,
		Refusals: api.Refusals{http.StatusUnauthorized: {"Invalid or expired ticket"}},
	}, on.stream)
}

// TicketBody opens the stream.
type TicketBody struct {
	Ticket    string   `json:"ticket" example:"K7QXM2PD4RTAZ5BWEHN3C6YJQU" doc:"Goes into the query of GET /api/events as ticket, once."`
	ExpiresAt api.Time `json:"expires_at"`
}

type ticketAnswer struct{ Body TicketBody }

func (on handlers) ticket(ctx context.Context, _ *struct{}) (*ticketAnswer, error) {
	text, until, err := on.hub.NewTicket(ctx, actor.From(ctx))
	if err != nil {
		return nil, err
	}
	return &ticketAnswer{TicketBody{text, api.Time(until)}}, nil
}

type streamInput struct {
	LastEventID        string `header:"Last-Event-ID" doc:"The id of the last event that the client has: those after it come first, of the last 24 hours, or else an event of type reset."`
	LastEventIDInQuery string `query:"last_event_id" doc:"The same, from a browser's new EventSource."`
}

func (on handlers) stream(ctx context.Context, in *streamInput) (*huma.StreamResponse, error) {
	who := actor.From(ctx)
	s, revision, err := on.hub.open(ctx, who.Store.ID)
	if err != nil {
		return nil, err
	}
	v := &viewer{
		hub: on.hub, gate: on.gate, who: who, since: on.hub.now(), stream: s, seen: revision, resume: cmp.Or(in.LastEventID, in.LastEventIDInQuery),
	}
	return &huma.StreamResponse{Body: v.serve}, nil
}

// viewer is a client that looks on.
type viewer struct {
	hub    *Hub
	gate   Gate
	who    actor.Actor
	since  time.Time
	stream *stream
	seen   int64 // what comes after it comes through the stream
	resume string
	out    http.ResponseWriter
	conn   *http.ResponseController
}

func (v *viewer) serve(ctx huma.Context) {
	defer v.hub.leave(v.who.Store.ID, v.stream)
	var request *http.Request
	request, v.out = humago.Unwrap(ctx)
	v.conn = http.NewResponseController(v.out)
	_ = v.conn.SetReadDeadline(time.Time{}) // the request is read; from here the client only listens
	v.out.Header().Set("Content-Type", streamType)
	v.out.Header().Set("X-Accel-Buffering", "no")           // tells nginx not to collect events
	v.out.Header().Set(gzhttp.HeaderNoCompression, "event") // and our own compression
	v.out.WriteHeader(http.StatusOK)
	if request.Method == http.MethodHead {
		return
	}
	if v.write(v.welcome()) && v.catchUp(ctx.Context()) {
		v.follow(ctx.Context())
	}
}

// welcome shows that the stream is open. A client that begins learns where it
// begins, so that it can resume before there was any event.
func (v *viewer) welcome() string {
	if v.resume != "" {
		return ": welcome\n\n"
	}
	return fmt.Sprintf(": welcome\nid: %d\n\n", v.seen)
}

// follow hands on what happens, until the client or the server has enough.
func (v *viewer) follow(ctx context.Context) {
	heartbeat := time.NewTicker(v.hub.heartbeat)
	defer heartbeat.Stop()
	for ok := true; ok; {
		select {
		case <-ctx.Done():
			return
		case <-v.hub.closed:
			return
		case <-heartbeat.C:
			ok = v.stillIn(ctx) && v.write(": still here\n\n")
		case e, open := <-v.stream.events:
			if !open {
				v.reset(v.seen)
				return
			}
			ok = e.Revision <= v.seen || (e.Type != UserUpdated || v.stillIn(ctx)) && v.send(e)
		}
	}
}

func (v *viewer) stillIn(ctx context.Context) bool {
	_, err := v.gate.Standing(ctx, v.who.UserID, v.who.SessionID, v.who.Store.ID, v.since)
	return err == nil
}

// catchUp sends what the client missed, or tells it to load everything anew.
func (v *viewer) catchUp(ctx context.Context) bool {
	if v.resume == "" {
		return true
	}
	last, err := strconv.ParseInt(v.resume, 10, 64)
	if err == nil && last > v.seen {
		return v.skip(ctx, last)
	}
	if err != nil || last < 0 {
		return v.reset(v.seen)
	}
	for last < v.seen {
		events, err := selectAfter(ctx, v.hub.db.Read(), v.who.Store.ID, last, atOnce)
		if err != nil {
			return false
		}
		if len(events) == 0 {
			return v.reset(v.seen)
		}
		for _, e := range events {
			if e.Revision != last+1 { // some were too old to be kept
				return v.reset(v.seen)
			}
			if last = e.Revision; last <= v.seen && !v.send(e) {
				return false
			}
		}
	}
	return true
}

// skip takes it that the client has what this node has yet to hand out: another
// node may have been faster.
func (v *viewer) skip(ctx context.Context, last int64) bool {
	newest, err := selectRevision(ctx, v.hub.db.Read(), v.who.Store.ID)
	if err != nil {
		return false
	}
	if last > newest {
		return v.reset(v.seen)
	}
	v.seen = last
	return true
}

// send writes an event.
func (v *viewer) send(e Event) bool {
	v.seen = max(v.seen, e.Revision) // catching up sends what lies before it
	return v.write(fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", e.Revision, e.Type, e.Payload))
}

func (v *viewer) reset(revision int64) bool {
	return v.write(fmt.Sprintf("id: %d\nevent: reset\ndata: {}\n\n", revision))
}

func (v *viewer) write(text string) bool {
	// The connection goes by the machine's clock, whatever the program's is.
	if err := v.conn.SetWriteDeadline(clock.System().Add(v.hub.toWrite)); err != nil {
		return false
	}
	if _, err := v.out.Write([]byte(text)); err != nil {
		return false
	}
	if err := v.conn.Flush(); err != nil {
		return false
	}
	// Over HTTP/2 a deadline ends the stream whenever it comes, written to or not.
	return v.conn.SetWriteDeadline(time.Time{}) == nil
}
