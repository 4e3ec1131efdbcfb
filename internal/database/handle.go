package database

import (
	"context"
	"database/sql"
	"errors"
)

// statements is what a pool and a transaction have in common.
type statements interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Handle runs statements, on the pool or in a transaction. In a transaction it
// is for one goroutine at a time.
type Handle struct {
	db   *DB
	on   statements
	inTx bool
	// afterCommit is what is to be done once the transaction holds.
	afterCommit []func()
	// failed is the first failed statement of a transaction.
	failed error
}

// Row is one row of a result.
type Row interface{ Scan(dest ...any) error }

// Engine says which engine the handle runs on.
func (h *Handle) Engine() Engine { return h.db.engine }

// Exec runs a statement and returns the number of rows it affected.
func (h *Handle) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	h.db.statements.Add(1)
	result, err := h.target(ctx).ExecContext(ctx, query, args...)
	if err != nil {
		return 0, h.fail(ctx, err)
	}
	affected, err := result.RowsAffected()
	if err != nil {
		return 0, h.fail(ctx, err)
	}
	return affected, nil
}

// All collects every row of a query. The slice is empty, not nil, when there
// are none.
func All[T any](ctx context.Context, h *Handle, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	all, err := collect(ctx, h, scan, -1, query, args)
	if h.mayRepeat(ctx, err) {
		all, err = collect(ctx, h, scan, -1, query, args)
	}
	return all, err
}

// Each hands the rows of a query to visit one at a time, so that there may be
// more of them than fit into memory.
func Each(ctx context.Context, h *Handle, visit func(Row) error, query string, args ...any) error {
	_, err := collect(ctx, h, func(row Row) (struct{}, error) { return struct{}{}, visit(row) }, -1, query, args)
	return err
}

// One returns the first row of a query, or ErrNoRows when there is none.
func One[T any](ctx context.Context, h *Handle, scan func(Row) (T, error), query string, args ...any) (T, error) {
	first, err := collect(ctx, h, scan, 1, query, args)
	if h.mayRepeat(ctx, err) {
		first, err = collect(ctx, h, scan, 1, query, args)
	}
	if err == nil && len(first) == 0 {
		err = ErrNoRows
	}
	if err != nil {
		var none T
		return none, err
	}
	return first[0], nil
}

// Value returns the single column of a query's first row: a count, an id.
func Value[T any](ctx context.Context, h *Handle, query string, args ...any) (T, error) {
	return One(ctx, h, func(row Row) (T, error) {
		var value T
		err := row.Scan(&value)
		return value, err
	}, query, args...)
}

// Values collects the single column of a query.
func Values[T any](ctx context.Context, h *Handle, query string, args ...any) ([]T, error) {
	return All(ctx, h, func(row Row) (T, error) {
		var value T
		err := row.Scan(&value)
		return value, err
	}, query, args...)
}

// collect scans up to limit rows, or all of them if it is negative.
func collect[T any](ctx context.Context, h *Handle, scan func(Row) (T, error), limit int, query string, args []any) ([]T, error) {
	h.db.statements.Add(1)
	rows, err := h.target(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return nil, h.fail(ctx, err)
	}
	defer rows.Close()
	all := []T{}
	for len(all) != limit && rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	// Closing drains the rest, and a statement may fail as late as there.
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, h.fail(ctx, err)
	}
	return all, nil
}

// fail translates a driver's error and remembers that a statement failed.
func (h *Handle) fail(ctx context.Context, err error) error {
	err = h.db.translate(ctx, err)
	if h.inTx && h.failed == nil {
		h.failed = err
	}
	return err
}

// mayRepeat says whether a query that failed may be sent once more: it met a
// dead connection, and stands alone.
func (h *Handle) mayRepeat(ctx context.Context, err error) bool {
	return !h.inTx && errors.Is(err, errLost) && ctx.Err() == nil
}
