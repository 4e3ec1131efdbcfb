package bench

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// report is what is written into docs/performance.md, by the name of the table.
type report map[string]*strings.Builder

var results = report{}

const document = "../docs/performance.md"

func TestMain(m *testing.M) {
	code := m.Run()
	if len(results) > 0 && code == 0 {
		if err := results.write(document); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// line adds a line to a table, and shows it.
func (r report) line(table, format string, args ...any) {
	if r[table] == nil {
		r[table] = &strings.Builder{}
	}
	fmt.Fprintf(r[table], format+"\n", args...)
	fmt.Printf(format+"\n", args...)
}

// write puts each table between its marks.
func (r report) write(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := string(raw)
	for name, table := range r {
		between := regexp.MustCompile(`(?s)(<!-- ` + name + ` -->\n).*?(<!-- end -->)`)
		if !between.MatchString(text) {
			return fmt.Errorf("%s has no place for %s", path, name)
		}
		text = between.ReplaceAllString(text, "${1}\n"+strings.ReplaceAll(table.String(), "$", "$$")+"\n${2}")
	}
	return os.WriteFile(path, []byte(text), 0o644) //nolint:gosec // a document
}

// machine says what was measured on.
func (r report) machine() {
	if r["machine"] != nil {
		return
	}
	r.line("machine", "%s, %s, %d cores of %s. PostgreSQL %s and wrk on the same machine.",
		time.Now().Format(time.DateOnly), runtime.Version(), runtime.NumCPU(), processor(), postgresVersion())
}

func processor() string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer file.Close() //nolint:errcheck // read only
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, found := strings.CutPrefix(lines.Text(), "model name\t: "); found {
			return name
		}
	}
	return runtime.GOARCH
}

func postgresVersion() string {
	out, err := exec.Command("psql", "--version").Output()
	if err != nil {
		return "of unknown version"
	}
	return strings.Fields(string(out))[2]
}

// streamResult is what BenchmarkStreams found.
type streamResult struct {
	alone, with, besides latency
	each                 int64 // bytes
}

func (r report) streams(engine database.Engine, got streamResult) {
	if r["streams"] == nil {
		r.line("streams", "| engine | memory a stream | a write, nobody looks on | %d look on | and %d more never read |", openStreams, whoDoNotRead)
		r.line("streams", "|---|---|---|---|---|")
	}
	r.machine()
	r.line("streams", "| %s | %d KiB | %s | %s | %s |", engine, got.each>>10, got.alone, got.with, got.besides)
}

func (l latency) String() string {
	return fmt.Sprintf("%.1f ms, p99 %.1f", milliseconds(l.p50), milliseconds(l.p99))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (r report) floor(what scenario, c comparison) {
	if r["floor"] == nil {
		r.line("floor", "| request | PostgreSQL | p50, p99 | floor | ratio | target | SQLite | p50, p99 |")
		r.line("floor", "|---|---|---|---|---|---|---|---|")
	}
	r.machine()
	target := "–"
	if what.target > 0 {
		target = fmt.Sprintf("%.2f", what.target)
	}
	r.line("floor", "| %s | %.0f/s | %s | %.0f/s | **%.2f** | %s | %.0f/s | %s |",
		what.name, c.postgres.perSecond, c.postgres, c.floor, c.ratio(), target, c.sqlite.perSecond, c.sqlite)
}

func (r rate) String() string { return fmt.Sprintf("%.1f, %.1f ms", r.p50, r.p99) }

func (r report) process(engine database.Engine, m *measured) {
	if r["process"] == nil {
		r.line("process", "| engine | ready after | memory (RSS), the most after any round |")
		r.line("process", "|---|---|---|")
	}
	r.line("process", "| %s | %.0f ms | %d MB |", engine, milliseconds(m.server.ready), m.most/1_000_000)
}

func (r report) size(engine database.Engine, what scenario, ratio float64) {
	if r["size"] == nil {
		r.line("size", "| engine | request | cost in the large database : in the small one |")
		r.line("size", "|---|---|---|")
	}
	r.machine()
	r.line("size", "| %s | %s | %.2f |", engine, what.name, ratio)
}
