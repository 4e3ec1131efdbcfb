package backup

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/sirenbase/sirenbase/internal/database"
)

// describe lists the tables of an archive as they are in this database, whatever
// the version of its schema, without what is in them.
func describe(ctx context.Context, tx *database.Handle) ([]Table, error) {
	var all []Table
	for _, known := range tables {
		if known.leftOut != "" {
			continue
		}
		found, err := selectColumns(ctx, tx, known.name)
		if err != nil {
			return nil, fmt.Errorf("look at table %s: %w", known.name, err)
		}
		if len(found) == 0 {
			continue // not in this version of the schema
		}
		one, err := newTable(tx.Engine(), known.name, found)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func newTable(engine database.Engine, name string, found []foundColumn) (Table, error) {
	t := Table{Name: name}
	for _, c := range found {
		kind, ok := postgresKinds[c.declared]
		if engine == database.SQLite {
			kind, ok = sqliteKind(c.declared, c.name, c.create)
		}
		if !ok {
			return t, fmt.Errorf("column %s.%s is of type %s, which has no form in an archive", name, c.name, c.declared)
		}
		t.Columns = append(t.Columns, Column{Name: c.name, Kind: kind})
	}
	key := slices.DeleteFunc(found, func(c foundColumn) bool { return c.place == 0 })
	slices.SortFunc(key, func(a, b foundColumn) int { return cmp.Compare(a.place, b.place) })
	for _, c := range key {
		t.key = append(t.key, c.name)
	}
	return t, nil
}

// existing lists all our tables that are there, those left out of archives
// included.
func existing(ctx context.Context, tx *database.Handle) ([]string, error) {
	var names []string
	for _, known := range tables {
		found, err := selectColumns(ctx, tx, known.name)
		if err != nil {
			return nil, fmt.Errorf("look at table %s: %w", known.name, err)
		}
		if len(found) > 0 {
			names = append(names, known.name)
		}
	}
	return names, nil
}
