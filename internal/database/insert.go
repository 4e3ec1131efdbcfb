package database

import (
	"context"
	"strconv"
	"strings"
)

// maxParameters keeps statements of a size that SQLite is quick with: what its
// driver takes to bind parameters grows with the square of their number.
const maxParameters = 900

// InsertRows inserts rows, each with a value for every column, in a few
// statements. into is the statement
// up to VALUES.
func InsertRows(ctx context.Context, tx *Handle, into string, rows [][]any) error {
	return UpsertRows(ctx, tx, into, rows, "")
}

// UpsertRows is InsertRows with an ON CONFLICT clause.
func UpsertRows(ctx context.Context, tx *Handle, into string, rows [][]any, onConflict string) error {
	for len(rows) > 0 {
		n := min(len(rows), maxParameters/len(rows[0]))
		if err := insertChunk(ctx, tx, into, rows[:n], onConflict); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func insertChunk(ctx context.Context, tx *Handle, into string, rows [][]any, onConflict string) error {
	var query strings.Builder
	query.WriteString(into + " VALUES ")
	args := make([]any, 0, len(rows)*len(rows[0]))
	for i, row := range rows {
		if i > 0 {
			query.WriteString(", ")
		}
		before := "("
		for _, value := range row {
			args = append(args, value)
			query.WriteString(before + "$" + strconv.Itoa(len(args)))
			before = ", "
		}
		query.WriteString(")")
	}
	query.WriteString(onConflict)
	_, err := tx.Exec(ctx, query.String(), args...)
	return err
}
