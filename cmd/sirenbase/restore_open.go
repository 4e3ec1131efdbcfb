package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// openBackup says in one sentence why a backup cannot be opened.
func (c *console) openBackup(path string) (io.ReadSeekCloser, error) {
	if path == "-" {
		return c.keepInput()
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("there is no file " + path)
	}
	return file, err
}

// keepInput puts the standard input into a file, since a backup is read twice.
func (c *console) keepInput() (_ io.ReadSeekCloser, err error) {
	if _, ok := terminal(c.stdin); ok {
		return nil, errors.New("a backup is not typed in: name a file, or send one (sirenbase restore - < FILE)")
	}
	file, err := os.CreateTemp("", "sirenbase-restore-*") // made with mode 0600
	if err != nil {
		return nil, fmt.Errorf("keep the standard input: %w", err)
	}
	kept := temporary{file}
	if _, err := io.Copy(file, c.stdin); err != nil {
		return nil, errors.Join(fmt.Errorf("keep the standard input: %w", err), kept.Close())
	}
	return kept, nil
}

// temporary is a file that is gone when it is closed.
type temporary struct{ *os.File }

func (t temporary) Close() error { return errors.Join(t.File.Close(), os.Remove(t.Name())) }
