package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sirenbase/sirenbase/internal/database"
)

// restoreOlder brings the archive up to date in a database of its own, which is
// thrown away, and restores what that holds then. So the database that is to
// have the data is changed in one transaction here too.
func (r Restoring) restoreOlder(ctx context.Context, a *Archive, db *database.DB) (err error) {
	folder, err := os.MkdirTemp("", "sirenbase-restore-") // for our eyes only
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "current.tar.zst")
	if err := r.bringUpToDate(ctx, a, filepath.Join(folder, "between.db"), path); err != nil {
		return fmt.Errorf("bring the backup up to date: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	current, err := Read(ctx, file)
	if err != nil {
		return err
	}
	return r.Restore(ctx, current, db)
}

func (r Restoring) bringUpToDate(ctx context.Context, a *Archive, between, path string) (err error) {
	db, err := database.Open(ctx, "sqlite:"+between)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.MigrateTo(ctx, a.Schema); err != nil {
		return err
	}
	err = db.InTx(ctx, func(tx *database.Handle) error { return Restoring{Replace: true}.load(ctx, a, tx) })
	if err != nil {
		return err
	}
	if _, err := db.Migrate(ctx); err != nil {
		return err
	}
	_, _, err = r.Maker.WriteFile(ctx, db, path, false)
	return err
}
