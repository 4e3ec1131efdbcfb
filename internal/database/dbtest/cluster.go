package dbtest

import "testing"

// Cluster is a PostgreSQL of a test's own, which the test may stop and start
// while a program is using it.
type Cluster struct {
	tb       testing.TB
	instance *instance
	url      string
}

// NewCluster starts a PostgreSQL with one migrated database. It is taken away
// when the test ends.
func NewCluster(tb testing.TB) *Cluster {
	tb.Helper()
	instance, err := newInstance()
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
	c.url = s.databaseURL(name)
	return c
}

// URL names the migrated database; it stays the same over Stop and Start.
func (c *Cluster) URL() string { return c.url }

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
