package database

import (
	"context"
	"time"
)

// SetPoolWait shortens the wait for a connection.
func SetPoolWait(db *DB, wait time.Duration) { db.poolWait = wait }

// OpenImpatient opens a SQLite file without waiting for other writers.
func OpenImpatient(ctx context.Context, path string) (*DB, error) {
	return openSQLite(ctx, path, 0)
}

// Oldest is the oldest PostgreSQL that Open takes.
const Oldest = oldestPostgres

// CheckMajor is the check of Open.
var CheckMajor = checkMajor

// PoolSize is how many connections to PostgreSQL a program has.
var PoolSize = poolSize
