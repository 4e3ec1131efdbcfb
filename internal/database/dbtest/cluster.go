package dbtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Cluster is a PostgreSQL of a test's own, which the test may stop and start
// while a program is using it.
type Cluster struct {
	tb       testing.TB
	instance *instance
	name     string // of the database
	url      string
}

// NewCluster starts a PostgreSQL with one migrated database. It is taken away
// when the test ends.
func NewCluster(tb testing.TB) *Cluster {
	tb.Helper()
	return newCluster(tb, careless...)
}

// NewDurableCluster is a cluster that takes the care for its data that is the
// default, for measuring what that costs.
func NewDurableCluster(tb testing.TB) *Cluster {
	tb.Helper()
	return newCluster(tb)
}

func newCluster(tb testing.TB, settings ...string) *Cluster {
	tb.Helper()
	instance, err := newInstance(settings...)
	check(tb, err)
	tb.Cleanup(func() {
		if err := instance.remove(); err != nil {
			tb.Error(err)
		}
	})
	c := &Cluster{tb: tb, instance: instance}
	tb.Cleanup(c.Stop)
	s, err := newServer(instance.url(), instance)
	if err != nil {
		tb.Fatal(err)
	}
	defer s.admin.Close() //nolint:errcheck // read-only by now
	name, err := s.template()
	if err != nil {
		tb.Fatal(err)
	}
	c.name, c.url = name, s.databaseURL(name)
	return c
}

// URL names the migrated database; it stays the same over Stop and Start.
func (c *Cluster) URL() string { return c.url }

// Command is one of the programs that come with the server, such as pgbench, to
// be run on the database.
func (c *Cluster) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.instance.bin, name), args...)
	cmd.Env = append(os.Environ(), "PGHOST="+c.instance.dir, "PGPORT=5432", "PGUSER=postgres", "PGDATABASE="+c.name)
	return cmd
}

// Said is what the server has logged so far.
func (c *Cluster) Said() string { return c.instance.log.String() }

// Stop shuts the server down, with whoever is connected.
func (c *Cluster) Stop() {
	c.tb.Helper()
	if err := c.instance.stop(); err != nil {
		c.tb.Errorf("stop PostgreSQL: %v", err)
	}
}

// Start starts the server again and returns when it answers.
func (c *Cluster) Start() {
	c.tb.Helper()
	if err := c.instance.start(); err != nil {
		c.tb.Fatalf("start PostgreSQL: %v", err)
	}
}
