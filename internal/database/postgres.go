package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// oldestPostgres is the oldest major version that the SQL is tested on.
const oldestPostgres = 15

func openPostgres(ctx context.Context, url string) (*DB, error) {
	db, err := connectPostgres(url)
	if err != nil {
		return nil, err
	}
	if err := db.checkVersion(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// OpenForeign opens a PostgreSQL database that is not ours, only to be read. It
// may be older than ours must be, and in another encoding.
func OpenForeign(ctx context.Context, url string) (*DB, error) {
	db, err := connectPostgres(url)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func connectPostgres(url string) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "sirenbase"
	}
	// now() and text forms of an instant do not depend on the server's zone.
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["client_encoding"] = "UTF8"

	db := &DB{engine: PostgreSQL, poolWait: 10 * time.Second, attempts: 10}
	pool := postgresPool(config, db)
	db.writer, db.reader = pool, pool
	db.maintenance = func() *sql.DB { return postgresPool(config, db) }
	return db, nil
}

func postgresPool(config *pgx.ConnConfig, db *DB) *sql.DB {
	pool := stdlib.OpenDB(*config,
		stdlib.OptionAfterConnect(func(_ context.Context, conn *pgx.Conn) error {
			conn.PgConn().CustomData()[seenLosses] = db.losses.Load()
			return nil
		}),
		stdlib.OptionShouldPing(db.suspect),
	)
	pool.SetMaxOpenConns(poolSize())
	pool.SetMaxIdleConns(poolSize())
	// A server behind a balancer, or one that was failed over, gets its share
	// of connections within this time.
	pool.SetConnMaxLifetime(30 * time.Minute)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool
}

// poolSize is how many connections a node has, one of which listens for events.
// More of them make PostgreSQL slower and not faster: what waits for one waits
// here, where that costs nothing.
func poolSize() int { return max(8, 4*runtime.GOMAXPROCS(0)) }

// seenLosses keys the count of losses that a connection has outlived.
const seenLosses = "losses"

// suspect says whether a pooled connection must prove that it lives before it
// is used: after a second of rest, and once after any connection was lost, since
// a server that went away took all of them with it.
func (db *DB) suspect(_ context.Context, use stdlib.ShouldPingParams) bool {
	data, losses := use.Conn.PgConn().CustomData(), db.losses.Load()
	unproven := data[seenLosses] != losses
	data[seenLosses] = losses
	return unproven || use.IdleDuration > time.Second
}

func (db *DB) checkVersion(ctx context.Context) error {
	number, err := Value[int](ctx, db.Read(), "SELECT current_setting('server_version_num')::int")
	if err != nil {
		return fmt.Errorf("open PostgreSQL: %w", err)
	}
	if err := checkMajor(number / 10000); err != nil {
		return err
	}
	encoding, err := Value[string](ctx, db.Read(), "SELECT current_setting('server_encoding')")
	if err != nil {
		return fmt.Errorf("open PostgreSQL: %w", err)
	}
	return checkEncoding(encoding)
}

// checkEncoding refuses a database that would keep the bytes of names as some
// other letters, and show them so to everybody else.
func checkEncoding(encoding string) error {
	if encoding != "UTF8" {
		return fmt.Errorf("the database is encoded in %s: create it with ENCODING 'UTF8'", encoding)
	}
	return nil
}

func checkMajor(version int) error {
	if version < oldestPostgres {
		return fmt.Errorf("PostgreSQL %d is too old: version %d or newer is needed", version, oldestPostgres)
	}
	return nil
}

// IsPostgresURL says whether the driver can read an address.
func IsPostgresURL(url string) bool {
	_, err := pgx.ParseConfig(url)
	return err == nil
}
