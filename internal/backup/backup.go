// Package backup writes all that a database holds into one file, and puts it
// back, into the same engine or into the other.
//
// An archive is a tar file, compressed with zstd: manifest.json, and then for
// each table tables/NAME.jsonl with one JSON array a row. Rows stand in the
// order of their primary key and values in the order of the column names, in a
// form that is the same whichever engine they come from, so that the same data
// has the same checksums. At the end, in a frame that zstd skips, stands the
// SHA-256 of all bytes before it: restoring begins with reading the whole file,
// and changes nothing unless every byte is as it was written.
//
// The keys are not in it. Without SECRET_KEY no PIN works, and without its
// backup no key helps: they are kept in two places, on purpose.
package backup

import (
	"github.com/sirenbase/sirenbase/internal/database"
)

// format is the version of the archive itself; the schema has its own.
const format = 1

// What the entries of an archive are called.
const manifestName = "manifest.json"

func entryName(table string) string { return "tables/" + table + ".jsonl" }

// maxLine bounds a row, and with it what reading takes of memory.
const maxLine = 8 << 20

// Manifest says what an archive holds.
type Manifest struct {
	Format  int             `json:"format"`
	Program string          `json:"program"` // the version that made it
	Schema  int64           `json:"schema"`
	Engine  database.Engine `json:"engine"`
	MadeAt  string          `json:"made_at"`
	Tables  []Table         `json:"tables"`
}

// Rows is how many rows there are in all tables.
func (m Manifest) Rows() int64 {
	var n int64
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Table is one table, and what is in it.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"` // by name
	Content
	key []string // the columns of the primary key, in its order
}

// Content tells whether two tables hold the same.
type Content struct {
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Column is one column.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Progress is told of each table before it is written or loaded.
type Progress func(Table)

func (p Progress) tell(t Table) {
	if p != nil {
		p(t)
	}
}
