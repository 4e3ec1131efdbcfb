package api

import (
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// timeFormat is RFC 3339 in UTC with microseconds, whatever they are.
const timeFormat = "2006-01-02T15:04:05.000000Z"

// Time is an instant as the API writes it.
type Time time.Time

// MarshalText writes it.
func (t Time) MarshalText() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, timeFormat), nil
}

// Schema describes it in the OpenAPI document.
func (Time) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Format: "date-time",
		Description: "An instant in UTC, to the microsecond.",
		Examples:    []any{"2026-01-05T22:41:07.123456Z"},
	}
}

// NullTime is null for an instant that never was.
func NullTime(t *time.Time) *Time { return (*Time)(t) }

// ParseMoment reads a query parameter that is a date in the store's time zone,
// or an instant. It returns the first instant of it, and the first one after
// it; nil for a parameter that is not there.
func ParseMoment(name, text string, zone *time.Location) (begin, end *time.Time, err error) {
	if text == "" {
		return nil, nil, nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil && storable(day) {
		begin, next := startOfDay(day, zone), startOfDay(day.AddDate(0, 0, 1), zone)
		return &begin, &next, nil
	}
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, nil, InvalidParameter(name)
	}
	if !storable(instant) {
		return nil, nil, InvalidParameter(name)
	}
	next := instant.Truncate(time.Microsecond).Add(time.Microsecond)
	return &instant, &next, nil
}

// startOfDay is the first instant of a date in a zone. In some zones the clock
// springs forward at midnight, and the day begins at one.
func startOfDay(date time.Time, zone *time.Location) time.Time {
	year, month, day := date.Date()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if midnight.Day() == day {
		return midnight
	}
	_, spring := midnight.ZoneBounds() // what Go makes of a midnight that is not there: an hour before
	return spring
}

// storable says whether both engines can hold an instant and its day's end.
func storable(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 1 && year <= 9998
}
