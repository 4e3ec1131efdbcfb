package config

import (
	"errors"
	"strconv"
	"time"
)

// parseTimeOfDay reads HH:MM as the time since midnight.
func parseTimeOfDay(text string) (time.Duration, error) {
	clock, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") { // Parse takes 4:00 for 04:00
		return 0, errors.New("must be a time of day as HH:MM, from 00:00 to 23:59")
	}
	return time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute, nil
}

// maxLifetime keeps a slip of the finger from making tokens that outlive the shop.
const maxLifetime = 10 * 365 * 24 * time.Hour

// parseLifetime reads a duration, or a plain number of seconds.
func parseLifetime(text string) (time.Duration, error) {
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		text += "s"
	}
	lifetime, err := time.ParseDuration(text)
	if err != nil || lifetime < time.Second || lifetime > maxLifetime {
		return 0, errors.New("must be a duration from 1s to 87600h such as 24h or 90m, or a number of seconds")
	}
	return lifetime, nil
}

// parseTimezone takes names of the zone database. "Local" is not one: it would
// mean another zone on every host.
func parseTimezone(text string) (*time.Location, error) {
	zone, err := time.LoadLocation(text)
	if err != nil || text == "Local" {
		return nil, errors.New("must be a time zone name such as America/Los_Angeles or UTC")
	}
	return zone, nil
}

// maxDays keeps a suggested par within what a fridge holds and milk keeps.
const maxDays = 14

// parseDays reads a number of days.
func parseDays(text string) (int, error) {
	days, err := strconv.Atoi(text)
	if err != nil || days < 1 || days > maxDays {
		return 0, errors.New("must be a number of days from 1 to 14")
	}
	return days, nil
}

// maxDelay is more than any proxy takes to notice.
const maxDelay = 5 * time.Minute

// parseDelay reads a duration that may be none.
func parseDelay(text string) (time.Duration, error) {
	delay, err := time.ParseDuration(text)
	if err != nil || delay < 0 || delay > maxDelay {
		return 0, errors.New("must be a duration from 0s to 5m such as 10s")
	}
	return delay, nil
}
