package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// build makes the program as it is released, once.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "sirenbase-bench")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "sirenbase")
	cmd := exec.Command("go", "build", "-trimpath", "-o", path, "../cmd/sirenbase")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// server is the program in a process of its own.
type server struct {
	tb      testing.TB
	url     string
	process *os.Process
	// ready is how long it took from the start until it was.
	ready time.Duration
}

const (
	adminNumber, adminPIN = "ADMIN001", "1234"
	secret                = "a secret for measuring, long enough to be accepted"
)

// serve starts the server on a database that has its schema and an admin.
func serve(tb testing.TB, databaseURL string) *server {
	tb.Helper()
	dir := tb.TempDir()
	run(tb, dir, databaseURL, "seed", "--admin-number", adminNumber, "--admin-pin", adminPIN)
	port := freePort(tb)
	s := &server{tb: tb, url: "http://127.0.0.1:" + port}
	cmd := command(tb, dir, databaseURL, "serve", "--addr", "127.0.0.1:"+port)
	started := time.Now()
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	s.process = cmd.Process
	tb.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			tb.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			tb.Error(err)
		}
	})
	for !s.isReady() {
		if time.Since(started) > 20*time.Second {
			tb.Fatal("the server is not ready")
		}
		time.Sleep(time.Millisecond) //nolint:forbidigo // another process goes by real time
	}
	s.ready = time.Since(started)
	return s
}

func run(tb testing.TB, dir, databaseURL string, args ...string) {
	tb.Helper()
	if out, err := command(tb, dir, databaseURL, args...).CombinedOutput(); err != nil {
		tb.Fatalf("sirenbase %s: %v\n%s", args[0], err, out)
	}
}

func command(tb testing.TB, dir, databaseURL string, args ...string) *exec.Cmd {
	tb.Helper()
	program, err := build()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "DATABASE_URL="+databaseURL, "DATA_DIR="+dir,
		"SECRET_KEY="+secret, "JWT_SECRET_KEY="+secret)
	return cmd
}

func freePort(tb testing.TB) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer listener.Close() //nolint:errcheck // nothing was sent
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

func (s *server) isReady() bool {
	response, err := http.Get(s.url + "/readyz")
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// memory is what Linux says the process has, in bytes: VmRSS now, VmHWM at most.
func (s *server) memory(field string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Pid))
	if err != nil {
		s.tb.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if value, found := strings.CutPrefix(line, field+":"); found {
			kib, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			if err != nil {
				s.tb.Fatal(err)
			}
			return kib << 10
		}
	}
	s.tb.Fatalf("no %s in the status of the process", field)
	return 0
}

// answer is what came of a request.
type answer struct {
	header http.Header
	body   map[string]any
}

// at is the text at a path of keys.
func (a answer) at(keys ...string) string {
	var value any = a.body
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return fmt.Sprint(value)
}

// send makes a request, which must be answered as it says.
func (s *server) send(token string, r request) answer {
	s.tb.Helper()
	req, err := http.NewRequestWithContext(context.Background(), r.method, s.url+r.path, bytes.NewBufferString(r.body))
	if err != nil {
		s.tb.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if r.tag != "" {
		req.Header.Set("If-None-Match", r.tag)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(req)
	if err != nil {
		s.tb.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.tb.Fatal(err)
	}
	if response.StatusCode != r.status {
		s.tb.Fatalf("%s %s: %d %s", r.method, r.path, response.StatusCode, body)
	}
	a := answer{header: response.Header}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &a.body); err != nil {
			s.tb.Fatal(err)
		}
	}
	return a
}
