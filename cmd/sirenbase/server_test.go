package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are what scripts can do beside exec sirenbase ARGS…:
//
//	failing ARGS…                  runs sirenbase, which must end with 1
//	usage ARGS…                    runs sirenbase, which must end with 2 and one line
//	start ARGS…                    runs sirenbase serve beside the script
//	await PATTERN                  waits until it has printed that; (?P<NAME>…) becomes $NAME
//	request METHOD PATH STATUS [BODY-FILE]
//	                               asks the server at $URL, as $TOKEN if it is set; the answer
//	                               goes to the file response, a token in it to $TOKEN;
//	                               $NAMEs in the body are replaced
//	interrupt SIGNAL               ends the server with INT or TERM, which must go well; its
//	                               output goes to the files out and log
//	signal SIGNAL, [!] ended       the two halves of interrupt; ! when it must end badly
//	awaitlog PATTERN               is await for what the server logs
//	hold, release STATUS           begins a request that the server waits for; completes it
//	expire                         lets every session of the display expire
//	lock PARTNER-NUMBER            locks an account as too many failed logins do
//	olddatabase [STATEMENTS]       makes a database of the old system, changes it, and sets $OLD
func scriptCommands() map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	return map[string]func(ts *testscript.TestScript, neg bool, args []string){
		"failing": failing, "usage": usage, "start": start, "await": awaitOutput, "request": request, "interrupt": interrupt,
		"signal": sendSignal, "ended": ended, "awaitlog": awaitLog, "hold": hold, "release": release,
		"expire": expire, "lock": lock, "olddatabase": oldDatabase,
	}
}

// running is the server of one script.
type running struct {
	cmd    *exec.Cmd
	stdout transcript
	stderr transcript
	ended  error
	held   net.Conn // see hold
}

var servers sync.Map // *testscript.TestScript → *running

func start(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("start cannot fail: use exec sirenbase serve")
	}
	path, err := exec.LookPath("sirenbase") // as testscript.Main installed it
	ts.Check(err)
	server := &running{cmd: exec.Command(path, append([]string{"serve"}, args...)...)}
	server.stdout.news = sync.NewCond(&server.stdout.mu)
	server.stderr.news = sync.NewCond(&server.stderr.mu)
	server.cmd.Dir, server.cmd.Env = ts.MkAbs("."), environment(ts)
	server.cmd.Stdout, server.cmd.Stderr = &server.stdout, &server.stderr
	ts.Check(server.cmd.Start())
	go func() {
		server.ended = server.cmd.Wait()
		server.stderr.close()
		server.stdout.close()
	}()
	servers.Store(ts, server)
	ts.Defer(func() {
		_ = server.cmd.Process.Kill()
		server.stdout.wait(nil)
	})
}

// environment passes on what a script may have set.
func environment(ts *testscript.TestScript) []string {
	var all []string
	for _, name := range []string{
		"PATH", "HOME", "TMPDIR", "GORACE",
		"DATABASE_URL", "DATA_DIR", "PORT", "METRICS_ADDR", "SECRET_KEY", "JWT_SECRET_KEY", "SIGNUP_POLICY", "LOG_FORMAT",
		"DRAIN_DELAY",
	} {
		if value := ts.Getenv(name); value != "" {
			all = append(all, name+"="+value)
		}
	}
	return all
}

func serverOf(ts *testscript.TestScript) *running {
	server, ok := servers.Load(ts)
	if !ok {
		ts.Fatalf("no server was started")
	}
	return server.(*running)
}

func awaitOutput(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await PATTERN")
	}
	server := serverOf(ts)
	awaitIn(ts, server, &server.stdout, args[0])
}

// awaitIn gives the script what the pattern names.
func awaitIn(ts *testscript.TestScript, server *running, output *transcript, text string) {
	pattern, err := regexp.Compile(text)
	ts.Check(err)
	found := output.wait(pattern)
	if found == nil {
		ts.Fatalf("the server ended: %v\n%s%s", server.ended, server.stdout.String(), server.stderr.String())
	}
	for i, name := range pattern.SubexpNames() {
		if name != "" {
			ts.Setenv(name, found[i])
		}
	}
}

