package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// InTx runs fn in a read-write transaction and commits it, unless fn returns an
// error or panics. When the database gives up the transaction in favour of
// another one, fn is run again, so it must have no effect but its statements.
//
// On PostgreSQL the transaction is READ COMMITTED: what fn read may have changed
// by the time it writes, so a value is read for writing with ForUpdate, or the
// write is guarded by a condition and its affected rows. After a failed
// statement the transaction is over on both engines, even if fn returns nil.
//
// InTx must not be called inside fn. On SQLite it would wait for itself, and
// fails after ten seconds. With the context of an InOuterTx it is a part of that.
func (db *DB) InTx(ctx context.Context, fn func(tx *Handle) error) error {
	if outer := db.outer(ctx); outer != nil {
		return outer.part(ctx, fn)
	}
	var options sql.TxOptions
	if db.engine == PostgreSQL {
		options.Isolation = sql.LevelReadCommitted
	}
	return db.transact(ctx, db.writer, &options, fn)
}

// InReadTx runs fn in a transaction that only reads: every statement sees the
// database as it was at the first one. Writers go on beside it.
func (db *DB) InReadTx(ctx context.Context, fn func(tx *Handle) error) error {
	if outer := db.outer(ctx); outer != nil {
		return outer.part(ctx, fn)
	}
	options := sql.TxOptions{ReadOnly: true}
	if db.engine == PostgreSQL {
		options.Isolation = sql.LevelRepeatableRead
	}
	return db.transact(ctx, db.reader, &options, fn)
}

func (db *DB) transact(ctx context.Context, pool *sql.DB, options *sql.TxOptions, fn func(*Handle) error) error {
	return retry(ctx, db.attempts, func() error {
		err := db.attempt(ctx, pool, options, fn)
		if errors.Is(err, errStale) && ctx.Err() == nil {
			// Nothing was sent yet; the next connection is a proven one.
			err = db.attempt(ctx, pool, options, fn)
		}
		return err
	})
}

// errStale marks a transaction that could not begin because its connection was
// dead.
var errStale = errors.New("could not begin")

func (db *DB) attempt(ctx context.Context, pool *sql.DB, options *sql.TxOptions, fn func(*Handle) error) error {
	conn, err := db.connection(ctx, pool)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool, which sees what is wrong with it
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		if err = db.translate(ctx, err); errors.Is(err, errLost) {
			err = fmt.Errorf("%w: %w", errStale, err)
		}
		return fmt.Errorf("begin: %w", err)
	}
	// After a commit this does nothing; otherwise, and on a panic too, it is
	// what ends the transaction.
	defer tx.Rollback()

	handle := &Handle{db: db, on: tx, inTx: true}
	if err := fn(handle); err != nil {
		return err
	}
	if handle.failed != nil {
		return fmt.Errorf("transaction went on after a failed statement: %w", handle.failed)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", db.translate(ctx, err))
	}
	for _, do := range handle.afterCommit {
		do()
	}
	return nil
}

// connection takes a connection from the pool, but does not wait for one
// forever: a full pool is better reported than suffered.
func (db *DB) connection(ctx context.Context, pool *sql.DB) (*sql.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, db.poolWait)
	defer cancel()
	conn, err := pool.Conn(wait)
	if err != nil {
		return nil, fmt.Errorf("wait for a database connection: %w", db.translate(ctx, err))
	}
	return conn, nil
}

// retry runs attempt until it meets no contention, pausing a random and growing
// while in between so that those who collided do not collide again.
func retry(ctx context.Context, attempts int, attempt func() error) error {
	pause := 5 * time.Millisecond
	for n := 1; ; n++ {
		err := attempt()
		if n == attempts || !errors.Is(err, errContention) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(rand.N(pause) + pause/2): //nolint:forbidigo // the others' transactions go by real time
		}
		pause = min(2*pause, 500*time.Millisecond)
	}
}
