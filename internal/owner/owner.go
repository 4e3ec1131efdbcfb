// Package owner keeps what root makes in another user's folder usable to that
// user: a command that is run by root beside a server that is not.
package owner

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// MakeFolder makes a folder that only its owner may enter, and those above it,
// unless they are there.
func MakeFolder(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(path, 0o700) // says what else is in its place
	}
	if err := MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil // another process was faster
		}
		return err
	}
	return Inherit(path)
}
