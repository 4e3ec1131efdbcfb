package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sirenbase/sirenbase/internal/database"
)

// foundColumn is a column as the engine describes it.
type foundColumn struct {
	name, declared string
	place          int    // in the primary key, from 1; 0 outside of it
	create         string // the statement that made the table, on SQLite
}

func selectColumns(ctx context.Context, tx *database.Handle, table string) ([]foundColumn, error) {
	query := `
		SELECT name, type, pk, (SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = $1)
		FROM pragma_table_info($1) ORDER BY name`
	if tx.Engine() == database.PostgreSQL {
		query = `
			SELECT attname::text, format_type(atttypid, atttypmod), coalesce(array_position(indkey::int2[], attnum) + 1, 0), ''
			FROM pg_attribute LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary
			WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
			ORDER BY attname COLLATE "C"`
	}
	return database.All(ctx, tx, func(row database.Row) (c foundColumn, err error) {
		err = row.Scan(&c.name, &c.declared, &c.place, &c.create)
		return c, err
	}, query, table)
}

// quoted joins names so that none is taken for a word of SQL.
func quoted(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

func (t Table) columnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// eachRow hands over the rows in the order of the primary key, in canonical form.
func eachRow(ctx context.Context, tx *database.Handle, t Table, visit func(row []any) error) error {
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	query := fmt.Sprintf(`SELECT %s FROM "%s" ORDER BY %s`, quoted(t.columnNames()), t.Name, quoted(t.key))
	return database.Each(ctx, tx, func(row database.Row) (err error) {
		if err := row.Scan(into...); err != nil {
			return err
		}
		for i, c := range t.Columns {
			if values[i], err = c.Kind.canonical(values[i]); err != nil {
				return fmt.Errorf("column %s: %w", c.Name, err)
			}
		}
		return visit(values)
	}, query)
}

func insertRows(ctx context.Context, tx *database.Handle, t Table, rows [][]any) error {
	return database.InsertRows(ctx, tx, fmt.Sprintf(`INSERT INTO "%s" (%s)`, t.Name, quoted(t.columnNames())), rows)
}

func updateValue(ctx context.Context, tx *database.Handle, t Table, column string, value, id any) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`UPDATE "%s" SET "%s" = $1 WHERE id = $2`, t.Name, column), value, id)
	return err
}

// holdTables keeps everybody else out until the transaction ends. SQLite has
// one writer, and this is it.
func holdTables(ctx context.Context, tx *database.Handle, names []string) error {
	if tx.Engine() == database.SQLite {
		return nil
	}
	_, err := tx.Exec(ctx, "LOCK TABLE "+quoted(names)+" IN ACCESS EXCLUSIVE MODE")
	return err
}

// emptyTables deletes every row. names begin with what others refer to.
func emptyTables(ctx context.Context, tx *database.Handle, names []string) error {
	if tx.Engine() == database.PostgreSQL {
		_, err := tx.Exec(ctx, "TRUNCATE TABLE "+quoted(names))
		return err
	}
	for _, name := range slices.Backward(names) {
		if _, err := tx.Exec(ctx, `DELETE FROM "`+name+`"`); err != nil {
			return err
		}
	}
	return nil
}

// hasUsers says whether anybody ever had an account.
func hasUsers(ctx context.Context, h *database.Handle) (bool, error) {
	n, err := database.Value[int](ctx, h, `SELECT count(*) FROM (SELECT 1 FROM users LIMIT 1) AS one`)
	return n > 0, err
}

// forgetKey deletes what is of use only with the key that it was made with. A
// kept answer would be taken for another request's.
func forgetKey(ctx context.Context, tx *database.Handle) error {
	for _, table := range []string{"key_checks", "idempotency_answers"} {
		if _, err := tx.Exec(ctx, "DELETE FROM "+table); err != nil {
			return fmt.Errorf("empty %s: %w", table, err)
		}
	}
	return nil
}

func liftRevisions(ctx context.Context, tx *database.Handle, to int64) error {
	_, err := tx.Exec(ctx, `UPDATE store_revisions SET revision = $1 WHERE revision < $1`, to)
	return err
}
