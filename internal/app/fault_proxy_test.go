package app_test

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
)

// The ways in which a network treats a request.
const (
	passed        = "passed"
	requestLost   = "request lost"
	answerLost    = "answer lost"
	answerCut     = "answer cut"
	overtaken     = "overtaken"
	doubled       = "doubled at once"
	repeated      = "repeated"
	comesLate     = "copy comes late"
	brokenByAKill = "broken by a kill" // not drawn: the server was killed over it
)

var faultWeights = []struct {
	name   string
	weight int
}{
	{passed, 40},
	{requestLost, 12},
	{answerLost, 12},
	{answerCut, 6},
	{overtaken, 8},
	{doubled, 8},
	{repeated, 6},
	{comesLate, 8},
}

// drawFault goes by the try alone, so that a seed means the same however the
// clients are scheduled.
func drawFault(seed uint64, key string, try int) (name string, random *rand.Rand) {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%s %d", key, try)
	random = rand.New(rand.NewPCG(seed, hash.Sum64()))
	total := 0
	for _, f := range faultWeights {
		total += f.weight
	}
	drawn := random.IntN(total)
	for _, f := range faultWeights {
		if drawn -= f.weight; drawn < 0 {
			return f.name, random
		}
	}
	return passed, random
}

// faultyNetwork is a proxy that loses, cuts, reorders and repeats.
type faultyNetwork struct {
	t      *testing.T
	ctx    context.Context
	seed   uint64
	server *mortalServer
	strays sync.WaitGroup // what nobody waits for the answer of

	mu      sync.Mutex
	clients int           // that are still at work
	held    chan struct{} // closed to let go the one that is to be overtaken
	late    []lateCopy
	tries   map[string]int
	faults  map[string]int
	replays int
	first   map[string]finalAnswer
	done    map[string]int // answers that are no replay
}

type lateCopy struct {
	parcel
	after int // so many others
}

// parcel is a request that can be sent as often as one likes.
type parcel struct {
	method, path, key string
	header            http.Header
	body              []byte
}

type arrived struct {
	finalAnswer
	header http.Header
}

func newFaultyNetwork(t *testing.T, seed uint64, server *mortalServer, clients int) *faultyNetwork {
	return &faultyNetwork{
		t: t, ctx: t.Context(), seed: seed, server: server, clients: clients,
		tries: map[string]int{}, faults: map[string]int{}, first: map[string]finalAnswer{}, done: map[string]int{},
	}
}

// ServeHTTP breaks the connection by panicking, as net/http wants it.
func (n *faultyNetwork) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer n.letOthersGo()
	p := parcel{r.Method, r.URL.RequestURI(), r.Header.Get("Idempotency-Key"), r.Header, body}
	fault, random := n.draw(p.key)
	n.count(fault)
	if fault == requestLost {
		panic(http.ErrAbortHandler)
	}
	answer, err := n.carry(p, fault, random)
	if err != nil {
		n.count(brokenByAKill)
		panic(http.ErrAbortHandler)
	}
	deliver(w, answer, fault)
}

func (n *faultyNetwork) draw(key string) (string, *rand.Rand) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tries[key]++
	return drawFault(n.seed, key, n.tries[key])
}

func (n *faultyNetwork) count(fault string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.faults[fault]++
}

func (n *faultyNetwork) carry(p parcel, fault string, random *rand.Rand) (arrived, error) {
	switch fault {
	case overtaken:
		n.waitForAnother()
	case doubled:
		n.stray(p)
	case repeated:
		_, _ = n.forward(p) // that of the second is told
	case comesLate:
		n.mu.Lock()
		n.late = append(n.late, lateCopy{p, 1 + random.IntN(60)})
		n.mu.Unlock()
	}
	return n.forward(p)
}

func deliver(w http.ResponseWriter, answer arrived, fault string) {
	if fault == answerLost {
		panic(http.ErrAbortHandler)
	}
	for name, values := range answer.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(answer.text)))
	w.WriteHeader(answer.status)
	if fault == answerCut {
		_, _ = io.WriteString(w, answer.text[:len(answer.text)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	_, _ = io.WriteString(w, answer.text)
}

// waitForAnother returns once another request went through. One waits at a
// time, and none when there is nobody left to wait for.
func (n *faultyNetwork) waitForAnother() {
	n.mu.Lock()
	if n.held != nil || n.clients < 2 {
		n.mu.Unlock()
		return
	}
	turn := make(chan struct{})
	n.held = turn
	n.mu.Unlock()
	select {
	case <-turn:
	case <-n.ctx.Done():
	}
}

// letOthersGo is called after each request: it lets go the one that it overtook,
// and the copies whose time has come.
func (n *faultyNetwork) letOthersGo() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.release()
	waiting := n.late[:0]
	for _, c := range n.late {
		if c.after--; c.after > 0 {
			waiting = append(waiting, c)
		} else {
			n.stray(c.parcel)
		}
	}
	n.late = waiting
}

func (n *faultyNetwork) release() {
	if n.held != nil {
		close(n.held)
		n.held = nil
	}
}

// clientIsDone tells that one fewer is there to overtake others.
func (n *faultyNetwork) clientIsDone() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.clients--
	n.release()
}

// empty returns once everything that is still under way has arrived.
func (n *faultyNetwork) empty() {
	n.mu.Lock()
	for _, c := range n.late {
		n.stray(c.parcel)
	}
	n.late = nil
	n.mu.Unlock()
	n.strays.Wait()
}

func (n *faultyNetwork) stray(p parcel) {
	n.strays.Go(func() { _, _ = n.forward(p) })
}

func (n *faultyNetwork) forward(p parcel) (arrived, error) {
	address, err := n.server.address(n.ctx)
	if err != nil {
		return arrived{}, err
	}
	request, err := http.NewRequestWithContext(n.ctx, p.method, address+p.path, bytes.NewReader(p.body))
	if err != nil {
		return arrived{}, err
	}
	request.Header = p.header.Clone()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return arrived{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return arrived{}, err
	}
	answer := arrived{finalAnswer{response.StatusCode, string(body)}, response.Header}
	n.compare(p.key, answer)
	return answer, nil
}

// compare holds each answer against the first with its key, whoever got it.
func (n *faultyNetwork) compare(key string, answer arrived) {
	if !isFinal(answer.status, answer.header.Get("Retry-After") != "") {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if first, known := n.first[key]; known && first != answer.finalAnswer {
		n.t.Errorf("%s was answered with %v, and before with %v", key, answer.finalAnswer, first)
	}
	n.first[key] = answer.finalAnswer
	if answer.header.Get("Idempotency-Replayed") == "true" {
		n.replays++
	} else if n.done[key]++; n.done[key] > 1 {
		n.t.Errorf("%s was done twice", key)
	}
}
