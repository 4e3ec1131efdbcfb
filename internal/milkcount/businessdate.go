package milkcount

import (
	"errors"
	"fmt"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
)

// Date is a business date, as YYYY-MM-DD.
type Date string

// The dates that both engines can hold.
const firstDate, lastDate Date = "0001-01-01", "9999-12-31"

// ParseDate reads one.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if date := dateOf(t); err != nil || date >= firstDate {
		return date, err
	}
	return "", errors.New("no date of the common era: " + text)
}

func dateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// AddDays is the date n days later, or the last one that there is.
func (d Date) AddDays(n int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		panic("milkcount: not a date: " + string(d)) // every Date was parsed or formatted
	}
	switch t = t.AddDate(0, 0, n); {
	case t.Year() < 1:
		return firstDate
	case t.Year() > 9999:
		return lastDate
	}
	return dateOf(t)
}

// BusinessDate is the date that a store's clock counts at an instant. The
// business day begins in the small hours, so a night count at half past
// midnight belongs to the day before. Only the wall clock is looked at, which
// makes it right over daylight-saving changes; but a day that has begun stays
// when the clock is turned back to before its beginning.
func BusinessDate(now time.Time, store actor.Store) Date {
	local := now.In(store.Location)
	date := dateOnTheWall(local, store)
	if change, _ := local.ZoneBounds(); !change.IsZero() {
		date = max(date, dateOnTheWall(change.Add(-1).In(store.Location), store))
	}
	return date
}

// dateOnTheWall steps back in the calendar and not on the clock: where clocks
// change at midnight, the same hour of the day before may not exist.
func dateOnTheWall(local time.Time, store actor.Store) Date {
	date := dateOf(local)
	if sinceMidnight(local) < store.BusinessDayStart {
		return date.AddDays(-1)
	}
	return date
}

// morningStillOn says whether the morning shift may still be counting for the
// night before: until the cutoff of the business date itself. After midnight,
// before the next business day, it is long over.
func morningStillOn(now time.Time, store actor.Store) bool {
	local := now.In(store.Location)
	return dateOf(local) == BusinessDate(now, store) && sinceMidnight(local) < store.MorningCountCutoff
}

// dayOfWork tells two times apart between which another session is today's.
func dayOfWork(store actor.Store, now time.Time) string {
	return fmt.Sprint(BusinessDate(now, store), morningStillOn(now, store))
}

// sinceMidnight is what the clock on the wall shows.
func sinceMidnight(local time.Time) time.Duration {
	return time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute +
		time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
}
