package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync/atomic"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Daily makes a backup for each business day, and keeps the newest ones. What
// was made it knows from the names of the files alone, so it goes on where
// another process stopped.
type Daily struct {
	DB     *database.DB
	Maker  Maker
	Folder string
	// Mounted is a folder that somebody gave: it is not made where it is missing, or
	// the backups would go onto the disk below.
	Mounted bool
	Keep    int // at least 1
	// Today is the business date: a backup is made when it changes, in the small
	// hours, or when the server is there again.
	Today func(ctx context.Context) (string, error)

	last     atomic.Pointer[Last]
	failures atomic.Int64
}

// Last is the newest backup that there is.
type Last struct {
	At   time.Time
	Size int64
}

// Last is nil before the first look at the folder, and as long as nothing is in
// it.
func (d *Daily) Last() *Last { return d.last.Load() }

// Failures is how many attempts failed since the start.
func (d *Daily) Failures() int64 { return d.failures.Load() }

// Run makes today's backup unless it is there, and says how many it made.
func (d *Daily) Run(ctx context.Context) (made int64, err error) {
	made, err = d.run(ctx)
	if err == nil {
		err = d.Look()
	}
	if err != nil && ctx.Err() == nil {
		d.failures.Add(1)
	}
	return made, err
}

func (d *Daily) run(ctx context.Context) (int64, error) {
	inhabited, err := hasUsers(ctx, d.DB.Read())
	if err != nil || !inhabited {
		return 0, err // before the setup there is nothing to lose
	}
	today, err := d.Today(ctx)
	if err != nil {
		return 0, err
	}
	if err := d.findFolder(); err != nil {
		return 0, err
	}
	name := "sirenbase-" + today + ".tar.zst"
	backups, err := d.list(finished)
	if err != nil || slices.Contains(backups, name) {
		return 0, err
	}
	if err := d.remove(d.list(leftOver)); err != nil {
		return 0, err
	}
	if _, _, err := d.Maker.WriteFile(ctx, d.DB, filepath.Join(d.Folder, name), false); err != nil {
		return 0, err
	}
	return 1, d.prune(name)
}

var errNoFolder = errors.New("the folder of BACKUP_DIR is not there: is the disk mounted?")

func (d *Daily) findFolder() error {
	if !d.Mounted {
		return os.MkdirAll(d.Folder, 0o700)
	}
	_, err := os.Stat(d.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		err = errNoFolder
	}
	return err
}

// Only files with these names are ours, to count and to delete.
var (
	finished = regexp.MustCompile(`^sirenbase-\d{4}-\d\d-\d\d\.tar\.zst$`)
	leftOver = regexp.MustCompile(`^\.sirenbase-\d{4}-\d\d-\d\d\.tar\.zst\.part-\d+$`)
)

// list returns the names of our files, oldest first.
func (d *Daily) list(ours *regexp.Regexp) ([]string, error) {
	entries, err := os.ReadDir(d.Folder) // sorted by name, and so by date
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && ours.MatchString(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

// prune deletes the oldest. What was made just now stays, also if a clock that
// went wrong has left files of the future.
func (d *Daily) prune(made string) error {
	backups, err := d.list(finished)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(backups, func(name string) bool { return name == made })
	return d.remove(others[:max(0, len(others)-(d.Keep-1))], nil)
}

func (d *Daily) remove(names []string, err error) error {
	for _, name := range names {
		err = errors.Join(err, os.Remove(filepath.Join(d.Folder, name)))
	}
	if err != nil {
		return fmt.Errorf("delete old backups: %w", err)
	}
	return nil
}

// Look finds out which backup is the newest. A file's time is that of the
// backup in it; one of the future is a clock's mistake, and hides none.
func (d *Daily) Look() error {
	backups, err := d.list(finished)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var last *Last
	for _, name := range backups {
		info, err := os.Stat(filepath.Join(d.Folder, name))
		if err != nil {
			return err
		}
		at := info.ModTime().UTC()
		if !at.After(d.Maker.Clock()) && (last == nil || at.After(last.At)) {
			last = &Last{At: at, Size: info.Size()}
		}
	}
	d.last.Store(last)
	return nil
}
