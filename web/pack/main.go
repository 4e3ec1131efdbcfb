// Command pack compresses the built web app in place: each file of the folder that
// gets smaller by it becomes one whose name ends in .gz. It is here, and not in the
// build before it, because it makes the same bytes on every machine.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
)

const suffix = ".gz"

// packFrom is the size in bytes below which nobody would notice.
const packFrom = 1 << 10

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pack FOLDER")
		os.Exit(2)
	}
	err := filepath.WalkDir(os.Args[1], func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) == suffix {
			return err
		}
		return pack(name)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// pack replaces the file by its compressed one, unless that is hardly smaller.
func pack(name string) error {
	body, err := os.ReadFile(name) //nolint:gosec // the build's own files
	if err != nil || len(body) < packFrom {
		return err
	}
	packed, err := compressed(body)
	if err != nil || len(packed) > len(body)*9/10 {
		return err
	}
	if err := os.WriteFile(name+suffix, packed, 0o644); err != nil { //nolint:gosec // everybody may read it
		return err
	}
	return os.Remove(name)
}

func compressed(body []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(body)
	err = errors.Join(err, w.Close())
	return packed.Bytes(), err
}
