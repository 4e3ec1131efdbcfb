// Package durable makes what was written survive a power cut.
package durable

import (
	"errors"
	"os"
)

// SyncFolder makes the new names in a folder last: a file is on the disk when it
// is synced, and its name only when the folder is.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
