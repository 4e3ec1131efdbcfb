package database

import (
	"context"
	"errors"
	"fmt"
)

// outerTx is a transaction that everything done with its context becomes a part
// of.
type outerTx struct {
	handle *Handle
	// broken is why the whole transaction cannot go on.
	broken error
}

type outerKey struct{}

func (db *DB) outer(ctx context.Context) *outerTx {
	outer, _ := ctx.Value(outerKey{}).(*outerTx)
	if outer == nil || outer.handle.db != db {
		return nil
	}
	return outer
}

// InOuterTx is InTx for work that knows nothing of it: every transaction and
// every query that is given the context of fn is a part of this one. A part that
// fails is undone for itself; its error is for fn to see, and does not undo what
// fn does beside it.
func (db *DB) InOuterTx(ctx context.Context, fn func(ctx context.Context, tx *Handle) error) error {
	return db.InTx(ctx, func(tx *Handle) error {
		outer := &outerTx{handle: tx}
		err := fn(context.WithValue(ctx, outerKey{}, outer), tx)
		if outer.broken != nil {
			return outer.broken // contention among them: all of it is run again
		}
		return err
	})
}

// part runs fn as a part of the transaction.
func (o *outerTx) part(ctx context.Context, fn func(tx *Handle) error) error {
	if o.broken != nil {
		return o.broken
	}
	if err := o.exec(ctx, "SAVEPOINT part"); err != nil {
		return err
	}
	part := &Handle{db: o.handle.db, on: o.handle.on, inTx: true}
	err := fn(part)
	switch {
	case errors.Is(part.failed, errContention), errors.Is(part.failed, errLost):
		o.broken = part.failed
		return o.broken
	case err == nil && part.failed != nil:
		err = fmt.Errorf("transaction went on after a failed statement: %w", part.failed)
	}
	if err != nil {
		if undoErr := o.exec(ctx, "ROLLBACK TO SAVEPOINT part"); undoErr != nil {
			return errors.Join(err, undoErr)
		}
	}
	if err == nil {
		o.handle.afterCommit = append(o.handle.afterCommit, part.afterCommit...)
	}
	return errors.Join(err, o.exec(ctx, "RELEASE SAVEPOINT part"))
}

func (o *outerTx) exec(ctx context.Context, statement string) error {
	if _, err := o.handle.on.ExecContext(ctx, statement); err != nil {
		o.broken = o.handle.db.translate(ctx, err)
		return o.broken
	}
	return nil
}

// target is what a statement runs on: a query outside of any transaction joins
// the one of its context.
func (h *Handle) target(ctx context.Context) statements {
	if !h.inTx {
		if outer := h.db.outer(ctx); outer != nil {
			return outer.handle.on
		}
	}
	return h.on
}
