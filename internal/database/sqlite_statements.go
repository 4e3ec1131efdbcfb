package database

import (
	"context"
	"database/sql/driver"
	"errors"
)

const (
	// keptStatements is how many prepared statements a connection keeps. A room has
	// some dozen; those whose text depends on a number of rows come on top.
	keptStatements = 128
	// keptLength is up to which length of its text a statement is worth keeping:
	// longer ones insert many rows, and take their time anyway.
	keptLength = 4 << 10
)

// keepingConnector makes connections that prepare a statement once, as the driver
// of PostgreSQL does. Preparing takes SQLite longer than most of our queries take.
type keepingConnector struct{ driver.Connector }

func (k keepingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &keepingConn{sqliteConn: conn.(sqliteConn), kept: map[string]*keptStatement{}}, nil
}

// sqliteConn is what the driver's connection can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type keepingConn struct {
	sqliteConn
	kept map[string]*keptStatement // by its text
}

// keptStatement is in use while its rows are read.
type keptStatement struct {
	prepared preparedStatement
	inUse    bool
}

type preparedStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func (c *keepingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return s.prepared.ExecContext(ctx, args)
}

func (c *keepingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := s.prepared.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.inUse = true
	return &keptRows{rows, s}, nil
}

// statement is a prepared statement that nobody uses, or nil if this one is not
// kept or in use.
func (c *keepingConn) statement(ctx context.Context, query string) (*keptStatement, error) {
	if s := c.kept[query]; s != nil {
		if s.inUse {
			return nil, nil
		}
		return s, nil
	}
	if len(query) > keptLength {
		return nil, nil
	}
	if len(c.kept) >= keptStatements {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &keptStatement{prepared: prepared.(preparedStatement)}
	c.kept[query] = s
	return s, nil
}

// Close lets go of the statements first: with one of them left the write-ahead
// log would not be folded into the file.
func (c *keepingConn) Close() error {
	return errors.Join(c.forget(), c.sqliteConn.Close())
}

// forget makes room for all that come next: which were used last matters less
// than that it is simple.
func (c *keepingConn) forget() error {
	for query, s := range c.kept {
		if s.inUse {
			continue
		}
		delete(c.kept, query)
		if err := s.prepared.Close(); err != nil {
			return err
		}
	}
	return nil
}

// keptRows gives its statement back.
type keptRows struct {
	driver.Rows
	of *keptStatement
}

func (r *keptRows) Close() error {
	r.of.inUse = false
	return r.Rows.Close()
}
