package config

import (
	"errors"
	"strconv"
)

const maxRate = 1_000_000

// parseRate reads a number of requests a minute.
func parseRate(text string) (int, error) {
	rate, err := strconv.Atoi(text)
	if err != nil || rate < 0 || rate > maxRate {
		return 0, errors.New("must be a number of requests a minute from 1 to 1000000, or 0 for no limit")
	}
	return rate, nil
}
