package bench

import (
	"cmp"
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

var (
	rounds  = flag.Int("rounds", 3, "how often each scenario is measured")
	seconds = flag.Int("seconds", 5, "how long a round takes")
	only    = flag.String("only", "", "a part of the name of the scenarios to measure")
)

func chosen() []scenario {
	return slices.DeleteFunc(slices.Clone(scenarios), func(s scenario) bool { return !strings.Contains(s.name, *only) })
}

// durableURL is a database that survives a power cut, which is the default.
func durableURL(tb testing.TB, engine database.Engine) string {
	tb.Helper()
	if engine == database.SQLite {
		return "sqlite:" + filepath.Join(tb.TempDir(), "sirenbase.db")
	}
	return dbtest.NewDurableCluster(tb).URL()
}

// BenchmarkFloor compares the server on PostgreSQL with the least that could be
// done, and shows what the embedded engine does in the same run.
func BenchmarkFloor(b *testing.B) {
	cluster := dbtest.NewDurableCluster(b)
	remote := station(b, cluster.URL(), usual)
	embedded := station(b, durableURL(b, database.SQLite), usual)
	for _, what := range chosen() {
		f := record(b, cluster, remote.server, remote.shop, what)
		var measured []comparison
		for range *rounds {
			n := cmp.Or(what.seconds, *seconds)
			c := comparison{floor: f.run(b, cluster, n)}
			remote.shop.tidy(b, remote.server, remote.db)
			c.postgres, c.sqlite = remote.drive(b, what, n), embedded.drive(b, what, n)
			measured = append(measured, c)
		}
		results.floor(what, middle(measured))
	}
	results.process(database.PostgreSQL, remote)
	results.process(database.SQLite, embedded)
}

// comparison is one round of everything.
type comparison struct {
	floor            float64 // a second
	postgres, sqlite rate
}

func (c comparison) ratio() float64 { return c.postgres.perSecond / c.floor }

// middle is the round whose ratio is neither the best nor the worst.
func middle(all []comparison) comparison {
	slices.SortFunc(all, func(a, b comparison) int { return cmp.Compare(a.ratio(), b.ratio()) })
	return all[len(all)/2]
}

// measured is a server with a filled store.
type measured struct {
	server *server
	db     *database.DB
	shop   shop
	most   int64 // of memory after a round
}

func station(tb testing.TB, url string, n size) *measured {
	tb.Helper()
	m := &measured{server: serve(tb, url), db: connect(tb, url)}
	m.shop = open(tb, m.server, m.db, n)
	return m
}

func (m *measured) drive(tb testing.TB, what scenario, seconds int) rate {
	tb.Helper()
	got := drive(tb, m.server, m.shop, what, seconds)
	m.most = max(m.most, m.server.memory("VmRSS"))
	m.shop.tidy(tb, m.server, m.db)
	return got
}

// BenchmarkSize compares a store alone with one that has a long past, among a
// thousand others.
func BenchmarkSize(b *testing.B) {
	for _, engine := range dbtest.Engines() {
		b.Run(string(engine), func(b *testing.B) {
			small := station(b, durableURL(b, engine), size{history: 1000})
			large := station(b, durableURL(b, engine), size{history: 1_000_000, stores: 1000})
			for _, what := range chosen() {
				var ratios []float64
				for range *rounds {
					n := cmp.Or(what.seconds, *seconds)
					ratios = append(ratios, small.drive(b, what, n).perSecond/large.drive(b, what, n).perSecond)
				}
				slices.Sort(ratios)
				results.size(engine, what, ratios[len(ratios)/2])
			}
		})
	}
}
