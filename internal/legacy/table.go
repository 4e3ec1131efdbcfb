package legacy

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// table is one of ours with the rows that it is to get. A row has the values of
// the columns; the store's id, which every table has, is not among them, so
// that the same rows are the same whichever store they come to.
type table struct {
	name    string
	from    string // the old table that the rows were read from; empty: worked out from others
	read    int    // how many were read of it
	store   string // the column of the store's id
	columns []column
	rows    [][]any
	// itself is a column that refers to the table's own rows.
	itself string
	// replaces: the rows come in the place of those that a store begins with,
	// unless there are none.
	replaces bool
	// follows: the store has the rows already; they only have to be as these.
	follows bool
}

type column struct {
	name string
	kind kind
}

// kind is what the values of a column are: nil, or a string, an int64, a bool
// or a time; a date is a string.
type kind int

const (
	words kind = iota
	number
	truth
	instant
	date
)

// columnsOf reads a list of names with their kinds: "id name", "active:truth".
func columnsOf(list string) []column {
	kinds := map[string]kind{"": words, "number": number, "truth": truth, "instant": instant, "date": date}
	var columns []column
	for _, field := range strings.Fields(list) {
		name, kindName, _ := strings.Cut(field, ":")
		columns = append(columns, column{name, kinds[kindName]})
	}
	return columns
}

func (t *table) columnNames() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// index is the place of a column.
func (t *table) index(name string) int { return slices.Index(t.columnNames(), name) }

func (t *table) add(values ...any) { t.rows = append(t.rows, values) }

// kept says whether the store keeps the rows that it begins with.
func (t *table) kept() bool { return t.replaces && len(t.rows) == 0 }

// scanner returns what to scan a value of the kind with, and how to get it then.
func (k kind) scanner() (dest any, value func() any) {
	switch k {
	case number:
		var n *int64
		return &n, func() any { return orNull(n) }
	case truth:
		var b *bool
		return &b, func() any { return orNull(b) }
	case instant:
		var t *time.Time
		return database.ScanNullInstant(&t), func() any { return orNull(t) }
	case date:
		var d string
		return database.ScanDate(&d), func() any { return d }
	default:
		var s *string
		return &s, func() any { return orNull(s) }
	}
}

// checksum is the same for the same rows, whatever their order.
func checksum(rows [][]any) string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = canonical(row)
	}
	slices.Sort(lines)
	hash := sha256.New()
	for _, line := range lines {
		hash.Write([]byte(line + "\n"))
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// canonical writes a row so that different rows look different.
func canonical(row []any) string {
	var line []byte
	for _, value := range row {
		switch v := value.(type) {
		case nil:
			line = append(line, "null"...)
		case string:
			line = strconv.AppendQuote(line, v)
		case int:
			line = strconv.AppendInt(line, int64(v), 10)
		case int64:
			line = strconv.AppendInt(line, v, 10)
		case bool:
			line = strconv.AppendBool(line, v)
		case time.Time:
			line = v.UTC().AppendFormat(line, time.RFC3339Nano)
		}
		line = append(line, ',')
	}
	return string(line)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
