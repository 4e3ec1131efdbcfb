package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can go wrong, for errors.Is. The driver's error stays in the chain, and
// so do context.Canceled and context.DeadlineExceeded.
var (
	// ErrNoRows: One or Value found nothing.
	ErrNoRows = sql.ErrNoRows
	// ErrUnique: a row with this key exists.
	ErrUnique = errors.New("unique constraint violated")
	// ErrForeignKey: a row refers to one that does not exist, or one that is
	// referred to was to go.
	ErrForeignKey = errors.New("foreign key constraint violated")
	// ErrCheck: a row breaks a CHECK or NOT NULL constraint.
	ErrCheck = errors.New("check constraint violated")
	// ErrUnavailable: the database cannot be reached, or is too busy to answer
	// in time. The same call may succeed later.
	ErrUnavailable = errors.New("database unavailable")
)

// What only this package acts upon; to everyone else both are ErrUnavailable.
var (
	// errContention: the transaction was given up in favour of another.
	errContention = fmt.Errorf("%w: contention", ErrUnavailable)
	// errLost: the connection turned out to be dead.
	errLost = fmt.Errorf("%w: connection lost", ErrUnavailable)
	// errInterrupted: the driver stopped the statement, as the context asked.
	errInterrupted = errors.New("interrupted")
)

// translate puts the package's own error in front of the driver's.
func (db *DB) translate(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, ErrUnavailable) {
		return err
	}
	kind := classify(err)
	switch stopped := stoppedBy(ctx, err, kind); {
	case errors.Is(stopped, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w: %w", ErrUnavailable, stopped, err)
	case stopped != nil:
		return fmt.Errorf("%w: %w", stopped, err)
	case errors.Is(kind, errLost):
		db.losses.Add(1)
	}
	if kind == nil {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

// stoppedBy returns the context's error if that is what err comes from: the
// drivers have several ways to fail when a context ends in their hands.
func stoppedBy(ctx context.Context, err, kind error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.Is(kind, errLost), errors.Is(kind, errInterrupted), errors.Is(err, sql.ErrTxDone):
		return ctx.Err()
	}
	return nil
}

// classify tells errors apart by code and type, never by text.
func classify(err error) error {
	if fault, ok := errors.AsType[*sqlite.Error](err); ok {
		return classifySQLite(fault.Code())
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return ErrUnavailable
	}
	if fault, ok := errors.AsType[*pgconn.PgError](err); ok {
		return classifyPostgres(fault.Code)
	}
	_, network := errors.AsType[net.Error](err)
	for _, dead := range []error{driver.ErrBadConn, sql.ErrConnDone, pgconn.ErrConnClosed, net.ErrClosed, io.EOF, io.ErrUnexpectedEOF} {
		network = network || errors.Is(err, dead)
	}
	if network {
		return errLost
	}
	return nil
}

func classifySQLite(code int) error {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return ErrUnique
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return ErrForeignKey
	case sqlite3.SQLITE_CONSTRAINT_CHECK, sqlite3.SQLITE_CONSTRAINT_NOTNULL:
		return ErrCheck
	}
	const primary = 0xff // the rest of an extended code says how, not what
	switch code & primary {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL:
		return errContention
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL:
		return ErrUnavailable
	case sqlite3.SQLITE_INTERRUPT:
		return errInterrupted
	}
	return nil
}

func classifyPostgres(code string) error {
	switch code {
	case "23505":
		return ErrUnique
	case "23503", "23001": // foreign_key_violation, restrict_violation
		return ErrForeignKey
	case "23514", "23502": // check_violation, not_null_violation
		return ErrCheck
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return errContention
	case "57014": // query_canceled
		return errInterrupted
	case "53300": // too_many_connections
		return ErrUnavailable
	}
	// 08: connection exception; 57P: the server shuts down, crashed or starts.
	if strings.HasPrefix(code, "08") || strings.HasPrefix(code, "57P") {
		return errLost
	}
	return nil
}
