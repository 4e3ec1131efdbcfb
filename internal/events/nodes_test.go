package events_test

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/events"
)

// twoNodes are two servers on one database, which both listen.
func twoNodes(t *testing.T) (one, other *apptest.Server) {
	t.Helper()
	if !slices.Contains(dbtest.Engines(), database.PostgreSQL) {
		t.Skip("SQLite has one node")
	}
	settings := apptest.Settings(t, dbtest.URL(t, database.PostgreSQL))
	one = apptest.Start(t, settings)
	one.AddPartners()
	other = apptest.Start(t, settings)
	eventually(t, "two nodes listen", func() bool { return listeners(t, one, "count(pid)") == 2 })
	return one, other
}

// listeners evaluates something over the connections that listen.
func listeners(t *testing.T, s *apptest.Server, what string) int64 {
	t.Helper()
	n, err := database.Value[int64](t.Context(), s.DB.Read(), `SELECT `+what+` FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN %'`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func killListeners(t *testing.T, s *apptest.Server) int64 {
	t.Helper()
	return listeners(t, s, "count(pg_terminate_backend(pid))")
}

// percentile sorts what was measured.
func percentile(took []time.Duration, p int) time.Duration {
	slices.Sort(took)
	return took[(len(took)-1)*p/100]
}

// lag adds items on one node and measures how long it is until they are on the
// stream of the other, where each must come once and in its turn.
func lag(t *testing.T, one, other *apptest.Server, adds int, before func(i int)) {
	t.Helper()
	staff := one.Staff()
	w := watch(t, stream(other), other.Staff().Token, nil)
	last, begun := newest(t, one), make([]time.Time, adds)
	for i := range adds {
		before(i)
		begun[i] = time.Now()
		add(staff, fmt.Sprintf("%04d", i))
	}
	took := make([]time.Duration, adds)
	for i := range adds {
		e := w.follows(t, last)
		last, took[i] = e.number(t), e.at.Sub(begun[i])
	}
	p95 := percentile(took, 95)
	t.Logf("%d adds: p50 %s, p95 %s, p99 %s, longest %s", adds, percentile(took, 50), p95, percentile(took, 99), percentile(took, 100))
	if p95 >= time.Second {
		t.Errorf("the 95th percentile is %s", p95)
	}
	// Nothing comes twice: what follows is what is added next.
	add(staff, "9999")
	w.follows(t, last)
}

func TestWhatHappensOnOneNodeIsSeenOnTheOther(t *testing.T) {
	one, other := twoNodes(t)
	lag(t, one, other, 200, func(int) {})
}

func TestWhenNobodyHearsNothingIsLost(t *testing.T) {
	one, other := twoNodes(t)
	killed := int64(0)
	lag(t, one, other, 200, func(i int) {
		if i == 50 || i > 100 { // once, and then whenever it listens again
			killed += killListeners(t, one)
		}
	})
	if killed < 2 {
		t.Errorf("%d connections were killed", killed)
	}
}

func TestAfterALongSilenceEverythingComes(t *testing.T) {
	one, other := twoNodes(t)
	w := watch(t, stream(other), other.Staff().Token, nil)
	before := newest(t, one)
	killListeners(t, one)
	const many = events.Backlog
	publish(t, one, many, "x") // handed out in one go
	for i := range int64(many) {
		if e := w.next(t); e.number(t) != before+i+1 {
			t.Fatalf("event %d is %+v", i, e)
		}
	}
}

func TestWhoComesBackToTheOtherNodeGetsWhatWasMissed(t *testing.T) {
	one, other := twoNodes(t)
	nodes := []*apptest.Server{one, other}
	token, begin := one.Staff().Token, newest(t, one)
	const each = 150
	var writers sync.WaitGroup
	t.Cleanup(writers.Wait) // before the servers stop
	for i, node := range nodes {
		watch(t, stream(node), token, nil) // somebody who stays
		staff := node.Staff()
		writers.Go(func() {
			for n := range each {
				add(staff, fmt.Sprintf("%d%03d", i, n))
			}
		})
	}
	last := begin
	for round := 0; last < begin+2*each; round++ {
		w := watch(t, stream(nodes[round%2]), token, map[string]string{"Last-Event-ID": strconv.FormatInt(last, 10)})
		for n := 0; n < 7 && last < begin+2*each; n++ {
			last = w.follows(t, last).number(t)
		}
		w.close()
	}
	if last != newest(t, other) {
		t.Errorf("the last is %d, of %d", last, newest(t, other))
	}
}

func TestWhoIsAheadOfANodeIsNotToldToLoadAnew(t *testing.T) {
	one, other := twoNodes(t)
	staff, token := one.Staff(), other.Staff().Token
	watch(t, stream(other), token, nil) // the node has an audience, which is behind
	for i := range 20 {
		killListeners(t, one)
		add(staff, fmt.Sprintf("%d", 1000+2*i))
		last := newest(t, one)
		w := watch(t, stream(other), token, map[string]string{"Last-Event-ID": strconv.FormatInt(last, 10)})
		add(staff, fmt.Sprintf("%d", 1001+2*i))
		w.follows(t, last)
		w.close()
	}
}
