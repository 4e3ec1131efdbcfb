package events_test

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
)

// lookAway opens a stream and does not read it.
func lookAway(t *testing.T, s *apptest.Server) net.Conn {
	t.Helper()
	before := s.App.Events.Streams()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "GET /api/events HTTP/1.1\r\nHost: sirenbase\r\nAuthorization: Bearer %s\r\n\r\n", s.Staff().Token)
	eventually(t, "the stream is open", func() bool { return s.App.Events.Streams() > before })
	return conn
}

// publish writes events in one transaction.
func publish(t *testing.T, s *apptest.Server, n int, payload string) {
	t.Helper()
	err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
		id, err := database.Value[string](t.Context(), tx, `SELECT min(id) FROM stores`)
		for range n {
			if err == nil {
				err = events.Publish(t.Context(), tx, id, events.StoreUpdated, payload, s.Clock.Now())
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// choke publishes more than connections and backlogs hold, until a stream is
// dropped.
func choke(t *testing.T, s *apptest.Server) {
	t.Helper()
	large := strings.Repeat("x", 32<<10)
	eventually(t, "the stream is dropped", func() bool {
		if s.App.Events.Streams() > 0 {
			publish(t, s, 64, large)
		}
		return s.App.Events.Streams() == 0
	})
}

func TestWhoDoesNotReadHoldsUpNobodyAndIsDropped(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		const writes = 300
		staff, code := s.Staff(), 0
		write := func() {
			for range writes {
				add(staff, fmt.Sprintf("%04d", code))
				code++
			}
		}
		reader := watch(t, stream(s), staff.Token, nil)
		last := newest(t, s)
		write()
		lookAway(t, s)
		write()
		for range 2 * writes {
			last = reader.follows(t, last).number(t)
		}
		reader.close()
		eventually(t, "the other has gone", func() bool { return s.App.Events.Streams() == 1 })
		choke(t, s)
	})
}

func TestWhoFallsBehindIsToldSoAndMissesNothingUnawares(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		last := newest(t, s)
		conn := lookAway(t, s)
		choke(t, s)
		if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
			t.Fatal(err)
		}
		kind, read := "", 0
		lines := bufio.NewScanner(conn)
		lines.Buffer(nil, 1<<20)
		for id := ""; kind != "reset" && lines.Scan(); {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch {
			case name == "id":
				id = value
			case name == "event" && value == "reset":
				if kind = value; id != strconv.FormatInt(last, 10) {
					t.Errorf("the reset after %d has id %s", last, id)
				}
			case name == "event":
				if read++; id != strconv.FormatInt(last+1, 10) {
					t.Fatalf("%s follows on %d", id, last)
				}
				last++
			}
		}
		if kind != "reset" && lines.Err() != nil {
			t.Error(lines.Err())
		}
		if read == 0 || last >= newest(t, s) {
			t.Errorf("%d events read, up to %d", read, last)
		}
	})
}
