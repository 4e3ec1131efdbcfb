package database_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func scanText(row database.Row) (string, error) {
	var text string
	err := row.Scan(&text)
	return text, err
}

func TestConditionsNumberTheirParametersInOrder(t *testing.T) {
	var c database.Conditions
	c.Add("a = ?", 1)
	c.Add("NOT b")
	c.Add("(c, d) < (?, ?)", 2, 3)
	limit := c.Param(4)
	if want := "WHERE a = $1 AND NOT b AND (c, d) < ($2, $3)"; c.Where() != want {
		t.Errorf("got %q, want %q", c.Where(), want)
	}
	if limit != "$4" {
		t.Errorf("the limit is %s, want $4", limit)
	}
	if diff := cmp.Diff([]any{1, 2, 3, 4}, c.Args()); diff != "" {
		t.Error(diff)
	}
}

func TestRowsBeyondTheParameterLimitAreInsertedWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := context.Background()
		rows := make([][]any, 20_000)
		for i := range rows {
			rows[i] = []any{fmt.Sprintf("code %d", i), "2030-01-01T00:00:00.000000Z"}
		}
		err := db.InTx(ctx, func(tx *database.Handle) error {
			return database.InsertRows(ctx, tx, `INSERT INTO setup_codes (code_hash, expires_at)`, rows)
		})
		if err != nil {
			t.Fatal(err)
		}
		n, err := database.Value[int](ctx, db.Read(), `SELECT count(*) FROM setup_codes`)
		if err != nil || n != len(rows) {
			t.Fatalf("got %d rows, %v", n, err)
		}
	})
}

func TestContainsTakesEveryCharacterForItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringMatching(`[ab%_\\]{0,8}`).Draw(t, "text")
			part := rapid.StringMatching(`[ab%_\\]{0,3}`).Draw(t, "part")
			found, err := database.All(context.Background(), db.Read(), scanText,
				`SELECT 'found' WHERE CAST($1 AS text) LIKE $2 ESCAPE '\'`, text, database.Contains(part))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := len(found) == 1, strings.Contains(text, part); got != want {
				t.Fatalf("%q in %q: %v, want %v", part, text, got, want)
			}
		})
	})
}