func request(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args) > 4 {
		ts.Fatalf("usage: request METHOD PATH STATUS [BODY-FILE]")
	}
	var body io.Reader = http.NoBody
	if len(args) == 4 {
		body = bytes.NewBufferString(os.Expand(ts.ReadFile(args[3]), ts.Getenv))
	}
	r, err := http.NewRequestWithContext(context.Background(), args[0], ts.Getenv("URL")+args[1], body)
	ts.Check(err)
	if len(args) == 4 {
		r.Header.Set("Content-Type", "application/json")
	}
	if token := ts.Getenv("TOKEN"); token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("response"), content, 0o600))
	if args[2] != strconv.Itoa(response.StatusCode) {
		ts.Fatalf("status %s, want %s: %s", response.Status, args[2], content)
	}
	var answer struct{ Token string }
	if json.Unmarshal(content, &answer) == nil && answer.Token != "" {
		ts.Setenv("TOKEN", answer.Token)
	}
}

func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	sendSignal(ts, neg, args)
	ended(ts, false, nil)
}

func sendSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM}
	if neg || len(args) != 1 || signals[args[0]] == nil {
		ts.Fatalf("usage: interrupt|signal INT|TERM")
	}
	ts.Check(serverOf(ts).cmd.Process.Signal(signals[args[0]]))
}

func ended(ts *testscript.TestScript, neg bool, _ []string) {
	server := serverOf(ts)
	server.stdout.wait(nil)
	if (server.ended != nil) != neg {
		ts.Fatalf("the server ended with: %v\n%s", server.ended, server.stderr.String())
	}
	ts.Check(os.WriteFile(ts.MkAbs("out"), []byte(server.stdout.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("log"), []byte(server.stderr.String()), 0o600))
}

func awaitLog(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: awaitlog PATTERN")
	}
	server := serverOf(ts)
	awaitIn(ts, server, &server.stderr, args[0])
}

// heldBody is what a held request sends in the end.
const heldBody = "{}"

// hold is sure of its request: a server says Continue when it reads the body.
func hold(ts *testscript.TestScript, _ bool, _ []string) {
	server, host := serverOf(ts), strings.TrimPrefix(ts.Getenv("URL"), "http://")
	conn, err := new(net.Dialer).DialContext(context.Background(), "tcp", host)
	ts.Check(err)
	ts.Defer(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "POST /api/auth/login HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", host, len(heldBody))
	ts.Check(err)
	const goOn = "HTTP/1.1 100 Continue\r\n\r\n"
	answer := make([]byte, len(goOn))
	if _, err := io.ReadFull(conn, answer); err != nil || string(answer) != goOn {
		ts.Fatalf("answered %q (%v)", answer, err)
	}
	server.held = conn
}

func release(ts *testscript.TestScript, _ bool, args []string) {
	conn := serverOf(ts).held
	_, err := io.WriteString(conn, heldBody)
	ts.Check(err)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	ts.Check(err)
	defer response.Body.Close()
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("status %s, want %s", response.Status, args[0])
	}
}

// transcript is output that can be waited for.
type transcript struct {
	mu     sync.Mutex
	news   *sync.Cond
	text   bytes.Buffer
	closed bool
}

func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.news.Broadcast()
	return t.text.Write(p)
}

func (t *transcript) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.news.Broadcast()
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

// wait returns what matches the pattern as soon as something does, or nil when
// the output is over; that is all it waits for without a pattern.
func (t *transcript) wait(pattern *regexp.Regexp) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		if pattern != nil {
			if found := pattern.FindStringSubmatch(t.text.String()); found != nil {
				return found
			}
		}
		if t.closed {
			return nil
		}
		t.news.Wait()
	}
}
