package events_test

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// seen is an event as a client reads it.
type seen struct {
	id, kind, data string
	at             time.Time
}

func (e seen) number(t *testing.T) int64 {
	t.Helper()
	n, err := strconv.ParseInt(e.id, 10, 64)
	if err != nil {
		t.Fatalf("%+v: %v", e, err)
	}
	return n
}

// watcher is a client with an open stream.
type watcher struct {
	events chan seen
	status int
	close  func()
}

// watch opens a stream and waits until it is open.
func watch(t *testing.T, url, token string, header map[string]string) *watcher {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request) //nolint:bodyclose // the goroutine below closes it
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{events: make(chan seen, 10_000), status: response.StatusCode, close: cancel}
	t.Cleanup(cancel)
	go func() {
		defer response.Body.Close()
		defer close(w.events)
		lines := bufio.NewScanner(response.Body)
		var e seen
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch {
			case lines.Text() == "" && e.kind != "":
				e.at = time.Now()
				w.events <- e
				e = seen{}
			case name == "id":
				e.id = value
			case name == "event":
				e.kind = value
			case name == "data":
				e.data = value
			}
		}
	}()
	return w
}

// ended waits until the server ends the stream, whatever comes before.
func (w *watcher) ended(t *testing.T) {
	t.Helper()
	timeout := time.NewTimer(10 * time.Second)
	defer timeout.Stop()
	for {
		select {
		case _, open := <-w.events:
			if !open {
				return
			}
		case <-timeout.C:
			t.Fatal("the stream goes on")
		}
	}
}

// endsHere waits until the server ends the stream, before any other event.
func (w *watcher) endsHere(t *testing.T) {
	t.Helper()
	timeout := time.NewTimer(10 * time.Second)
	defer timeout.Stop()
	select {
	case e, open := <-w.events:
		if open {
			t.Errorf("there is more: %+v", e)
		}
	case <-timeout.C:
		t.Fatal("the stream goes on")
	}
}

// follows is the next event, which must come right after the one with that id.
func (w *watcher) follows(t *testing.T, id int64) seen {
	t.Helper()
	e := w.next(t)
	if e.kind != "item.added" || e.number(t) != id+1 {
		t.Fatalf("%+v follows on %d", e, id)
	}
	return e
}

// eventually asks until it is so.
func eventually(t *testing.T, what string, isSo func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !isSo(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("never: " + what)
		}
	}
}

// newest is the id of the newest event of a server with one store.
func newest(t *testing.T, s *apptest.Server) int64 {
	t.Helper()
	id, err := database.Value[int64](t.Context(), s.DB.Read(), `SELECT max(revision) FROM store_revisions`)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// next is the next event, which must come soon.
func (w *watcher) next(t *testing.T) seen {
	t.Helper()
	timeout := time.NewTimer(10 * time.Second)
	defer timeout.Stop()
	select {
	case e, open := <-w.events:
		if !open {
			t.Fatal("the stream has ended")
		}
		return e
	case <-timeout.C:
		t.Fatal("no event came")
		return seen{}
	}
}

func stream(s *apptest.Server) string { return s.URL + "/api/events" }
