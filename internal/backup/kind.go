package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sirenbase/sirenbase/internal/database"
)

// Kind is how the values of a column are written.
type Kind string

// The kinds: as JSON they are a string, a number, true or false, and twice text:
// RFC 3339 in UTC with microseconds, and YYYY-MM-DD.
const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Boolean Kind = "boolean"
	Instant Kind = "instant"
	Date    Kind = "date"
)

// postgresKinds are the kinds by the types of PostgreSQL.
var postgresKinds = map[string]Kind{
	"text": Text, "integer": Integer, "bigint": Integer, "boolean": Boolean,
	"timestamp with time zone": Instant, "date": Date,
}

// sqliteKind tells the kinds apart by the CHECK that every column has which is
// more than its type says. create is the statement that made the table.
func sqliteKind(declared, column, create string) (Kind, bool) {
	checked := func(condition string) bool { return strings.Contains(create, "CHECK ("+column+condition+")") }
	measured := func(length string) bool { return strings.Contains(create, "CHECK (length("+column+") = "+length+")") }
	switch declared = strings.ToLower(declared); {
	case declared == "integer" && (checked(" IN (false, true)") || checked(" IN (0, 1)")):
		return Boolean, true
	case declared == "integer":
		return Integer, true
	case declared == "text" && measured("27"):
		return Instant, true
	case declared == "text" && measured("10"):
		return Date, true
	case declared == "text":
		return Text, true
	}
	return "", false
}

// canonical is a value as a driver gives it, in the form that is the same for
// both engines.
func (k Kind) canonical(value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	switch k {
	case Text:
		return canonicalText(value)
	case Integer:
		if n, ok := value.(int64); ok {
			return n, nil
		}
	case Boolean:
		switch v := value.(type) {
		case bool:
			return v, nil
		case int64:
			return v != 0, nil
		}
	case Instant:
		var t time.Time
		if err := database.ScanInstant(&t).Scan(value); err != nil {
			return nil, err
		}
		return database.Instant(t).Value()
	case Date:
		var date string
		err := database.ScanDate(&date).Scan(value)
		return date, err
	}
	return nil, fmt.Errorf("%T is no %s", value, k)
}

// canonicalText refuses what PostgreSQL cannot hold and JSON would change.
func canonicalText(value any) (any, error) {
	text, ok := value.(string)
	switch {
	case !ok:
		return nil, fmt.Errorf("%T is no text", value)
	case !utf8.ValidString(text):
		return nil, errors.New("text that is not UTF-8")
	}
	return text, nil
}

// parse is a value out of an archive, as an argument of a statement.
func (k Kind) parse(value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	switch v := value.(type) {
	case string:
		return v, k.checkText(v)
	case json.Number:
		if k == Integer {
			return v.Int64()
		}
	case bool:
		if k == Boolean {
			return v, nil
		}
	}
	return nil, fmt.Errorf("%T is no %s", value, k)
}

func (k Kind) checkText(text string) error {
	layout := ""
	switch k {
	case Text:
		return nil
	case Instant:
		layout = "2006-01-02T15:04:05.000000Z"
	case Date:
		layout = time.DateOnly
	default:
		return fmt.Errorf("text is no %s", k)
	}
	// Parse takes a comma, and any number of digits, after the seconds.
	if t, err := time.Parse(layout, text); err != nil || t.Format(layout) != text {
		return fmt.Errorf("%.40q is no %s", text, k)
	}
	return nil
}
