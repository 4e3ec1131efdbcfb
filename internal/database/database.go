// Package database opens SQLite or PostgreSQL by URL and runs one SQL text on
// either: a pool and a transaction are used through the same Handle, driver
// errors are told apart once, by code, and the schema is brought up to date by
// the migrations that are compiled in.
//
// The SQL is numbered in the style of PostgreSQL ($1, $2, in order of
// appearance). What the engines do not share is small and lives here: how they
// lock (SkipLocked, ForUpdate) and how they keep an instant (Instant).
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Engine names what keeps the data.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// SkipLocked is the clause that makes a SELECT inside an UPDATE pass over rows
// that another transaction holds; empty on SQLite, which has one writer.
func (e Engine) SkipLocked() string {
	if e == PostgreSQL {
		return "FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// ForUpdate is the clause that makes a SELECT hold its rows until the
// transaction ends; empty on SQLite, where InTx holds the whole database.
func (e Engine) ForUpdate() string {
	if e == PostgreSQL {
		return "FOR UPDATE"
	}
	return ""
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	// On SQLite the writer is one connection and the readers are several; on
	// PostgreSQL both are the same pool.
	writer, reader *sql.DB
	// path is the file's name, on SQLite.
	path string
	// maintenance opens the pool that migrations run on.
	maintenance func() *sql.DB
	// poolWait bounds how long a transaction waits for a connection.
	poolWait time.Duration
	// attempts bounds how often a transaction is run.
	attempts int
	// losses counts the connections seen to be dead; see openPostgres.
	losses atomic.Int64
	// listeners are those of this process, on SQLite.
	listeners sync.Map // *listener → nil
	// statements counts what handles sent.
	statements atomic.Int64
}

// Statements is how many statements were sent so far, BEGIN and COMMIT left out.
func (db *DB) Statements() int64 { return db.statements.Load() }

// Open opens the database that url names: postgres://…, postgresql://… or
// sqlite:PATH. A SQLite file that does not exist is created. Open does not
// migrate.
func Open(ctx context.Context, url string) (*DB, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest, busyTimeout)
	case "postgres", "postgresql":
		return openPostgres(ctx, url)
	default:
		// The URL may hold a password, so it is not repeated here.
		return nil, errors.New("database URL must begin with sqlite: or postgres://")
	}
}

// Pools are the pools of connections by what they are for, to be measured;
// statements go through a Handle.
func (db *DB) Pools() map[string]*sql.DB {
	if db.reader == db.writer {
		return map[string]*sql.DB{"main": db.writer}
	}
	return map[string]*sql.DB{"writer": db.writer, "reader": db.reader}
}

// Close closes every connection. Of SQLite's, the writer is the last to go, so
// that it is the one that folds the write-ahead log into the file.
func (db *DB) Close() error {
	var err error
	if db.reader != db.writer {
		err = db.reader.Close()
	}
	if err = errors.Join(err, db.writer.Close()); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// Engine says which engine db runs on.
func (db *DB) Engine() Engine { return db.engine }

// Ping checks that the database can be reached.
func (db *DB) Ping(ctx context.Context) error {
	return db.translate(ctx, db.reader.PingContext(ctx))
}

// Read returns a handle for statements outside a transaction. They may only
// read: on SQLite a write is refused, and on PostgreSQL a query that met a dead
// connection is sent once more.
func (db *DB) Read() *Handle {
	return &Handle{db: db, on: db.reader}
}
