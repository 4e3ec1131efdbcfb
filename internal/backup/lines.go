package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/sirenbase/sirenbase/internal/database"
)

// tally counts the lines of a table while they go by.
type tally struct {
	rows, bytes int64
	sum         hash.Hash
}

func newTally() *tally { return &tally{sum: sha256.New()} }

func (t *tally) add(line []byte) {
	t.rows++
	t.bytes += int64(len(line))
	t.sum.Write(line)
}

func (t *tally) content() Content {
	return Content{Rows: t.rows, Bytes: t.bytes, SHA256: hex.EncodeToString(t.sum.Sum(nil))}
}

// writeLines writes a table's rows, and returns what they were.
func writeLines(ctx context.Context, tx *database.Handle, t Table, out io.Writer) (Content, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	seen := newTally()
	err := eachRow(ctx, tx, t, func(row []any) error {
		line.Reset()
		if err := encoder.Encode(row); err != nil {
			return err
		}
		if line.Len() > maxLine {
			return errors.New("a row is too long")
		}
		seen.add(line.Bytes())
		_, err := out.Write(line.Bytes())
		return err
	})
	if err != nil {
		return Content{}, fmt.Errorf("table %s: %w", t.Name, err)
	}
	return seen.content(), nil
}

// measure is writeLines to nowhere.
func measure(ctx context.Context, tx *database.Handle, t Table) (Content, error) {
	return writeLines(ctx, tx, t, io.Discard)
}

// parseLine reads one row.
func (t Table) parseLine(line []byte) ([]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var row []any
	if err := decoder.Decode(&row); err != nil {
		return nil, errors.New("it is no JSON array")
	}
	if len(row) != len(t.Columns) || decoder.More() {
		return nil, errors.New("it has not one value for each column")
	}
	for i, c := range t.Columns {
		value, err := c.Kind.parse(row[i])
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		row[i] = value
	}
	return row, nil
}
