package api

import (
	"encoding/base64"
	"time"
)

// Cursor is a place in a list that is ordered by time and id, newest first:
// the last row of the page before.
type Cursor struct {
	Time time.Time
	ID   string
}

// Encode writes it as clients pass it around: opaque.
func (c Cursor) Encode() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.Time.UTC().Format(timeFormat) + c.ID))
}

// ParseCursor reads what Encode wrote. An empty text is the start of the list: nil.
func ParseCursor(text string) (*Cursor, error) {
	if text == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	place := string(raw)
	if err != nil || len(place) <= len(timeFormat) || place != cleanText(place) {
		return nil, InvalidParameter("cursor")
	}
	at, err := time.Parse(timeFormat, place[:len(timeFormat)])
	if err != nil || !storable(at) {
		return nil, InvalidParameter("cursor")
	}
	return &Cursor{Time: at, ID: place[len(timeFormat):]}, nil
}

// Page cuts the one row too many off that was asked for to see whether there
// is a next page, and returns the cursor to it, or nil.
func Page[T any](rows []T, limit int, place func(T) Cursor) ([]T, *string) {
	if len(rows) <= limit {
		return rows, nil
	}
	rows = rows[:limit]
	next := place(rows[limit-1]).Encode()
	return rows, &next
}
