package stores

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sirenbase/sirenbase/internal/fault"
)

const (
	minNameLength   = 2
	maxNameLength   = 100
	maxNumberLength = 20
)

// Check reports every rule that the store would break.
func (s Store) Check(fields fault.Fields) {
	CheckName(fields, "name", s.Name)
	switch length := utf8.RuneCountInString(s.Number); {
	case !isText(s.Number):
		fields.Add("number", "Not a valid string.")
	case length == 0:
		fields.Add("number", "Store number is required")
	case length > maxNumberLength:
		fields.Add("number", "Store number too long (max 20 characters)")
	}
	CheckTimezone(fields, s.Timezone)
	checkTimeOfDay(fields, "business_day_start", s.BusinessDayStart)
	checkTimeOfDay(fields, "morning_count_cutoff", s.MorningCountCutoff)
}

// CheckName reports a name that is too short or too long, or no text.
func CheckName(fields fault.Fields, field, name string) {
	switch length := utf8.RuneCountInString(name); {
	case !isText(name):
		fields.Add(field, "Not a valid string.")
	case length == 0:
		fields.Add(field, "Store name is required")
	case length < minNameLength:
		fields.Add(field, "Store name must be at least 2 characters")
	case length > maxNameLength:
		fields.Add(field, "Store name too long (max 100 characters)")
	}
}

// CheckTimezone reports a name that is no IANA zone.
func CheckTimezone(fields fault.Fields, name string) {
	if _, err := Location(name); err != nil {
		fields.Add("timezone", "Unknown time zone")
	}
}

func checkTimeOfDay(fields fault.Fields, field, text string) {
	if _, err := time.Parse("15:04", text); err != nil || len(text) != len("15:04") {
		fields.Add(field, "Must be a time of day (HH:MM)")
	}
}

// isText leaves out what would steer a terminal, and broken UTF-8.
func isText(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || unicode.IsControl(r) })
}
