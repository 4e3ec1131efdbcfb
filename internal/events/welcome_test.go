package events_test

import (
	"bufio"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// welcome is the first block that a client gets.
func welcome(t *testing.T, s *apptest.Server) []string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, stream(s), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.Staff().Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var block []string
	for lines := bufio.NewScanner(response.Body); lines.Scan() && lines.Text() != ""; {
		block = append(block, lines.Text())
	}
	return block
}

// Who loses the connection before there was any event misses none, either.
func TestWhoBeginsLearnsWhereToGoOn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		last := newest(t, s)
		id := strconv.FormatInt(last, 10)
		if got := strings.Join(welcome(t, s), "\n"); got != ": welcome\nid: "+id {
			t.Fatalf("the welcome is %q", got)
		}
		add(s.Staff(), "0001")
		resumeAfter(t, s, last).follows(t, last)
		ticket := s.Staff().Post("/api/events/ticket", nil).ExpectStatus(201).Text("ticket")
		w := watch(t, stream(s)+"?ticket="+ticket+"&last_event_id="+id, "", nil)
		w.follows(t, last)
		add(s.Staff(), "0002")
		w.follows(t, last+1)
	})
}

func TestAskingForTheHeadOfTheStreamEndsAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		transport := &http.Transport{MaxConnsPerHost: 1}
		t.Cleanup(transport.CloseIdleConnections)
		client := &http.Client{Transport: transport, Timeout: 20 * time.Second}
		for range 3 {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodHead, stream(s), nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+s.Staff().Token)
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/event-stream" {
				t.Errorf("%s %v", response.Status, response.Header)
			}
		}
		eventually(t, "nobody looks on", func() bool { return s.App.Events.Audiences() == 0 })
	})
}
