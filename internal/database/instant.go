package database

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"
)

// layout is how an instant is written on both engines: UTC text of fixed width,
// so that it sorts as text, to the microsecond, which is what PostgreSQL keeps.
const layout = "2006-01-02T15:04:05.000000Z"

type instant time.Time

// Value writes the instant as text; PostgreSQL reads it into a timestamptz.
func (i instant) Value() (driver.Value, error) {
	t := time.Time(i).UTC()
	if t.Year() < 1 || t.Year() > 9999 {
		return nil, fmt.Errorf("instant %v is outside the years 1 to 9999", t)
	}
	return t.Format(layout), nil
}

// Instant is t as an argument of a statement.
func Instant(t time.Time) driver.Valuer { return instant(t) }

type instantScanner struct{ dest *time.Time }

// Scan takes what the engines return: a time from a PostgreSQL column, text
// from a SQLite one or from any expression.
func (s instantScanner) Scan(source any) error {
	switch source := source.(type) {
	case time.Time:
		*s.dest = source.UTC()
	case string:
		t, err := time.Parse(time.RFC3339Nano, source)
		if err != nil {
			return fmt.Errorf("scan instant: %w", err)
		}
		*s.dest = t.UTC()
	default:
		return fmt.Errorf("scan instant: got %T", source)
	}
	return nil
}

type nullInstantScanner struct{ dest **time.Time }

func (s nullInstantScanner) Scan(source any) error {
	if source == nil {
		*s.dest = nil
		return nil
	}
	var t time.Time
	if err := (instantScanner{&t}).Scan(source); err != nil {
		return err
	}
	*s.dest = &t
	return nil
}

// ScanInstant scans a column into dest, in UTC.
func ScanInstant(dest *time.Time) sql.Scanner { return instantScanner{dest} }

// ScanNullInstant scans a column that may be NULL into dest, in UTC.
func ScanNullInstant(dest **time.Time) sql.Scanner { return nullInstantScanner{dest} }
