package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/durable"
)

// partial is what a file is called until it is whole, before a random part.
func partial(name string) string { return "." + name + ".part-" }

// WriteFile is Write into a file that is there when it is whole, and not before.
// It returns its size too.
func (m Maker) WriteFile(
	ctx context.Context, db *database.DB, path string, replace bool,
) (manifest Manifest, size int64, err error) {
	if !replace {
		if err := mustBeFree(path); err != nil {
			return manifest, 0, err
		}
	}
	folder, name := filepath.Split(path)
	if folder == "" {
		folder = "."
	}
	draft, err := os.CreateTemp(folder, partial(name)+"*") // made with mode 0600
	if err != nil {
		return manifest, 0, err
	}
	defer func() {
		if err != nil {
			_ = draft.Close() // closed already, if that is what failed
			_ = os.Remove(draft.Name())
		}
	}()
	if manifest, err = m.Write(ctx, db, draft); err != nil {
		return manifest, 0, err
	}
	size, err = m.finish(draft)
	if err != nil {
		return manifest, 0, err
	}
	if err := os.Rename(draft.Name(), path); err != nil {
		return manifest, 0, err
	}
	return manifest, size, durable.SyncFolder(folder)
}

func mustBeFree(path string) error {
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		return fmt.Errorf("%s exists already: name another file, or say --force to replace it", path)
	}
	return err
}

// finish closes a file that is on the disk then, and has the time of the backup.
func (m Maker) finish(draft *os.File) (size int64, err error) {
	info, err := draft.Stat()
	if err != nil {
		return 0, err
	}
	if err := errors.Join(draft.Sync(), draft.Close()); err != nil {
		return 0, err
	}
	return info.Size(), os.Chtimes(draft.Name(), time.Time{}, m.Clock())
}
