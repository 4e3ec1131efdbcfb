package app_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

const (
	impatience = 100 * time.Millisecond
	// givingUp is far more than impatience: a test that gets there has failed.
	givingUp = 20 * time.Second
)

// dial connects to a server that has little patience in one thing, and the
// usual one in all others.
func dial(t *testing.T, timeouts app.Timeouts) net.Conn {
	t.Helper()
	program, err := app.New(t.Context(), apptest.Settings(t, dbtest.URL(t, database.SQLite)), app.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: clock.System,
		HashCost: identity.DefaultHashCost, Timeouts: timeouts,
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan error)
	go func() { stopped <- program.Serve(ctx, listener) }()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = connection.Close() // the server has done so before
		stop()
		if err := errors.Join(<-stopped, program.Close()); err != nil {
			t.Error(err)
		}
	})
	if err := connection.SetDeadline(time.Now().Add(givingUp)); err != nil {
		t.Fatal(err)
	}
	return connection
}

func send(t *testing.T, connection net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
}

func TestAClientThatTricklesTheHeadOfItsRequestIsCutOff(t *testing.T) {
	t.Parallel()
	connection := dial(t, app.Timeouts{Header: impatience})
	send(t, connection, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	for begin := time.Now(); time.Since(begin) < givingUp; {
		if err := connection.SetReadDeadline(time.Now().Add(impatience / 10)); err != nil {
			t.Fatal(err)
		}
		n, err := connection.Read(make([]byte, 1))
		switch {
		case n > 0:
			t.Fatal("half a request was answered")
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return // cut off
		}
		_, _ = io.WriteString(connection, "x") // fails where the next read does
	}
	t.Error("the connection is still open")
}

func TestAClientThatPromisesABodyAndSendsNoneIsCutOff(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/api/auth/login": `{"error":"The request body took too long to arrive"}`,
		"/api/nothing":    `{"error":"Resource not found"}`,
	} {
		connection := dial(t, app.Timeouts{Upload: impatience})
		send(t, connection, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
		answer, err := io.ReadAll(connection) // up to its end
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the connection is still open", path)
		}
		if !strings.Contains(string(answer), want) {
			t.Errorf("%s was answered %s", path, answer)
		}
	}
}

func TestAClientThatNeverReadsItsAnswersIsCutOff(t *testing.T) {
	t.Parallel()
	connection := dial(t, app.Timeouts{Answer: impatience})
	for {
		// Once nothing fits into the buffers any more the server waits, and so
		// does this, until the server has had enough.
		_, err := io.WriteString(connection, "GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal("the connection is still open")
		}
		if err != nil {
			return // cut off
		}
	}
}
