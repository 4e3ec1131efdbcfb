package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// floor is what pgbench sends for one scenario: the statements of the server,
// as the log of the database has them.
type floor struct {
	script    string
	constants map[string]string // the values of variables
}

// record turns what the server sends for a request into a floor.
func record(tb testing.TB, cluster *dbtest.Cluster, s *server, here shop, what scenario) floor {
	tb.Helper()
	p := here.partners[0]
	f := floor{
		script:    fmt.Sprintf("\\set partner random(%d, %d)\n", firstPartner, firstPartner+connections-1),
		constants: map[string]string{},
	}
	names := map[string]string{p.id: ":partner"}
	returned := map[string]bool{}
	for _, one := range sent(tb, cluster, func() { s.send(p.token, what.request(p, here)) }) {
		f.add(one, names, returned)
	}
	return f
}

var (
	freshID   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	insertion = regexp.MustCompile(`^INSERT INTO \w+ \(([^)]*)\) VALUES`)
	returning = regexp.MustCompile(`RETURNING (\w+)$`)
	parameter = regexp.MustCompile(`\$(\d+)`)
)

// add adds a statement with variables in place of its parameters.
func (f *floor) add(one statement, names map[string]string, returned map[string]bool) {
	var columns []string
	if match := insertion.FindStringSubmatch(one.sql); match != nil {
		columns = strings.Split(match[1], ", ")
	}
	sql := parameter.ReplaceAllStringFunc(one.sql, func(found string) string {
		n, _ := strconv.Atoi(found[1:])
		value := one.parameters[n-1]
		switch {
		case len(columns) >= n && returned[columns[n-1]]: // an earlier statement has answered it
			return ":" + columns[n-1]
		case names[value] != "":
			return names[value]
		case value == "": // no variable can be empty
			return "''"
		}
		name := fmt.Sprintf("v%d", len(names))
		names[value] = ":" + name
		if freshID.MatchString(value) && what(columns, n) == "id" {
			f.script = `\set ` + name + " random(1, 9000000000000000000)\n" + f.script
		} else {
			f.constants[name] = value
		}
		return names[value]
	})
	end := ";\n"
	if match := returning.FindStringSubmatch(sql); match != nil {
		returned[match[1]] = true
		end = ` \gset` + "\n"
	}
	f.script += sql + end
}

// what is the column that a parameter of an INSERT is for.
func what(columns []string, n int) string {
	if len(columns) < n {
		return ""
	}
	return columns[n-1]
}

var perSecond = regexp.MustCompile(`tps = ([\d.]+)`)

// run has pgbench send the floor, each partner's as often as another's.
func (f floor) run(tb testing.TB, cluster *dbtest.Cluster, seconds int) float64 {
	tb.Helper()
	args := []string{"-n", "-M", "prepared", "-c", strconv.Itoa(connections), "-j", "1", "-T", strconv.Itoa(seconds)}
	for name, value := range f.constants {
		args = append(args, "-D", name+"="+value)
	}
	dir, err := os.MkdirTemp("", "floor") // that of the test may not be read by the user that pgbench runs as
	if err != nil {
		tb.Fatal(err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a few small files
	file := filepath.Join(dir, "floor.sql")
	if err := os.WriteFile(file, []byte(f.script), 0o600); err != nil {
		tb.Fatal(err)
	}
	out, err := cluster.Command("pgbench", append(args, "-f", file)...).CombinedOutput()
	match := perSecond.FindSubmatch(out)
	if err != nil || match == nil || strings.Contains(string(out), "aborted") {
		tb.Fatalf("pgbench: %v\n%s\n%s", err, out, f.script)
	}
	tps, _ := strconv.ParseFloat(string(match[1]), 64)
	return tps
}

// statement is one of the server's.
type statement struct {
	sql        string
	parameters []string
}

var (
	space = regexp.MustCompile(`\s+`)
	// logged is a statement in the database's log, and the line with its
	// parameters; both may go on for several lines.
	logged = regexp.MustCompile(`(?m)^.*LOG:  duration: \S+ ms  (?:execute [^:]+|statement): (.*(?:\n\t.*)*)\n(?:.*DETAIL:  parameters: (.*(?:\n\t.*)*))?`)
	given  = regexp.MustCompile(`\$\d+ = (?:'((?:[^']|'')*)'|(NULL))`)
)

// sent is what the server sends to the database while something is done.
func sent(tb testing.TB, cluster *dbtest.Cluster, do func()) []statement {
	tb.Helper()
	psql(tb, cluster, "ALTER SYSTEM SET log_min_duration_statement = 0", "SELECT pg_reload_conf()")
	defer psql(tb, cluster, "ALTER SYSTEM RESET log_min_duration_statement", "SELECT pg_reload_conf()")
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); { // until the setting has arrived
		do()
		before := len(cluster.Said())
		do()
		if all := read(tb, cluster, before); len(all) > 0 {
			return all
		}
	}
	tb.Fatal("the database logs no statements")
	return nil
}

// read waits for the log, which is written in order, and reads what is new in it.
func read(tb testing.TB, cluster *dbtest.Cluster, from int) []statement {
	tb.Helper()
	const marker = "SELECT 'that was all'"
	psql(tb, cluster, "SET log_min_duration_statement = 0", marker)
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(cluster.Said()[from:], marker); {
		if time.Now().After(deadline) {
			tb.Fatal("the database logs nothing")
		}
	}
	text, _, _ := strings.Cut(cluster.Said()[from:], marker)
	var all []statement
	for _, match := range logged.FindAllStringSubmatch(text, -1) {
		one := statement{sql: strings.TrimSpace(space.ReplaceAllString(match[1], " "))}
		for _, value := range given.FindAllStringSubmatch(match[2], -1) {
			one.parameters = append(one.parameters, strings.ReplaceAll(value[1], "''", "'"))
		}
		if one.sql != "-- ping" && !strings.HasPrefix(one.sql, "SET ") {
			all = append(all, one)
		}
	}
	return all
}

func psql(tb testing.TB, cluster *dbtest.Cluster, statements ...string) {
	tb.Helper()
	args := []string{"-q", "-o", os.DevNull}
	for _, one := range statements {
		args = append(args, "-c", one)
	}
	if out, err := cluster.Command("psql", args...).CombinedOutput(); err != nil {
		tb.Fatalf("psql: %v\n%s", err, out)
	}
}
