package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// lockWait is how long a starting program waits for another one's migration.
const lockWait = 5 * time.Minute

// Migrate brings the schema to the version of the program and returns how many
// steps that took. Programs that start at once take turns.
func (db *DB) Migrate(ctx context.Context) (applied int, err error) {
	err = db.migrating(ctx, func(steps *goose.Provider) error {
		done, err := steps.Up(ctx)
		applied = len(done)
		return err
	})
	return applied, err
}

// MigrateTo brings an older schema up to a version, which may not be the
// program's.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	return db.migrating(ctx, func(steps *goose.Provider) error {
		_, err := steps.UpTo(ctx, version)
		return err
	})
}

// MigrateDown takes back the last steps and the data that came with them.
func (db *DB) MigrateDown(ctx context.Context, steps int) (undone int, err error) {
	err = db.migrating(ctx, func(provider *goose.Provider) error {
		target, err := db.versionBelow(ctx, steps)
		if err != nil {
			return err
		}
		done, err := provider.DownTo(ctx, target)
		undone = len(done)
		return err
	})
	return undone, err
}

// versionBelow is the version that the database is at after that many steps
// down; 0 is the empty database.
func (db *DB) versionBelow(ctx context.Context, steps int) (int64, error) {
	applied, err := applied(ctx, db.Read())
	if err != nil || steps >= len(applied) {
		return 0, err
	}
	return applied[len(applied)-1-max(steps, 0)].Version, nil
}

// migrating runs change under the lock, with a database that is not newer than
// the program before it, nor after it: another program may have been at work
// while this one waited.
func (db *DB) migrating(ctx context.Context, change func(*goose.Provider) error) error {
	if err := db.checkNotNewer(ctx); err != nil {
		return err
	}
	if err := db.checkOurs(ctx); err != nil {
		return err
	}
	unlock, err := db.lockFile(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	provider, err := db.provider()
	if err != nil {
		return fmt.Errorf("prepare migrations: %w", err)
	}
	err = change(provider)
	if err = errors.Join(err, provider.Close()); err != nil {
		return fmt.Errorf("migrate: %w", db.translate(ctx, err))
	}
	if err := db.checkForeignKeys(ctx); err != nil {
		return err
	}
	return db.checkNotNewer(ctx)
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, path.Join("migrations", string(db.engine)))
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, db.maintenance(), files, options...)
	}
	// goose waits in whole seconds, five by default.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, uint64(lockWait/time.Second)))
	if err != nil {
		return nil, err
	}
	options = append(options, goose.WithSessionLocker(locker))
	return goose.NewProvider(goose.DialectPostgres, db.maintenance(), files, options...)
}

// lockFile holds a file beside a SQLite database, where goose takes no lock of
// its own. The file stays: to remove it would let two programs in.
func (db *DB) lockFile(ctx context.Context) (unlock func(), err error) {
	if db.engine != SQLite {
		return func() {}, nil
	}
	wait, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	file := flock.New(db.path + ".migrate.lock")
	if _, err := file.TryLockContext(wait, 50*time.Millisecond); err != nil {
		return nil, fmt.Errorf("wait for the migration lock: %w", db.translate(ctx, err))
	}
	return func() { _ = file.Unlock() }, nil
}

// checkForeignKeys makes up for SQLite's migrations running without foreign
// keys; see openSQLite.
func (db *DB) checkForeignKeys(ctx context.Context) error {
	if db.engine != SQLite {
		return nil
	}
	orphans, err := Value[int](ctx, db.Read(), "SELECT count(*) FROM pragma_foreign_key_check")
	if err != nil {
		return fmt.Errorf("check foreign keys after migration: %w", err)
	}
	if orphans > 0 {
		return fmt.Errorf("after the migration %d rows refer to rows that do not exist: restore the backup made before it", orphans)
	}
	return nil
}

// checkOurs refuses a database that holds the tables of another program: the
// variable with its address has the same name in the system that this one
// replaces.
func (db *DB) checkOurs(ctx context.Context) error {
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`
	if db.engine == PostgreSQL {
		query = `SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	tables, err := Values[string](ctx, db.Read(), query)
	if err != nil || len(tables) == 0 || slices.Contains(tables, goose.DefaultTablename) {
		return err
	}
	return fmt.Errorf("DATABASE_URL names the database of another program (it has a table %s): name an empty one", tables[0])
}
