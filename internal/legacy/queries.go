package legacy

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
)

// beginReading lets the transaction read for as long as it takes, and returns
// the name of the database.
func beginReading(ctx context.Context, tx *database.Handle) (name string, err error) {
	for _, setting := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		if _, err := tx.Exec(ctx, `SET LOCAL `+setting+` = 0`); err != nil {
			return "", err
		}
	}
	return database.Value[string](ctx, tx, `SELECT CAST(current_database() AS text)`)
}

// selectColumns lists the columns of the tables that go by their plain names,
// whoever may read them.
func selectColumns(ctx context.Context, h *database.Handle) (map[string][]string, error) {
	columns := map[string][]string{}
	_, err := database.All(ctx, h, func(row database.Row) (struct{}, error) {
		var table, column string
		err := row.Scan(&table, &column)
		columns[table] = append(columns[table], column)
		return struct{}{}, err
	}, `
		SELECT CAST(c.relname AS text), CAST(a.attname AS text)
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
		WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_catalog.pg_table_is_visible(c.oid)
		  AND a.attnum > 0 AND NOT a.attisdropped`)
	return columns, err
}

// selectTable reads a table in the order of its first column, the id.
func selectTable[T any](
	ctx context.Context, tx *database.Handle, l layout, t sourceTable, scan func(database.Row) (T, error),
) ([]T, error) {
	name := t.in(l.milkPrefix())
	there, found := l.columns[name]
	if !found {
		return nil, nil
	}
	expressions := make([]string, len(t.columns))
	for i, c := range t.columns {
		expressions[i] = c.expression(there)
	}
	return database.All(ctx, tx, scan, `SELECT `+strings.Join(expressions, ", ")+` FROM "`+name+`" ORDER BY 1`)
}

// anybody says whether anybody ever had an account.
func anybody(ctx context.Context, tx *database.Handle) (bool, error) {
	return database.Value[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM users)`)
}

// deleteStrangers forgets who tried to log in while there was nobody, so that
// nobody begins with a locked account, and the codes of a setup that is done.
func deleteStrangers(ctx context.Context, tx *database.Handle) error {
	for _, table := range []string{"login_failures", "login_guards", "setup_codes"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	return nil
}

// deleteRows takes away what a store began with.
func deleteRows(ctx context.Context, tx *database.Handle, t *table, storeID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM `+t.name+` WHERE `+t.store+` = $1`, storeID)
	return err
}

func insertRows(ctx context.Context, tx *database.Handle, t *table, storeID string) error {
	rows := make([][]any, len(t.rows))
	for i, row := range t.rows {
		rows[i] = append([]any{storeID}, arguments(row)...)
		if t.itself != "" {
			rows[i][1+t.index(t.itself)] = nil
		}
	}
	into := `INSERT INTO ` + t.name + ` (` + t.store + `, ` + strings.Join(t.columnNames(), ", ") + `)`
	if err := database.InsertRows(ctx, tx, into, rows); err != nil || t.itself == "" {
		return err
	}
	return updateReferences(ctx, tx, t)
}

// updateReferences writes a column that refers to the table itself, once all
// its rows are there.
func updateReferences(ctx context.Context, tx *database.Handle, t *table) error {
	at := t.index(t.itself)
	for _, row := range t.rows {
		if row[at] == nil {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE `+t.name+` SET `+t.itself+` = $1 WHERE id = $2`, row[at], row[t.index("id")]); err != nil {
			return err
		}
	}
	return nil
}

func arguments(row []any) []any {
	args := slices.Clone(row)
	for i, value := range row {
		if t, ok := value.(time.Time); ok {
			args[i] = database.Instant(t)
		}
	}
	return args
}

// selectRows reads back what stands in the target.
func selectRows(ctx context.Context, tx *database.Handle, t *table, storeID string) ([][]any, error) {
	return database.All(ctx, tx, func(row database.Row) ([]any, error) {
		scanners := make([]any, len(t.columns))
		values := make([]func() any, len(t.columns))
		for i, c := range t.columns {
			scanners[i], values[i] = c.kind.scanner()
		}
		if err := row.Scan(scanners...); err != nil {
			return nil, err
		}
		read := make([]any, len(t.columns))
		for i, value := range values {
			read[i] = value()
		}
		return read, nil
	}, `SELECT `+strings.Join(t.columnNames(), ", ")+` FROM `+t.name+` WHERE `+t.store+` = $1`, storeID)
}
