package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/client"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const (
	rollingNodes    = 2
	rollingPartners = 16
	restartsOfEach  = 3
)

// Whoever works on while nodes are restarted does not notice. Without a delay
// that takes a proxy that sends a request again which another node may have
// done, and for that its key; with a delay nothing has to be sent twice.
func TestNodesAreRestartedInTurnUnderLoadAndNoRequestFails(t *testing.T) {
	for _, how := range []struct {
		name       string
		drainDelay string
		keyed      func(n int) bool
	}{
		{"at once, all writes with a key", "0s", func(int) bool { return true }},
		{"after a delay, half of them without", "1s", func(n int) bool { return n%2 == 0 }},
	} {
		t.Run(how.name, func(t *testing.T) {
			url := dbtest.URL(t, database.PostgreSQL)
			token := tokenFor(t, url)
			balancer := startBalancer(t, url, how.drainDelay, rollingNodes)
			partners, stop := make([]*busyPartner, rollingPartners), make(chan struct{})
			var working sync.WaitGroup
			for i := range partners {
				partners[i] = newBusyPartner(t, balancer.url, token, fmt.Sprintf("p%d", i), how.keyed)
				working.Go(func() { partners[i].work(stop) })
			}
			for range restartsOfEach {
				for i := range rollingNodes {
					balancer.restart(t, i)
				}
			}
			close(stop)
			working.Wait()
			checkRecords(t, dbtest.Connect(t, url), partners)
			t.Logf("%d requests, %d sent to another node", balancer.requests.Load(), balancer.resent.Load())
		})
	}
}

// busyPartner adds a thing, looks, and takes it away, again and again, and never
// sends anything twice.
type busyPartner struct {
	t     *testing.T
	api   *client.Client
	name  string
	keyed func(n int) bool
	done  map[string]string // the history of each thing, as it was answered
}

func newBusyPartner(t *testing.T, url, token, name string, keyed func(int) bool) *busyPartner {
	t.Helper()
	api, err := client.New(url)
	if err != nil {
		t.Fatal(err)
	}
	api.SetToken(token)
	return &busyPartner{t: t, api: api, name: name, keyed: keyed, done: map[string]string{}}
}

func (p *busyPartner) work(stop <-chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		default:
			if err := p.round(n); err != nil {
				p.t.Errorf("%s, round %d: %v", p.name, n, err)
				return
			}
		}
	}
}

func (p *busyPartner) round(n int) error {
	ctx, name := p.t.Context(), fmt.Sprintf("Item %s-%d", p.name, n)
	added, err := p.api.AddItemWithResponse(ctx, client.TrackingNewItem{Name: name, Category: "other"}, p.once(n, "add")...)
	if err != nil {
		return fmt.Errorf("add: %w", err)
	}
	code := added.JSON201.Item.Code
	p.done[name+" "+code] = "ADD"
	if _, err := p.api.MeWithResponse(ctx); err != nil {
		return fmt.Errorf("who am I: %w", err)
	}
	if found, err := p.api.GetItemWithResponse(ctx, code); err != nil || found.JSON200.Item.Name != name {
		return fmt.Errorf("get what was added: %w", err)
	}
	if _, err := p.api.RemoveItemWithResponse(ctx, code, p.once(n, "remove")...); err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	p.done[name+" "+code] = "ADD REMOVE"
	return nil
}

func (p *busyPartner) once(n int, what string) []client.RequestEditorFn {
	if !p.keyed(n) {
		return nil
	}
	return []client.RequestEditorFn{client.Once(fmt.Sprintf("%s-%d-%s", p.name, n, what))}
}

func checkRecords(t *testing.T, db *database.DB, partners []*busyPartner) {
	t.Helper()
	told := map[string]string{}
	for _, p := range partners {
		maps.Copy(told, p.done)
	}
	if len(told) < rollingPartners {
		t.Errorf("only %d things were added, which shows nothing", len(told))
	}
	expectSame(t, "history", told, storedHistory(t, db))
}

// A node that is told to stop says so long before it does, and goes on meanwhile.
func TestANodeThatIsLeavingIsNotReadyAndKeepsNoConnection(t *testing.T) {
	url := dbtest.URL(t, database.SQLite)
	token := tokenFor(t, url)
	address, node := startNode(t, url, "5m")
	if status, kept := ask(t, address+"/readyz", token); status != http.StatusOK || !kept {
		t.Fatalf("/readyz before: %d, connection kept: %t", status, kept)
	}
	if err := node.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	status := http.StatusOK
	for began := time.Now(); status == http.StatusOK && time.Since(began) < givingUp; {
		status, _ = ask(t, address+"/readyz", token)
	}
	for path, want := range map[string]int{"/readyz": 503, "/healthz": 200, "/api/auth/me": 200} {
		if status, kept := ask(t, address+path, token); status != want || kept {
			t.Errorf("%s: %d, connection kept: %t", path, status, kept)
		}
	}
}

func ask(t *testing.T, url, token string) (status int, kept bool) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode, !response.Close
}
