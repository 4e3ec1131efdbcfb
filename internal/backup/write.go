package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
)

// window bounds how much zstd keeps in memory, on either side.
const window = 1 << 20

// Maker is who makes an archive.
type Maker struct {
	Program  string // its version
	Clock    clock.Clock
	Progress Progress
}

// Write writes all that the database holds at one moment. The database may be in
// use meanwhile, and its schema older than the program's.
func (m Maker) Write(ctx context.Context, db *database.DB, out io.Writer) (manifest Manifest, err error) {
	sealed := &sealed{out: out, sum: sha256.New()}
	err = db.InReadTx(ctx, func(tx *database.Handle) error {
		if sealed.written > 0 {
			return errors.New("the database gave up the snapshot: try again")
		}
		// Each table is read twice from the one snapshot: what is in it stands in
		// the manifest, before it, and tar wants to know its length.
		if manifest, err = m.manifest(ctx, tx); err != nil {
			return err
		}
		if err := m.compose(ctx, tx, manifest, sealed); err != nil {
			return err
		}
		return sealed.close()
	})
	return manifest, err
}

func (m Maker) manifest(ctx context.Context, tx *database.Handle) (Manifest, error) {
	made, err := database.Instant(m.Clock()).Value()
	if err != nil {
		return Manifest{}, err
	}
	manifest := Manifest{Format: format, Program: m.Program, Engine: tx.Engine(), MadeAt: made.(string)}
	if manifest.Schema, err = tx.SchemaVersion(ctx); err != nil {
		return Manifest{}, err
	}
	if manifest.Schema == 0 {
		return Manifest{}, errors.New("there is nothing in the database yet")
	}
	if manifest.Tables, err = describe(ctx, tx); err != nil {
		return Manifest{}, err
	}
	for i, t := range manifest.Tables {
		if manifest.Tables[i].Content, err = measure(ctx, tx, t); err != nil {
			return Manifest{}, err
		}
	}
	return manifest, nil
}

func (m Maker) compose(ctx context.Context, tx *database.Handle, manifest Manifest, out io.Writer) error {
	compressed, err := zstd.NewWriter(out, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window))
	if err != nil {
		return err
	}
	archive := tar.NewWriter(compressed)
	description, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := begin(archive, manifestName, int64(len(description)), m.Clock()); err != nil {
		return err
	}
	if _, err := archive.Write(description); err != nil {
		return err
	}
	for _, t := range manifest.Tables {
		m.Progress.tell(t)
		if err := m.addTable(ctx, tx, archive, t); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), compressed.Close())
}

func (m Maker) addTable(ctx context.Context, tx *database.Handle, archive *tar.Writer, t Table) error {
	if err := begin(archive, entryName(t.Name), t.Bytes, m.Clock()); err != nil {
		return err
	}
	written, err := writeLines(ctx, tx, t, archive)
	if err == nil && written != t.Content {
		err = fmt.Errorf("table %s changed within a snapshot", t.Name)
	}
	return err
}

func begin(archive *tar.Writer, name string, size int64, at time.Time) error {
	return archive.WriteHeader(&tar.Header{
		Name: name, Size: size, Mode: 0o600, ModTime: at.Truncate(time.Second), Format: tar.FormatPAX,
	})
}
