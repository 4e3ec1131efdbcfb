package app_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// The whole of it: go test ./internal/app -run LossyNetwork -v -writes 10000.
var (
	faultWrites = flag.Int("writes", 1000, "logical writes over a lossy network, on both engines together")
	faultSeed   = flag.Uint64("seed", 0, "what the lossy network draws its faults from; 0: another each time")
)

const faultClients = 8

func TestOverALossyNetworkAndKillsEachWriteIsDoneOnceAndAnsweredTheSame(t *testing.T) {
	seed := *faultSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Logf("-seed %d", seed)
			url := dbtest.URL(t, engine)
			token := tokenFor(t, url)
			server := startMortal(t, url, rand.New(rand.NewPCG(seed, 0)))
			network := newFaultyNetwork(t, seed, server, faultClients)
			proxy := httptest.NewServer(network)
			t.Cleanup(proxy.Close)
			clients := make([]*stubbornClient, faultClients)
			for i := range clients {
				random := rand.New(rand.NewPCG(seed, uint64(i+1)))
				clients[i] = newStubbornClient(t, proxy.URL, token, fmt.Sprintf("c%d", i), random)
			}
			server.dieNowAndThen(t, writeAll(network, clients, *faultWrites/len(dbtest.Engines())))
			network.empty()
			report(t, server, network, clients)
			checkLedger(t, dbtest.Connect(t, url), clients)
		})
	}
}

// writeAll returns what is closed once every write has its final answer.
func writeAll(network *faultyNetwork, clients []*stubbornClient, writes int) (done <-chan struct{}) {
	all := make(chan struct{})
	var working sync.WaitGroup
	for i, c := range clients {
		working.Go(func() {
			defer network.clientIsDone()
			for n := i; n < writes && c.write(n); n += len(clients) {
			}
		})
	}
	go func() {
		working.Wait()
		close(all)
	}()
	return all
}

// mortalServer is killed and started again after some requests.
type mortalServer struct {
	url    string // of its database
	random *rand.Rand
	doomed chan struct{}

	mu    sync.Mutex
	where string
	up    chan struct{} // closed while it is there
	left  int           // requests until it is killed
	die   func()
	kills int
}

func startMortal(t *testing.T, url string, random *rand.Rand) *mortalServer {
	t.Helper()
	s := &mortalServer{url: url, random: random, doomed: make(chan struct{}, 1), up: make(chan struct{})}
	s.start(t)
	return s
}

func (s *mortalServer) start(t *testing.T) {
	t.Helper()
	where, die := startVictim(t, s.url)
	s.mu.Lock()
	defer s.mu.Unlock()
	// Fewer than the rate limit of a server would let through.
	s.where, s.die, s.left = where, die, 100+s.random.IntN(500)
	close(s.up)
}

// address waits for the server, which need not live for long.
func (s *mortalServer) address(ctx context.Context) (string, error) {
	s.mu.Lock()
	if s.left--; s.left == 0 {
		s.doomed <- struct{}{}
	}
	up := s.up
	s.mu.Unlock()
	select {
	case <-up:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.where, nil
}

func (s *mortalServer) dieNowAndThen(t *testing.T, done <-chan struct{}) {
	t.Helper()
	for {
		select {
		case <-done:
			return
		case <-s.doomed:
		}
		s.mu.Lock()
		s.up = make(chan struct{})
		s.kills++
		s.die()
		s.mu.Unlock()
		s.start(t)
	}
}

func report(t *testing.T, server *mortalServer, network *faultyNetwork, clients []*stubbornClient) {
	t.Helper()
	writes, retries := 0, 0
	for _, c := range clients {
		writes, retries = writes+len(c.answers), retries+c.retries
	}
	t.Logf("%d writes, %d kills, %d retries, %d replays", writes, server.kills, retries, network.replays)
	for _, f := range slices.Sorted(maps.Keys(network.faults)) {
		t.Logf("%6d %s", network.faults[f], f)
	}
	if server.kills == 0 || network.replays == 0 || len(network.faults) < len(faultWeights) {
		t.Error("there was no fault of some kind, which shows nothing")
	}
}

// checkLedger compares what is stored with what the clients were told.
func checkLedger(t *testing.T, db *database.DB, clients []*stubbornClient) {
	t.Helper()
	items, history, answers := map[string]string{}, map[string]string{}, map[string]finalAnswer{}
	inUse := map[string]string{}
	for _, c := range clients {
		maps.Copy(answers, c.answers)
		for _, i := range c.items {
			items[i.name] = fmt.Sprintf("%s removed: %t", i.code, i.removed)
			history[i.name+" "+i.code] = strings.Join(i.actions, " ")
			if !i.removed {
				inUse[i.code] = "in use"
			}
		}
	}
	expectSame(t, "items", items, storedItems(t, db))
	expectSame(t, "history", history, storedHistory(t, db))
	expectSame(t, "answers", answers, storedAnswers(t, db))
	expectSame(t, "codes", inUse, storedCodes(t, db))
}

func expectSame[V comparable](t *testing.T, what string, told, stored map[string]V) {
	t.Helper()
	if diff := cmp.Diff(told, stored, cmp.AllowUnexported(finalAnswer{})); diff != "" {
		t.Errorf("%s differ (-told +stored):\n%s", what, diff)
	}
}

// eachRow passes the rows of a query on, each as its texts.
func eachRow(t *testing.T, db *database.DB, columns int, query string, pass func(cells []string)) {
	t.Helper()
	_, err := database.All(t.Context(), db.Read(), func(row database.Row) (bool, error) {
		cells, into := make([]string, columns), make([]any, columns)
		for i := range cells {
			into[i] = &cells[i]
		}
		err := row.Scan(into...)
		if err == nil {
			pass(cells)
		}
		return true, err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
}

func storedItems(t *testing.T, db *database.DB) map[string]string {
	t.Helper()
	items := map[string]string{}
	eachRow(t, db, 3, `SELECT name, code, CASE WHEN is_removed THEN 'true' ELSE 'false' END FROM tracking_items`,
		func(cells []string) {
			items[cells[0]] += cells[1] + " removed: " + cells[2] // two of a name show
		})
	return items
}

func storedHistory(t *testing.T, db *database.DB) map[string]string {
	t.Helper()
	history := map[string]string{}
	eachRow(t, db, 3, `SELECT item_name, item_code, action FROM tracking_history ORDER BY timestamp, id`,
		func(cells []string) {
			name := cells[0] + " " + cells[1]
			history[name] = strings.TrimSpace(history[name] + " " + cells[2])
		})
	return history
}

func storedCodes(t *testing.T, db *database.DB) map[string]string {
	t.Helper()
	codes := map[string]string{}
	eachRow(t, db, 1, `SELECT code FROM tracking_codes WHERE in_use`, func(cells []string) { codes[cells[0]] = "in use" })
	return codes
}

// storedAnswers reads refusals as a client does.
func storedAnswers(t *testing.T, db *database.DB) map[string]finalAnswer {
	t.Helper()
	answers := map[string]finalAnswer{}
	eachRow(t, db, 3, `SELECT idempotency_key, CAST(status AS text), body FROM idempotency_answers`,
		func(cells []string) {
			answer := finalAnswer{text: cells[2]}
			var refusal struct{ Error string }
			if _, err := fmt.Sscan(cells[1], &answer.status); err != nil {
				t.Fatal(err)
			}
			if answer.status >= 400 {
				if err := json.Unmarshal([]byte(answer.text), &refusal); err != nil {
					t.Fatal(err)
				}
				answer.text = refusal.Error
			}
			answers[cells[0]] = answer
		})
	return answers
}
