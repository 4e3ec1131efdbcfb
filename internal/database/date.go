package database

import (
	"database/sql"
	"fmt"
	"time"
)

// ScanDate reads a date into YYYY-MM-DD. As an argument a date is sent as that
// text on both engines.
func ScanDate(dest *string) sql.Scanner { return dateScanner{dest} }

type dateScanner struct{ dest *string }

func (s dateScanner) Scan(value any) error {
	switch v := value.(type) {
	case time.Time:
		*s.dest = v.Format(time.DateOnly)
		return nil
	case string:
		*s.dest = v
		return nil
	default:
		return fmt.Errorf("cannot read a date from %T", value)
	}
}
