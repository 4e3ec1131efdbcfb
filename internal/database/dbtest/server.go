package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops databases
)

// server is a PostgreSQL server on which databases can be made.
type server struct {
	base     *url.URL
	admin    *sql.DB
	instance *instance // nil if it was there before
	prefix   string
	made     atomic.Int64
	template func() (string, error)
}

const noPostgres = "no PostgreSQL to test on: install PostgreSQL 15 or newer " +
	"(Debian: apt-get install postgresql; macOS: brew install postgresql@17), or set TEST_DATABASE_URL to a server where databases may be created"

var (
	sharing struct {
		sync.Mutex
		server *server
		err    error
	}
	skipped atomic.Bool
)

// sharedServer returns the server of this test process, starting it if needed.
func sharedServer(tb testing.TB) *server {
	tb.Helper()
	sharing.Lock()
	defer sharing.Unlock()
	if sharing.server == nil && sharing.err == nil {
		sharing.server, sharing.err = findServer()
	}
	check(tb, sharing.err)
	return sharing.server
}

// check ends a test that has no server: quietly only if that may be.
func check(tb testing.TB, err error) {
	tb.Helper()
	switch {
	case err == nil:
	case errors.Is(err, errNotInstalled) && os.Getenv("REQUIRE_POSTGRES") == "":
		skipped.Store(true)
		tb.Skip(noPostgres)
	case errors.Is(err, errNotInstalled):
		tb.Fatal(noPostgres)
	default:
		tb.Fatal(err)
	}
}

func stopShared() error {
	sharing.Lock()
	defer sharing.Unlock()
	if sharing.server == nil {
		return nil
	}
	err := sharing.server.close()
	sharing.server, sharing.err = nil, errors.New("the tests are over")
	return err
}

func findServer() (*server, error) {
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		base, err := url.Parse(given)
		if err != nil {
			return nil, errors.New("TEST_DATABASE_URL is not a URL") // it may hold a password
		}
		return newServer(base, nil)
	}
	instance, err := newInstance(careless...)
	if err != nil {
		return nil, err
	}
	return newServer(instance.url(), instance)
}

func newServer(base *url.URL, instance *instance) (*server, error) {
	admin, err := sql.Open("pgx", base.String())
	if err != nil {
		return nil, err
	}
	// Several test processes may share a server.
	s := &server{base: base, admin: admin, instance: instance}
	s.prefix = fmt.Sprintf("sirenbase_test_%d_%s", os.Getpid(), strings.ToLower(rand.Text()[:6]))
	s.template = sync.OnceValues(s.makeTemplate)
	return s, nil
}

// makeTemplate makes the migrated database that the tests' own are copied from.
// Its text sorts as people sort, as in most installations, so that a query that
// ought to sort by code point and does not say so is found out.
func (s *server) makeTemplate() (string, error) {
	name := s.prefix + "_template"
	create := "CREATE DATABASE " + name
	_, err := s.admin.Exec(create + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
	if err != nil { // built without ICU
		_, err = s.admin.Exec(create)
	}
	if err != nil {
		return "", fmt.Errorf("create template database: %w", err)
	}
	return name, migrate(s.databaseURL(name))
}

func (s *server) freshDatabase(tb testing.TB) string {
	tb.Helper()
	template, err := s.template()
	if err != nil {
		tb.Fatal(err)
	}
	return s.createDatabase(tb, template)
}

func (s *server) emptyDatabase(tb testing.TB) string {
	tb.Helper()
	return s.createDatabase(tb, "template0")
}

func (s *server) createDatabase(tb testing.TB, template string) string {
	tb.Helper()
	name := fmt.Sprintf("%s_%d", s.prefix, s.made.Add(1))
	if _, err := s.admin.ExecContext(tb.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		tb.Fatalf("create test database: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.drop(name); err != nil {
			tb.Errorf("drop test database: %v", err)
		}
	})
	return s.databaseURL(name)
}

func (s *server) drop(name string) error {
	// The test's own context has ended by now.
	_, err := s.admin.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	return err
}

func (s *server) databaseURL(name string) string {
	u := *s.base
	u.Path = "/" + name
	return u.String()
}

func (s *server) close() error {
	if s.instance == nil {
		return errors.Join(s.drop(s.prefix+"_template"), s.admin.Close())
	}
	return errors.Join(s.admin.Close(), s.instance.stop(), s.instance.remove())
}
