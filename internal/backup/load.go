package backup

import (
	"context"
	"fmt"
	"slices"

	"github.com/sirenbase/sirenbase/internal/database"
)

// A statement inserts so many rows, or fewer if they are long.
const (
	batchRows  = 50
	batchBytes = 1 << 20
)

// loader inserts rows as they come, table after table.
type loader struct {
	ctx      context.Context
	tx       *database.Handle
	progress Progress
}

// load inserts one table.
func (l loader) load(t Table, rows rows) error {
	l.progress.tell(t)
	waiting := newWaiting(t)
	var batch [][]any
	bytes := 0
	flush := func() error {
		err := insertRows(l.ctx, l.tx, t, batch)
		batch, bytes = batch[:0], 0
		return err
	}
	err := rows(func(row []any, length int) error {
		waiting.takeFrom(row)
		batch = append(batch, row)
		if bytes += length; len(batch) < batchRows && bytes < batchBytes {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = waiting.fill(l.ctx, l.tx, t)
	}
	if err != nil {
		return fmt.Errorf("load table %s: %w", t.Name, err)
	}
	return nil
}

// waiting holds the values of a column that refers to other rows of the table,
// until all of them are there.
type waiting struct {
	column    string
	place, id int // in a row; -1 where there is no such column
	values    [][2]any
}

func newWaiting(t Table) *waiting {
	known, _ := treatment(t.Name)
	names := t.columnNames()
	return &waiting{
		column: known.later, place: slices.Index(names, known.later), id: slices.Index(names, "id"),
	}
}

func (w *waiting) takeFrom(row []any) {
	if w.place >= 0 && row[w.place] != nil {
		w.values = append(w.values, [2]any{row[w.place], row[w.id]})
		row[w.place] = nil
	}
}

func (w *waiting) fill(ctx context.Context, tx *database.Handle, t Table) error {
	for _, v := range w.values {
		if err := updateValue(ctx, tx, t, w.column, v[0], v[1]); err != nil {
			return err
		}
	}
	return nil
}
