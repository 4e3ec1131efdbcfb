package backup_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/backup"
)

// A phone has seen what happened after the backup: an event's number, and the list
// of a revision. Both would come again for something else.
func TestAPhoneThatIsAheadOfARestoredDatabaseLoadsEverythingAnew(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		const items = "/api/tracking/items"
		staff := s.Staff()
		add := func(name string) {
			staff.Post(items, `{"name": "`+name+`", "category": "other"}`).ExpectStatus(http.StatusCreated)
		}
		add("Oat Milk")
		archive := write(t, s.DB, s)
		add("Lost later")
		held := staff.Get(items).ExpectStatus(http.StatusOK).Header.Get("ETag")
		last := newestEvent(t, staff, s.URL)

		how := backup.Restoring{Replace: true, LiftTo: s.Clock.Now().UnixMicro()}
		if err := how.Restore(t.Context(), read(t, archive), s.DB); err != nil {
			t.Fatal(err)
		}
		add("Vanilla Syrup")
		list := staff.With("If-None-Match", held).Get(items).ExpectStatus(http.StatusOK)
		if strings.Contains(string(list.Body), "Lost later") || !strings.Contains(string(list.Body), "Vanilla Syrup") {
			t.Errorf("the list is %s", list.Body)
		}
		if got := beginning(t, staff, s.URL, last); !strings.Contains(got, "event: reset") {
			t.Errorf("after %s the stream begins with %q", last, got)
		}
	})
}

// newestEvent is the number that a client learns when it begins to look on.
func newestEvent(t *testing.T, c *apptest.Client, url string) string {
	t.Helper()
	_, id, _ := strings.Cut(beginning(t, c, url, ""), "id: ")
	return strings.TrimSpace(id)
}

// beginning is what a stream tells before anything happens.
func beginning(t *testing.T, c *apptest.Client, url, lastEventID string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+c.Token)
	request.Header.Set("Last-Event-ID", lastEventID)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var text strings.Builder
	for buffer := make([]byte, 512); !strings.Contains(text.String(), "id: ") || !strings.HasSuffix(text.String(), "\n\n"); {
		n, err := response.Body.Read(buffer)
		text.Write(buffer[:n])
		if err != nil && err != io.EOF {
			t.Fatal(err)
		}
	}
	return text.String()
}
