package events_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// Over HTTP/2 a stream whose time to write is up is ended, also while there is
// nothing to write.
func TestAStreamOverHTTP2OutlivesTheTimeToWrite(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		const toWrite = 500 * time.Millisecond
		s.App.Events.WriteWithin(toWrite)
		s.App.Events.CheckEvery(2 * toWrite)
		protocols := &http.Protocols{}
		protocols.SetUnencryptedHTTP2(true)
		server := httptest.NewUnstartedServer(s.App.API)
		server.Config.Protocols = protocols
		server.Start()
		t.Cleanup(server.Close)
		transport := &http.Transport{Protocols: protocols}
		t.Cleanup(transport.CloseIdleConnections)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+s.Staff().Token)
		response, err := (&http.Client{Transport: transport}).Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if response.ProtoMajor != 2 {
			t.Fatal("the server speaks " + response.Proto)
		}
		lines := bufio.NewScanner(response.Body)
		for lines.Scan() && lines.Text() != ": still here" {
		}
		if lines.Text() != ": still here" {
			t.Errorf("it ended: %v", lines.Err())
		}
	})
}
