package app_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// checkEvery is how often the balancer asks its nodes whether they are ready.
const checkEvery = 50 * time.Millisecond

// balancer is a reverse proxy that does what a good one does and no more: it
// sends requests to nodes that say they are ready, and sends one again only if
// it was never sent, or does no harm when it is done twice.
type balancer struct {
	url      string
	database string
	delay    string // that the nodes go on for when they are told to stop
	nodes    []*node
	turn     atomic.Int64
	requests atomic.Int64
	resent   atomic.Int64
}

// node is a place that has one process after the other.
type node struct {
	process *exec.Cmd

	mu      sync.Mutex
	changed *sync.Cond
	address string
	ready   bool
}

func startBalancer(t *testing.T, database, drainDelay string, size int) *balancer {
	t.Helper()
	b := &balancer{database: database, delay: drainDelay}
	for range size {
		n := &node{}
		n.changed = sync.NewCond(&n.mu)
		b.nodes = append(b.nodes, n)
	}
	b.watch(t)
	for i := range b.nodes {
		b.start(t, i)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:   func(*httputil.ProxyRequest) {}, // the round trip chooses the node
		Transport: b,
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			t.Errorf("%s %s was lost: %v", r.Method, r.URL.Path, err)
			w.WriteHeader(http.StatusBadGateway)
		},
	})
	t.Cleanup(proxy.Close)
	b.url = proxy.URL
	return b
}

func (b *balancer) start(t *testing.T, i int) {
	t.Helper()
	address, process := startNode(t, b.database, b.delay)
	n := b.nodes[i]
	n.process = process
	n.mu.Lock()
	defer n.mu.Unlock()
	n.address, n.ready = address, false
	for !n.ready {
		n.changed.Wait()
	}
}

// restart is over when the node is ready again.
func (b *balancer) restart(t *testing.T, i int) {
	t.Helper()
	process := b.nodes[i].process
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := process.Wait(); err != nil {
		t.Fatalf("the node did not end well: %v", err)
	}
	b.start(t, i)
}

// watch asks the nodes until the test ends.
func (b *balancer) watch(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var watching sync.WaitGroup
	for _, n := range b.nodes {
		watching.Go(func() {
			tick := time.NewTicker(checkEvery)
			defer tick.Stop()
			for ctx.Err() == nil {
				address := n.where()
				n.is(address, saysReady(ctx, address))
				select {
				case <-ctx.Done():
				case <-tick.C:
				}
			}
		})
	}
	t.Cleanup(func() {
		stop()
		watching.Wait()
	})
}

func saysReady(ctx context.Context, address string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/readyz", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// is takes no notice of what is told late of a process that is gone.
func (n *node) is(address string, ready bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.address == address {
		n.ready = ready
		n.changed.Broadcast()
	}
}

func (n *node) where() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.address
}

func (n *node) isReady() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.ready
}

// RoundTrip takes the nodes in turn.
func (b *balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	b.requests.Add(1)
	body, err := readAll(r.Body)
	if err != nil {
		return nil, err
	}
	var response *http.Response
	for range len(b.nodes) {
		if response, err = b.send(r, body); err == nil || !mayBeSentAgain(r, err) {
			break
		}
		b.resent.Add(1)
	}
	return response, err
}

func readAll(body io.ReadCloser) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	defer body.Close()
	return io.ReadAll(body)
}

var errNobodyReady = errors.New("no node is ready")

func (b *balancer) send(r *http.Request, body []byte) (*http.Response, error) {
	n := b.next()
	if n == nil {
		return nil, errNobodyReady
	}
	address := n.where()
	request, err := http.NewRequestWithContext(r.Context(), r.Method, address+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header = r.Header.Clone()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		n.is(address, false) // until it says otherwise
	}
	return response, err
}

func (b *balancer) next() *node {
	first := int(b.turn.Add(1))
	for i := range b.nodes {
		n := b.nodes[(first+i)%len(b.nodes)]
		if n.isReady() {
			return n
		}
	}
	return nil
}

func mayBeSentAgain(r *http.Request, err error) bool {
	var network *net.OpError
	neverSent := errors.As(err, &network) && network.Op == "dial"
	return neverSent || r.Method == http.MethodGet || r.Header.Get("Idempotency-Key") != ""
}
