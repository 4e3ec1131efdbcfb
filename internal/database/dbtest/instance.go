package dbtest

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// instance is a PostgreSQL server of our own: a folder with its data and its
// socket, and a process that is our child.
type instance struct {
	bin, dir string
	settings []string
	postgres *child // nil while stopped
	log      *startLog
}

// careless is without the care for its data that would cost time, and in a time
// zone that shows who forgot about zones.
var careless = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "timezone=Asia/Kathmandu"}

// newInstance makes a server in a folder of its own and starts it.
func newInstance(settings ...string) (*instance, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(shortTemp(), "sirenbase-pg")
	if err != nil {
		return nil, err
	}
	i := &instance{bin: bin, dir: dir, settings: settings}
	if err := errors.Join(giveAway(dir), i.initialise()); err != nil {
		return nil, errors.Join(err, i.remove())
	}
	if err := i.start(); err != nil {
		return nil, errors.Join(err, i.remove())
	}
	return i, nil
}

// shortTemp is where a socket's path stays under the system's hundred letters.
func shortTemp() string {
	if dir := os.TempDir(); len(dir) < 40 {
		return dir
	}
	return "/tmp"
}

func (i *instance) data() string { return filepath.Join(i.dir, "data") }

func (i *instance) initialise() error {
	log := &startLog{}
	initdb, err := launch(i.command(log, "initdb", "--pgdata", i.data(), "--username", "postgres",
		"--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"))
	if err != nil {
		return err
	}
	<-initdb.exited
	if initdb.err != nil {
		return fmt.Errorf("initdb: %w\n%s", initdb.err, log)
	}
	return nil
}

// start runs the server.
func (i *instance) start() error {
	log := &startLog{ready: make(chan struct{})}
	settings := append([]string{
		"listen_addresses=", "unix_socket_directories=" + i.dir, "max_connections=300", "log_min_messages=log",
	}, i.settings...)
	args := []string{"-D", i.data()}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	postgres, err := launch(i.command(log, "postgres", args...))
	if err != nil {
		return err
	}
	i.postgres, i.log = postgres, log
	select {
	case <-log.ready:
		return nil
	case <-postgres.exited:
		return fmt.Errorf("PostgreSQL did not start: %w\n%s", postgres.err, log)
	case <-time.After(time.Minute): //nolint:forbidigo // another process goes by real time
		return errors.Join(fmt.Errorf("PostgreSQL did not start within a minute\n%s", log), i.stop())
	}
}

func (i *instance) command(log *startLog, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(i.bin, name), args...)
	cmd.Dir = i.dir
	cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	cmd.Stdout, cmd.Stderr = log, log
	return cmd
}

// stop shuts the server down without waiting for those who are connected.
func (i *instance) stop() error {
	if i.postgres == nil {
		return nil
	}
	postgres := i.postgres
	i.postgres = nil
	if err := postgres.signal(syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-postgres.exited:
		return nil
	case <-time.After(20 * time.Second): //nolint:forbidigo // another process goes by real time
		return errors.Join(errors.New("PostgreSQL did not stop when asked"), postgres.signal(syscall.SIGQUIT))
	}
}

func (i *instance) remove() error { return os.RemoveAll(i.dir) }

// url names the database that every server has.
func (i *instance) url() *url.URL {
	return &url.URL{
		Scheme: "postgres", User: url.User("postgres"), Path: "/postgres",
		RawQuery: url.Values{"host": {i.dir}, "port": {"5432"}}.Encode(),
	}
}

// startLog keeps what a server says and watches for it to be ready.
type startLog struct {
	mu    sync.Mutex
	said  bytes.Buffer
	once  sync.Once
	ready chan struct{}
}

func (l *startLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said.Write(p)
	if l.ready != nil && strings.Contains(l.said.String(), "ready to accept connections") {
		l.once.Do(func() { close(l.ready) })
	}
	return len(p), nil
}

func (l *startLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.String()
}
