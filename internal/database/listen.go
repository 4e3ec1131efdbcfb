package database

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/jackc/pgx/v5/stdlib"
)

// Notify tells whoever listens on the channel, on any node, once the transaction
// is committed. On SQLite there is this node alone.
func (h *Handle) Notify(ctx context.Context, channel, payload string) error {
	if h.db.engine == SQLite {
		h.afterCommit = append(h.afterCommit, func() { h.db.tell(channel, payload) })
		return nil
	}
	_, err := h.Exec(ctx, `SELECT pg_notify($1, $2)`, channel, payload)
	return err
}

// Listen calls heard for what is notified on a channel, until the context ends
// or the connection is lost. It must be called again then; what was notified
// meanwhile is lost. heard must not wait for anything.
func (db *DB) Listen(ctx context.Context, channel string, heard func(payload string)) error {
	if db.engine == SQLite {
		defer db.hear(channel, heard)()
		<-ctx.Done()
		return ctx.Err()
	}
	conn, err := db.connection(ctx, db.writer)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it is thrown away below
	return conn.Raw(func(driverConn any) error {
		pg := driverConn.(*stdlib.Conn).Conn()
		if _, err := pg.Exec(ctx, `LISTEN `+channel); err != nil {
			return fmt.Errorf("listen: %w", db.translate(ctx, err))
		}
		for {
			notification, err := pg.WaitForNotification(ctx)
			if err != nil {
				// The connection still listens: nobody else may have it.
				return fmt.Errorf("%w: listen: %w", driver.ErrBadConn, db.translate(ctx, err))
			}
			heard(notification.Payload)
		}
	})
}

// listener is somebody in this process who listens.
type listener struct {
	channel string
	heard   func(payload string)
}

func (db *DB) hear(channel string, heard func(string)) (stop func()) {
	l := &listener{channel, heard}
	db.listeners.Store(l, nil)
	return func() { db.listeners.Delete(l) }
}

func (db *DB) tell(channel, payload string) {
	db.listeners.Range(func(key, _ any) bool {
		if l := key.(*listener); l.channel == channel {
			l.heard(payload)
		}
		return true
	})
}
