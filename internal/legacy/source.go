package legacy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sirenbase/sirenbase/internal/database"
)

// IsOldURL says whether an address can be one of an old database.
func IsOldURL(url string) bool {
	scheme, _, found := strings.Cut(url, "://")
	return found && (scheme == "postgres" || scheme == "postgresql") && database.IsPostgresURL(url)
}

// Read takes a picture of the old database. It changes nothing there, and the
// old system may be in use meanwhile: everything is as it was at one moment.
func Read(ctx context.Context, url string) (old *Old, err error) {
	db, err := database.OpenForeign(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("open the old database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.InReadTx(ctx, func(tx *database.Handle) error {
		old = &Old{}
		return old.read(ctx, tx)
	})
	return old, err
}

// IsOld says whether a database is one of the old system. Ours are not to be
// made in there.
func IsOld(ctx context.Context, db *database.DB) (bool, error) {
	if db.Engine() != database.PostgreSQL {
		return false, nil
	}
	columns, err := selectColumns(ctx, db.Read())
	return err == nil && (layout{columns: columns}).milkPrefix() != "", err
}

func (o *Old) read(ctx context.Context, tx *database.Handle) (err error) {
	if o.Database, err = beginReading(ctx, tx); err != nil {
		return fmt.Errorf("read the old database: %w", err)
	}
	columns, err := selectColumns(ctx, tx)
	if err != nil {
		return fmt.Errorf("read the old database: %w", err)
	}
	l := layout{database: o.Database, columns: columns}
	if err := l.check(); err != nil {
		return err
	}
	o.milk = l.milkPrefix()
	return o.readTables(ctx, tx, l)
}

// layout is which tables and columns the old database has. The system's
// versions differ in them.
type layout struct {
	database string
	columns  map[string][]string // by table
}

// The tables of the milk count had two names over time; the later ones count.
var milkPrefixes = []string{"milk_order_", "milk_count_"}

// milkPrefix is what the names of the milk count's tables begin with, or
// nothing if there are none.
func (l layout) milkPrefix() string {
	for _, prefix := range milkPrefixes {
		if _, found := l.columns[prefix+"milk_types"]; found {
			return prefix
		}
	}
	return ""
}

// check refuses a database that is none of the old system, and says by what.
func (l layout) check() error {
	milk := l.milkPrefix()
	if milk == "" {
		milk = milkPrefixes[len(milkPrefixes)-1]
	}
	for _, t := range sourceTables {
		name := t.in(milk)
		there, found := l.columns[name]
		if !found && t.optional {
			continue
		}
		if !found {
			return fmt.Errorf("%s is not a database of the old SirenBase: it has no table %s", l.database, name)
		}
		for _, c := range t.columns {
			if c.missing == "" && !slices.Contains(there, c.name) {
				return fmt.Errorf("%s is not a database of the old SirenBase: its table %s has no column %s",
					l.database, name, c.name)
			}
		}
	}
	return nil
}

// sourceTable is what is read of one of the old tables.
type sourceTable struct {
	name     string
	milk     bool // has a name that changed; see layout
	optional bool
	columns  []sourceColumn
}

type sourceColumn struct {
	name    string
	as      string // is read as this type
	missing string // what stands for it in versions that lack it; empty: all have it
}

func (t sourceTable) in(milk string) string {
	if t.milk {
		return milk + t.name
	}
	return t.name
}

func (c sourceColumn) expression(there []string) string {
	quoted := `"` + c.name + `"`
	switch {
	case !slices.Contains(there, c.name):
		return c.missing
	case c.as != "":
		return "CAST(" + quoted + " AS " + c.as + ")"
	default:
		return quoted
	}
}

// plain are columns of all versions; text reads ids, enums and uuids alike.
func plain(names ...string) []sourceColumn {
	columns := make([]sourceColumn, len(names))
	for i, name := range names {
		columns[i] = sourceColumn{name: name}
	}
	return columns
}

func text(names ...string) []sourceColumn {
	columns := plain(names...)
	for i := range columns {
		columns[i].as = "text"
	}
	return columns
}

// added are columns that came with a later version.
func added(missing string, names ...string) []sourceColumn {
	columns := plain(names...)
	for i := range columns {
		columns[i].missing = missing
	}
	return columns
}
