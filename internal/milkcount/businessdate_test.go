package milkcount

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/actor"
)

func storeIn(tb rapid.TB, zone string) actor.Store {
	tb.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		tb.Fatalf("%v", err)
	}
	return actor.Store{Location: location, BusinessDayStart: 4 * time.Hour, MorningCountCutoff: 15 * time.Hour}
}

const (
	losAngeles = "America/Los_Angeles"
	phoenix    = "America/Phoenix"
	kolkata    = "Asia/Kolkata"
	tokyo      = "Asia/Tokyo"
	santiago   = "America/Santiago" // its clocks change at midnight
)

// local reads a time of a zone's clock; offsets tell repeated hours apart.
func local(t *testing.T, store actor.Store, text string) time.Time {
	t.Helper()
	if at, err := time.Parse("2006-01-02 15:04:05 -07", text); err == nil {
		return at.UTC()
	}
	at, err := time.ParseInLocation(time.DateTime, text, store.Location)
	if err != nil {
		t.Fatal(err)
	}
	if got := at.Format(time.DateTime); got != text {
		t.Fatalf("there is no %s in %s: it became %s", text, store.Location, got)
	}
	return at.UTC()
}

func TestBusinessDate(t *testing.T) {
	for _, test := range []struct {
		zone, at string
		want     Date
		morning  bool
	}{
		// The clock springs from 02:00 to 03:00.
		{losAngeles, "2026-03-07 23:59:59", "2026-03-07", false},
		{losAngeles, "2026-03-08 00:00:00", "2026-03-07", false},
		{losAngeles, "2026-03-08 01:59:59", "2026-03-07", false},
		{losAngeles, "2026-03-08 03:00:00", "2026-03-07", false},
		{losAngeles, "2026-03-08 03:59:59", "2026-03-07", false},
		{losAngeles, "2026-03-08 04:00:00", "2026-03-08", true},
		{losAngeles, "2026-03-08 14:59:59", "2026-03-08", true},
		{losAngeles, "2026-03-08 15:00:00", "2026-03-08", false},
		{losAngeles, "2026-03-09 00:30:00", "2026-03-08", false},
		{losAngeles, "2026-03-09 02:30:00", "2026-03-08", false},
		// The hour from 01:00 comes twice.
		{losAngeles, "2026-10-31 23:59:59", "2026-10-31", false},
		{losAngeles, "2026-11-01 01:30:00 -07", "2026-10-31", false},
		{losAngeles, "2026-11-01 01:30:00 -08", "2026-10-31", false},
		{losAngeles, "2026-11-01 03:59:59", "2026-10-31", false},
		{losAngeles, "2026-11-01 04:00:00", "2026-11-01", true},
		{losAngeles, "2026-11-01 14:59:59", "2026-11-01", true},
		{losAngeles, "2026-11-01 15:00:00", "2026-11-01", false},
		{losAngeles, "2026-11-02 01:30:00", "2026-11-01", false},
		// Zones whose clocks never change.
		{phoenix, "2026-03-08 03:59:00", "2026-03-07", false},
		{phoenix, "2026-03-08 04:00:00", "2026-03-08", true},
		{phoenix, "2026-11-01 14:59:00", "2026-11-01", true},
		{phoenix, "2026-11-01 15:00:00", "2026-11-01", false},
		{kolkata, "2026-03-08 03:59:59", "2026-03-07", false},
		{kolkata, "2026-03-08 04:00:00", "2026-03-08", true},
		{kolkata, "2026-03-08 23:59:59", "2026-03-08", false},
		{kolkata, "2026-03-09 00:00:00", "2026-03-08", false},
		{tokyo, "2026-01-01 00:00:00", "2025-12-31", false},
		{tokyo, "2026-01-01 03:59:59", "2025-12-31", false},
		{tokyo, "2026-01-01 04:00:00", "2026-01-01", true},
		{tokyo, "2026-01-01 14:59:59", "2026-01-01", true},
		{tokyo, "2026-01-01 15:00:00", "2026-01-01", false},
		{tokyo, "2028-03-01 03:59:00", "2028-02-29", false},
		// September 6 begins at 01:00, so the night after it has half past
		// midnight and that day does not.
		{santiago, "2026-09-05 23:59:59", "2026-09-05", false},
		{santiago, "2026-09-06 01:00:00", "2026-09-05", false},
		{santiago, "2026-09-06 03:59:00", "2026-09-05", false},
		{santiago, "2026-09-06 04:00:00", "2026-09-06", true},
		{santiago, "2026-09-07 00:00:00", "2026-09-06", false},
		{santiago, "2026-09-07 00:30:00", "2026-09-06", false},
		// April 4 has its last hour twice.
		{santiago, "2026-04-04 23:30:00 -03", "2026-04-04", false},
		{santiago, "2026-04-04 23:30:00 -04", "2026-04-04", false},
		{santiago, "2026-04-05 00:30:00", "2026-04-04", false},
		{santiago, "2026-04-05 04:00:00", "2026-04-05", true},
	} {
		store := storeIn(t, test.zone)
		now := local(t, store, test.at)
		if got := BusinessDate(now, store); got != test.want {
			t.Errorf("%s %s: business date %s, want %s", test.zone, test.at, got, test.want)
		}
		if got := morningStillOn(now, store); got != test.morning {
			t.Errorf("%s %s: morning still on: %t", test.zone, test.at, got)
		}
	}
}

