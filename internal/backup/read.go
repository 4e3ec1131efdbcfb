package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// maxManifest bounds the manifest, which is read as a whole.
const maxManifest = 1 << 20

// Archive is an archive that was read once from end to end, and is whole.
type Archive struct {
	Manifest
	// KeyDigests are the digests of the keys that the data goes with, by the
	// names of their settings.
	KeyDigests map[string]string

	file io.ReadSeeker
	size int64 // without the seal
}

// Read reads an archive and checks every part of it against every other: the
// seal, the manifest, the tables, each row. It takes little memory, whatever the
// file says.
func Read(ctx context.Context, file io.ReadSeeker) (*Archive, error) {
	size, err := checkSeal(file)
	if err != nil {
		return nil, err
	}
	a := &Archive{file: file, size: size, KeyDigests: map[string]string{}}
	err = a.open(func(entries entries) error {
		if a.Manifest, err = entries.manifest(); err != nil {
			return err
		}
		return entries.eachTable(ctx, a.Tables, a.noteKeys)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// noteKeys takes the digests out of the table that has them.
func (a *Archive) noteKeys(t Table, rows rows) error {
	name := slices.Index(t.columnNames(), "name")
	digest := slices.Index(t.columnNames(), "digest")
	return rows(func(row []any, _ int) error {
		if t.Name == "key_checks" && name >= 0 && digest >= 0 {
			a.KeyDigests[fmt.Sprint(row[name])] = fmt.Sprint(row[digest])
		}
		return nil
	})
}

// again reads the rows once more.
func (a *Archive) again(ctx context.Context, visit visitTable) error {
	return a.open(func(entries entries) error {
		if _, err := entries.manifest(); err != nil {
			return err
		}
		return entries.eachTable(ctx, a.Tables, visit)
	})
}

// open begins at the beginning, and sees that nothing is left at the end.
func (a *Archive) open(read func(entries) error) error {
	if _, err := a.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	plain, err := zstd.NewReader(io.LimitReader(a.file, a.size),
		zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(window))
	if err != nil {
		return err
	}
	defer plain.Close()
	entries := entries{tar.NewReader(plain)}
	if err := read(entries); err != nil {
		return err
	}
	if _, err := entries.archive.Next(); !errors.Is(err, io.EOF) {
		return wrong("it holds more than its manifest says")
	}
	if n, err := plain.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return wrong("it goes on after its end")
	}
	return nil
}

// wrong is an archive whose seal is right and whose content is not: somebody
// made it so.
func wrong(format string, args ...any) error {
	return fmt.Errorf("this is no backup that SirenBase made: "+format, args...)
}

// entries reads the entries of an archive in their order. Nothing is ever
// written under the names that they have.
type entries struct{ archive *tar.Reader }

// next opens the entry that has to come now.
func (e entries) next(name string) error {
	header, err := e.archive.Next()
	switch {
	case err != nil:
		return wrong("%s cannot be read: %w", name, err)
	case header.Name != name || header.Typeflag != tar.TypeReg:
		return wrong("%.60q stands where %s should", header.Name, name)
	}
	return nil
}

func (e entries) manifest() (m Manifest, err error) {
	if err := e.next(manifestName); err != nil {
		return m, err
	}
	text, err := io.ReadAll(io.LimitReader(e.archive, maxManifest+1))
	if err != nil || len(text) > maxManifest {
		return m, wrong("its manifest is too long, or cut off")
	}
	var version struct{ Format int }
	if err := json.Unmarshal(text, &version); err == nil && version.Format > format {
		return m, fmt.Errorf("a newer SirenBase made this backup (format %d, this program knows %d): restore it with that",
			version.Format, format)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil || m.Format != format || m.Schema < 1 {
		return m, wrong("its manifest cannot be read")
	}
	return m, m.check()
}

// check sees that tables are ours and in our order; their columns are held
// against the database that they are to go into.
func (m Manifest) check() error {
	next := 0
	for _, t := range m.Tables {
		for next < len(tables) && tables[next].name != t.Name {
			next++
		}
		if next == len(tables) || tables[next].leftOut != "" {
			return wrong("it has a table %.60q that does not belong there", t.Name)
		}
		next++
	}
	return nil
}

// rows hands over the rows of a table one at a time, each with its length as
// text.
type rows func(visit func(row []any, length int) error) error

// visitTable is handed one table, and must take all of its rows.
type visitTable func(t Table, rows rows) error

func (e entries) eachTable(ctx context.Context, all []Table, visit visitTable) error {
	lines := bufio.NewReaderSize(nil, maxLine)
	for _, t := range all {
		if err := e.next(entryName(t.Name)); err != nil {
			return err
		}
		lines.Reset(e.archive)
		err := visit(t, func(visit func([]any, int) error) error { return t.read(ctx, lines, visit) })
		if err != nil {
			return err
		}
	}
	return nil
}

// read reads a table and holds it against what the manifest says of it.
func (t Table) read(ctx context.Context, lines *bufio.Reader, visit func(row []any, length int) error) error {
	seen := newTally()
	for ctx.Err() == nil {
		line, err := lines.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return t.checkContent(seen)
		}
		if err != nil {
			return wrong("a row of %s has no end: %w", t.Name, err)
		}
		if seen.add(line); seen.rows > t.Rows {
			return wrong("table %s has more rows than its manifest says", t.Name)
		}
		row, err := t.parseLine(line)
		if err != nil {
			return wrong("row %d of %s: %w", seen.rows, t.Name, err)
		}
		if err := visit(row, len(line)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (t Table) checkContent(seen *tally) error {
	if seen.content() != t.Content {
		return wrong("table %s is not what its manifest says", t.Name)
	}
	return nil
}
