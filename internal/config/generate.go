package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sirenbase/sirenbase/internal/durable"
	"github.com/sirenbase/sirenbase/internal/owner"
)

// EnsureSecrets fills in the keys that were not given: it reads them from the
// data folder, and makes them there the first time. With PostgreSQL it makes
// none, for Load has asked for them.
func EnsureSecrets(c *Config) error {
	for _, k := range c.keys() {
		if *k.key != "" {
			continue
		}
		if c.Database.PostgreSQL() {
			return refuse(k.name, "", checkSecret(*k.key, *c))
		}
		kept, err := keepSecret(c.secretPath(k.name))
		if err != nil {
			return fmt.Errorf("%s cannot be kept in the data folder: %w", k.name, err)
		}
		*k.key = kept
	}
	return nil
}

// FindSecretKey returns SECRET_KEY as it was given or generated, and where that
// is kept. Where there is none yet it is empty, and none is made.
func FindSecretKey(c Config) (key Secret, place string, err error) {
	if c.SecretKey != "" {
		return c.SecretKey, "the setting " + secretKey, nil
	}
	path := c.secretPath(secretKey)
	key, err = readSecret(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return key, "the file " + path, err
}

// secretPath is where a generated key is kept.
func (c *Config) secretPath(name string) string {
	return filepath.Join(c.DataDir, strings.ToLower(name))
}

// keepSecret returns the key in the file, which it makes if there is none. Of
// several processes that start at once one makes it, and all end with that one.
func keepSecret(path string) (Secret, error) {
	kept, err := readSecret(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return kept, err
	}
	if err := owner.MakeFolder(filepath.Dir(path)); err != nil {
		return "", err
	}
	if err := makeSecret(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return readSecret(path)
}

func readSecret(path string) (Secret, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(content))
	if len(text) < minSecretBytes {
		return "", fmt.Errorf("%s is damaged: it must hold at least %d bytes", path, minSecretBytes)
	}
	return Secret(text), nil
}

// makeSecret writes a new key beside its place and links it there once it is
// whole: nobody ever reads half a key, and a key that is there is not replaced.
func makeSecret(path string) (err error) {
	folder := filepath.Dir(path)
	draft, err := os.CreateTemp(folder, ".key-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(draft.Name())) }()
	if err := writeKey(draft); err != nil {
		return err
	}
	if err := owner.Inherit(draft.Name()); err != nil {
		return err
	}
	if err := os.Link(draft.Name(), path); err != nil {
		return err
	}
	// A key that is lost takes every PIN with it.
	return durable.SyncFolder(folder)
}

func writeKey(file *os.File) error {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: it would rather end the program
	_, err := file.WriteString(hex.EncodeToString(key) + "\n")
	return errors.Join(err, file.Sync(), file.Close())
}
