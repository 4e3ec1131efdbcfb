// Package stores keeps the shops: their names, and the clocks by which their
// business days turn. A fresh installation has one, and nobody with one store
// ever notices that there could be more.
package stores

import (
	"fmt"
	"sync"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
)

// Store is one shop.
type Store struct {
	ID                 string
	Name               string
	Number             string // unique, up to 20 characters
	Timezone           string // IANA name
	BusinessDayStart   string // HH:MM store time
	MorningCountCutoff string // HH:MM store time
	CreatedAt          time.Time
	UpdatedAt          time.Time
}

// Clock returns what the tools need to know of the store to tell its time.
func (s Store) Clock() (actor.Store, error) {
	location, err := Location(s.Timezone)
	if err != nil {
		return actor.Store{}, err
	}
	dayStart, err := timeOfDay(s.BusinessDayStart)
	if err != nil {
		return actor.Store{}, err
	}
	cutoff, err := timeOfDay(s.MorningCountCutoff)
	if err != nil {
		return actor.Store{}, err
	}
	return actor.Store{
		ID: s.ID, Location: location, BusinessDayStart: dayStart, MorningCountCutoff: cutoff,
	}, nil
}

// locations keeps the zones that were asked for: reading one takes longer than
// answering a request.
var locations sync.Map // name → *time.Location

// Location is the time zone of an IANA name. "Local" is none: it would be
// another zone on every host.
func Location(name string) (*time.Location, error) {
	if known, ok := locations.Load(name); ok {
		return known.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q is not an IANA name", name)
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("time zone %q: %w", name, err)
	}
	locations.Store(name, location)
	return location, nil
}

func timeOfDay(text string) (time.Duration, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("time of day %q: %w", text, err)
	}
	return t.Sub(t.Truncate(24 * time.Hour)), nil
}

// FormatTimeOfDay writes a time after midnight as a store keeps it: HH:MM.
func FormatTimeOfDay(sinceMidnight time.Duration) string {
	return time.Time{}.Add(sinceMidnight).Format("15:04")
}
