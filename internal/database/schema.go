package database

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*/*.sql
var migrationFiles embed.FS

// Migration is one step of the schema.
type Migration struct {
	Version   int64
	Name      string
	Applied   bool
	AppliedAt time.Time
}

// Migrations lists every step that the program knows and every one that the
// database has been through, by version. It changes nothing.
func (db *DB) Migrations(ctx context.Context) ([]Migration, error) {
	all, err := db.known()
	if err != nil {
		return nil, err
	}
	applied, err := applied(ctx, db.Read())
	if err != nil {
		return nil, fmt.Errorf("read applied migrations: %w", err)
	}
	for _, done := range applied {
		i := slices.IndexFunc(all, func(m Migration) bool { return m.Version == done.Version })
		if i < 0 {
			all = append(all, done)
			continue
		}
		all[i].Applied, all[i].AppliedAt = true, done.AppliedAt
	}
	slices.SortFunc(all, func(a, b Migration) int { return cmp.Compare(a.Version, b.Version) })
	return all, nil
}

// CheckSchema returns nil if the database has been through all that the program
// knows, and otherwise says in one line what to do. A program that serves already
// may go on with a newer database: while nodes are upgraded one by one, the first
// of them migrates it for all. To start on one is refused by Migrate.
func (db *DB) CheckSchema(ctx context.Context) error {
	all, err := db.Migrations(ctx)
	if err != nil {
		return err
	}
	var pending []string
	for _, m := range all {
		if !m.Applied {
			pending = append(pending, fmt.Sprintf("%d %s", m.Version, m.Name))
		}
	}
	if len(pending) > 0 {
		return fmt.Errorf("the database lacks %d migrations (%s): run `sirenbase migrate`",
			len(pending), strings.Join(pending, ", "))
	}
	return nil
}

// checkNotNewer refuses a database that has been through a step that the
// program does not know.
func (db *DB) checkNotNewer(ctx context.Context) error {
	all, err := db.Migrations(ctx)
	if err != nil {
		return err
	}
	return db.refuseNewer(all[len(all)-1].Version)
}

func (db *DB) refuseNewer(version int64) error {
	newest, err := db.NewestSchema()
	if err == nil && version > newest {
		err = fmt.Errorf("the database is newer than this program (version %d, the program knows %d): "+
			"run a newer sirenbase, or restore the backup made before the upgrade", version, newest)
	}
	return err
}

// NewestSchema is the version of the schema that the program works with.
func (db *DB) NewestSchema() (int64, error) {
	known, err := db.known()
	if err != nil {
		return 0, err
	}
	return known[len(known)-1].Version, nil
}

// SchemaVersion is the newest step that the database has been through, as the
// transaction sees it; 0 before the first one. A database that is newer than the
// program is refused.
func (h *Handle) SchemaVersion(ctx context.Context) (int64, error) {
	applied, err := applied(ctx, h)
	if err != nil || len(applied) == 0 {
		return 0, err
	}
	version := applied[len(applied)-1].Version
	return version, h.db.refuseNewer(version)
}

// known lists the steps that are compiled in, by version.
func (db *DB) known() ([]Migration, error) {
	files, err := fs.Glob(migrationFiles, path.Join("migrations", string(db.engine), "*.sql"))
	if err != nil {
		return nil, err
	}
	known := make([]Migration, 0, len(files))
	for _, file := range files {
		version, err := goose.NumericComponent(file)
		if err != nil {
			return nil, err
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".sql"), "_")
		known = append(known, Migration{Version: version, Name: name})
	}
	return known, nil
}

// applied lists the steps that the database has been through. The table that
// holds them belongs to goose, and is not there before the first one.
func applied(ctx context.Context, h *Handle) ([]Migration, error) {
	exists := "SELECT count(*) FROM sqlite_schema WHERE name = $1"
	if h.Engine() == PostgreSQL {
		exists = "SELECT count(*) FROM pg_class WHERE oid = to_regclass($1)"
	}
	tables, err := Value[int](ctx, h, exists, goose.DefaultTablename)
	if err != nil || tables == 0 {
		return nil, err
	}
	return All(ctx, h, func(row Row) (m Migration, err error) {
		m.Name, m.Applied = "unknown", true
		err = row.Scan(&m.Version, ScanInstant(&m.AppliedAt))
		return m, err
	}, "SELECT version_id, tstamp FROM "+goose.DefaultTablename+" WHERE version_id > 0 ORDER BY version_id")
}
