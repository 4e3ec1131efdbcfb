//go:build unix

package owner

import (
	"os"
	"path/filepath"
	"syscall"
)

// Inherit gives what root made the owner of the folder that it is in. Whoever is
// not root makes what is theirs.
func Inherit(path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	folder, ok := info.Sys().(*syscall.Stat_t)
	if !ok || folder.Uid == 0 {
		return nil
	}
	return os.Lchown(path, int(folder.Uid), int(folder.Gid))
}
