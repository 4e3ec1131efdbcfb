package api_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// wireAnswer is what came back over a bare connection.
type wireAnswer struct {
	status int
	header http.Header
	body   []byte
}

// exchange sends the very bytes of a request, which no HTTP client would, says
// that there is no more, and reads the answer.
func exchange(t *testing.T, s *apptest.Server, request string) wireAnswer {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // the answer has been read
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return wireAnswer{response.StatusCode, response.Header, body}
}

func (a wireAnswer) expect(t *testing.T, status int, sentence string) {
	t.Helper()
	var got struct{ Error string }
	if err := json.Unmarshal(a.body, &got); err != nil {
		t.Fatalf("status %d: %v in %q", a.status, err, a.body)
	}
	if a.status != status || got.Error != sentence {
		t.Fatalf("got %d %q, want %d %q", a.status, got.Error, status, sentence)
	}
}
