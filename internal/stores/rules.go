package stores

import (
	"time"

	"github.com/sirenbase/sirenbase/internal/fault"
)

const (
	minNameLength   = 2
	maxNameLength   = 100
	maxNumberLength = 20
)

// Check reports every rule that the store would break.
func (s Store) Check(fields fault.Fields) {
	s.checkNames(fields)
	checkTimeOfDay(fields, "business_day_start", s.BusinessDayStart)
	checkTimeOfDay(fields, "morning_count_cutoff", s.MorningCountCutoff)
}

// checkNames reports what is wrong with everything but the times.
func (s Store) checkNames(fields fault.Fields) {
	CheckName(fields, "name", s.Name)
	fields.CheckText("number", "Store number", s.Number, 1, maxNumberLength)
	CheckTimezone(fields, s.Timezone)
}

// CheckName reports a name that is too short or too long, or no text.
func CheckName(fields fault.Fields, field, name string) {
	fields.CheckText(field, "Store name", name, minNameLength, maxNameLength)
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
