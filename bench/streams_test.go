package bench

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const (
	openStreams  = 2000
	whoDoNotRead = 100
	paced        = 100 // writes, five a second: more than a store has hands for
)

// BenchmarkStreams measures what clients that look on cost: memory each, and
// the time that a write takes.
func BenchmarkStreams(b *testing.B) {
	for _, engine := range dbtest.Engines() {
		b.Run(string(engine), func(b *testing.B) {
			url := durableURL(b, engine)
			s, db := serve(b, url), connect(b, url)
			here := open(b, s, db, size{history: 1000})
			writes(b, s, here) // warms up
			alone := writes(b, s, here)
			before := s.memory("VmRSS")
			w := &watching{}
			for range openStreams {
				w.open(b, s, here, true)
			}
			each := (s.memory("VmRSS") - before) / openStreams
			with := writes(b, s, here)
			w.await(b, int64(openStreams*paced))
			for range whoDoNotRead {
				w.open(b, s, here, false)
			}
			besides := writes(b, s, here)
			results.streams(engine, streamResult{alone, with, besides, each})
		})
	}
}

// latency is how long a write takes.
type latency struct{ p50, p99 time.Duration }

// writes adds and removes items, at a steady pace.
func writes(b *testing.B, s *server, here shop) latency {
	b.Helper()
	var took []time.Duration
	pace := time.NewTicker(200 * time.Millisecond)
	defer pace.Stop()
	token := here.partners[0].token
	for range paced / 2 {
		<-pace.C
		began := time.Now()
		code := s.send(token, request{
			method: http.MethodPost, path: "/api/tracking/items", status: http.StatusCreated,
			body: `{"name": "Measured", "category": "cups"}`,
		}).at("item", "code")
		took = append(took, time.Since(began))
		<-pace.C
		began = time.Now()
		s.send(token, request{method: http.MethodDelete, path: "/api/tracking/items/" + code, status: http.StatusOK})
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return latency{took[len(took)/2], took[len(took)*99/100]}
}

// watching is the clients that look on.
type watching struct{ seen atomic.Int64 }

// open opens a stream and waits until the server has begun it.
func (w *watching) open(b *testing.B, s *server, here shop, reads bool) {
	b.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "GET /api/events HTTP/1.1\r\nHost: sirenbase\r\nAuthorization: Bearer %s\r\n\r\n", here.partners[0].token)
	lines := bufio.NewReaderSize(conn, 512)
	for line := ""; !strings.HasPrefix(line, ": welcome"); {
		if line, err = lines.ReadString('\n'); err != nil {
			b.Fatal(err)
		}
	}
	if !reads {
		return
	}
	var reader sync.WaitGroup
	reader.Go(func() {
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			if strings.HasPrefix(line, "id: ") {
				w.seen.Add(1)
			}
		}
	})
	b.Cleanup(reader.Wait)
	b.Cleanup(func() { _ = conn.Close() })
}

// await waits until everybody has seen everything.
func (w *watching) await(b *testing.B, events int64) {
	b.Helper()
	for deadline := time.Now().Add(time.Minute); w.seen.Load() < events; {
		if time.Now().After(deadline) {
			b.Fatalf("%d of %d events were seen", w.seen.Load(), events)
		}
		time.Sleep(10 * time.Millisecond) //nolint:forbidigo // another process goes by real time
	}
}
