package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"github.com/sirenbase/sirenbase/internal/owner"
)

// busyTimeout is how long a statement waits for another process's write.
const busyTimeout = 10 * time.Second

func openSQLite(ctx context.Context, name string, busy time.Duration) (*DB, error) {
	path, err := sqlitePath(name)
	if err != nil {
		return nil, err
	}
	if err := createFile(path); err != nil {
		return nil, fmt.Errorf("create database file: %w", err)
	}
	db := &DB{engine: SQLite, path: path, poolWait: 30 * time.Second, attempts: 3}
	db.maintenance = func() *sql.DB {
		// Rebuilding a table drops it, and with foreign keys on a drop deletes
		// what refers to it; Migrate checks the keys afterwards instead.
		return sqlitePool(path, 1, append(writerPragmas(busy), "_foreign_keys=0"))
	}
	db.writer = sqlitePool(path, 1, append(writerPragmas(busy), "_foreign_keys=1"))
	db.reader = sqlitePool(path, max(4, runtime.NumCPU()), readerPragmas(busy))
	if err := db.translate(ctx, db.writer.PingContext(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return db, nil
}

// commonPragmas hold for every connection.
func commonPragmas(busy time.Duration) []string {
	return []string{
		// Another process (a backup, a migration) may hold the lock for a while.
		fmt.Sprintf("_busy_timeout=%d", busy.Milliseconds()),
		// "text" in double quotes is a column or a mistake, as on PostgreSQL.
		"_dqs=0",
		// Say what failed, not what the connection failed at before.
		"_error_rc=1",
		// 2 MB of pages a connection, beside what the system keeps of the file.
		"_pragma=cache_size(-2000)",
		// Sorting and grouping do not go through the disk.
		"_pragma=temp_store(MEMORY)",
	}
}

func writerPragmas(busy time.Duration) []string {
	return append(commonPragmas(busy),
		// Readers go on while a write is under way.
		"_journal_mode=WAL",
		// A commit is on the disk when it returns: a count that was saved
		// survives a power cut. (NORMAL would lose the last ones in WAL mode.)
		"_synchronous=FULL",
		// After a large write the log shrinks again to 64 MB.
		"_pragma=journal_size_limit(67108864)",
		// Take the write lock at BEGIN, where waiting is possible; a read that
		// turns into a write later would fail instead of waiting.
		"_txlock=immediate",
	)
}

func readerPragmas(busy time.Duration) []string {
	// A write on a reader is a mistake in the program; refuse it.
	return append(commonPragmas(busy), "_query_only=1")
}

// sqlitePool never closes its connections when idle: each carries a warm cache.
func sqlitePool(path string, size int, parameters []string) *sql.DB {
	// A file: URI lets a path hold ?, # and %, escaped.
	uri := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: strings.Join(parameters, "&")}
	connector, err := sqlite.NewConnector(uri.String())
	if err != nil {
		panic("sqlite: " + err.Error()) // our own parameters do not parse
	}
	pool := sql.OpenDB(keepingConnector{connector})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool
}

// sqlitePath turns what follows "sqlite:" into an absolute path.
func sqlitePath(name string) (string, error) {
	switch {
	case name == "":
		return "", errors.New("database URL names no file: write sqlite:PATH")
	case name == ":memory:":
		return "", errors.New("database URL sqlite::memory: is not supported: each connection would see a database of its own")
	case strings.ContainsRune(name, 0):
		return "", errors.New("database URL holds a NUL character")
	case strings.HasPrefix(name, "//") && !strings.HasPrefix(name, "///"):
		return "", errors.New("database URL sqlite://… names a host: write sqlite:PATH or sqlite:///PATH")
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return "", fmt.Errorf("database path: %w", err)
	}
	return path, nil
}

// creating is held while a file is made: closing a file drops every lock that
// this process has on it, so nobody may have begun to use it by then.
var creating sync.Mutex

// createFile makes an empty file that only its owner may read, in a folder
// that only its owner may enter, unless they are there. SQLite gives its log
// and its index the same mode and owner.
func createFile(path string) error {
	creating.Lock()
	defer creating.Unlock()
	if err := owner.MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), owner.Inherit(path))
}
