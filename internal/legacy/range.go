package legacy

import (
	"database/sql"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// PostgreSQL has moments and dates before and after all others, and years that
// have five digits. We have neither, so what is read is looked at.

const maxIDLength = 36

// checkRange reports the values of a table that we cannot hold.
func (m *mover) checkRange(t *table) {
	idAt := t.index("id")
	if t.from == "" {
		return // worked out from tables that were looked at
	}
	for _, row := range t.rows {
		id, _ := row[max(idAt, 0)].(string)
		if n := utf8.RuneCountInString(id); idAt >= 0 && (n < 1 || n > maxIDLength) {
			m.problem(t.from, id, "the id has %d characters, and not 1 to %d", n, maxIDLength)
		}
		for i, c := range t.columns {
			switch value := row[i].(type) {
			case time.Time:
				if y := value.UTC().Year(); y < 1 || y > 9999 {
					m.problem(t.from, id, "%s is not within the years 1 to 9999", c.name)
				}
			case string:
				if _, err := milkcount.ParseDate(value); c.kind == date && err != nil {
					m.problem(t.from, id, "%s is not within the years 1 to 9999", c.name)
				}
			}
		}
	}
}

// checkOrder reports a place in a list that is far beyond any.
func (m *mover) checkOrder(table, id string, order int) {
	if order < -maxCount || order > maxCount {
		m.problem(table, id, "display_order is %d, and not between %d and %d", order, -maxCount, maxCount)
	}
}

// scanOldInstant is database.ScanInstant for a column that may have infinity,
// which becomes a year that checkRange finds.
func scanOldInstant(dest *time.Time) sql.Scanner { return oldInstant{dest} }

// scanOldNullInstant is the same for a column that may be NULL.
func scanOldNullInstant(dest **time.Time) sql.Scanner { return oldNullInstant{dest} }

type oldInstant struct{ dest *time.Time }

func (s oldInstant) Scan(value any) error {
	switch value {
	case "infinity":
		*s.dest = time.Date(10_000, time.January, 1, 0, 0, 0, 0, time.UTC)
	case "-infinity":
		*s.dest = time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC)
	default:
		if err := database.ScanInstant(s.dest).Scan(value); err != nil {
			return fmt.Errorf("a moment: %w", err)
		}
	}
	return nil
}

type oldNullInstant struct{ dest **time.Time }

func (s oldNullInstant) Scan(value any) error {
	*s.dest = nil
	if value == nil {
		return nil
	}
	*s.dest = new(time.Time)
	return oldInstant{*s.dest}.Scan(value)
}
