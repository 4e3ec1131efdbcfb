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
	folder, name := filepath.Dir(path), filepath.Base(path)
	if err := mustBeFolder(folder); err != nil {
		return manifest, 0, err
	}
	if err := mustBeFree(path, replace); err != nil {
		return manifest, 0, err
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

func mustBeFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return nil
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no folder %s to write a backup into", path)
	}
	return err
}

// mustBeFree lets a file be replaced, and nothing else: a device, a folder or a
// link would be gone.
func mustBeFree(path string, replace bool) error {
	info, err := os.Lstat(path)
	switch {
	case path == "":
		return errors.New("the name of the file is empty")
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s exists and is no regular file: name another file", path)
	case !replace:
		return fmt.Errorf("%s exists already: name another file, or say --force to replace it", path)
	}
	return nil
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