// A store may turn its day in the very hour that comes twice.
func TestBusinessDateDoesNotGoBackWithTheClock(t *testing.T) {
	store := storeIn(t, losAngeles)
	store.BusinessDayStart = 90 * time.Minute
	for _, test := range []struct {
		at      string
		want    Date
		morning bool
	}{
		{"2026-11-01 01:29:59 -07", "2026-10-31", false},
		{"2026-11-01 01:30:00 -07", "2026-11-01", true},
		{"2026-11-01 01:00:00 -08", "2026-11-01", true},
		{"2026-11-01 01:30:00 -08", "2026-11-01", true},
		{"2026-11-02 01:29:59 -08", "2026-11-01", false},
		{"2026-11-02 01:30:00 -08", "2026-11-02", true},
	} {
		now := local(t, store, test.at)
		if got := BusinessDate(now, store); got != test.want {
			t.Errorf("%s: %s, want %s", test.at, got, test.want)
		}
		if got := morningStillOn(now, store); got != test.morning {
			t.Errorf("%s: morning still on: %t", test.at, got)
		}
	}
}

var anyZone = rapid.SampledFrom([]string{
	losAngeles, phoenix, kolkata, tokyo, santiago, "UTC", "Europe/London", "America/Havana", "Atlantic/Azores",
	"Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo", "America/St_Johns",
})

var anyInstant = rapid.Custom(func(t *rapid.T) time.Time {
	return time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC).
		Add(time.Duration(rapid.Int64Range(0, int64(20*365*24*time.Hour)).Draw(t, "instant")))
})

// Every instant has a date, dates only ever advance, and by one at a time;
// wherever the store is and whenever its day begins.
func TestBusinessDatesFollowOneAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := storeIn(t, anyZone.Draw(t, "zone"))
		store.BusinessDayStart = time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "day start")) * time.Minute
		now := anyInstant.Draw(t, "now")
		if change, _ := now.In(store.Location).ZoneBounds(); rapid.Bool().Draw(t, "at a change") && !change.IsZero() {
			now = change.Add(-24 * time.Hour)
		}
		for date := BusinessDate(now, store); now.Year() < 2041; {
			now = now.Add(time.Duration(rapid.IntRange(1, 12*60).Draw(t, "minutes")) * time.Minute)
			next := BusinessDate(now, store)
			if next != date && next != date.AddDays(1) {
				t.Fatalf("%s follows %s at %s", next, date, now)
			}
			if date = next; rapid.IntRange(0, 15).Draw(t, "enough") == 15 {
				return
			}
		}
	})
}

// The business date is the calendar's but for the hours before its beginning.
func TestBusinessDateIsTheDateOfTheClockOrTheOneBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := storeIn(t, anyZone.Draw(t, "zone"))
		now := anyInstant.Draw(t, "now")
		clock := now.In(store.Location)
		want := Date(clock.Format(time.DateOnly))
		if clock.Format("15:04") < "04:00" {
			want = want.AddDays(-1)
		}
		if got := BusinessDate(now, store); got != want {
			t.Fatalf("%s: %s, want %s", clock, got, want)
		}
		between := clock.Format("15:04") >= "04:00" && clock.Format("15:04") < "15:00"
		if got := morningStillOn(now, store); got != between {
			t.Fatalf("%s: morning still on: %t", clock, got)
		}
	})
}

func TestAddDays(t *testing.T) {
	for _, test := range []struct {
		date Date
		days int
		want Date
	}{
		{"2026-02-28", 1, "2026-03-01"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2026-01-01", -1, "2025-12-31"},
		{"2026-03-08", 0, "2026-03-08"},
		{"2026-11-01", -27, "2026-10-05"},
	} {
		if got := test.date.AddDays(test.days); got != test.want {
			t.Errorf("%s and %d days: %s, want %s", test.date, test.days, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		date := dateOf(anyInstant.Draw(t, "date"))
		a, b := rapid.IntRange(-800, 800).Draw(t, "a"), rapid.IntRange(-800, 800).Draw(t, "b")
		if one, two := date.AddDays(a).AddDays(b), date.AddDays(a+b); one != two {
			t.Fatalf("%s, %d and %d days: %s or %s", date, a, b, one, two)
		}
		if later := date.AddDays(a); (later > date) != (a > 0) {
			t.Fatalf("%s and %d days: %s", date, a, later)
		}
	})
}

func TestOnlyDatesAreParsed(t *testing.T) {
	if date, err := ParseDate("2028-02-29"); date != "2028-02-29" || err != nil {
		t.Errorf("%s, %v", date, err)
	}
	for _, text := range []string{"", "2026-02-29", "2026-2-1", "20260201", "2026-02-01T00:00:00Z", "2026-13-01", " 2026-01-01"} {
		if date, err := ParseDate(text); err == nil {
			t.Errorf("%q is %s", text, date)
		}
	}
}
