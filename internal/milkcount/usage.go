package milkcount

import "math"

// Usage is how much of a milk goes in a day.
type Usage struct {
	MilkType     MilkType
	Days         []DayUse
	Mean         *float64 // nil without any day
	StdDev       *float64 // of the sample; nil with fewer than two days
	SuggestedPar *int     // nil with fewer than minDays days
}

// DayUse is what was used between a day's morning and its night.
type DayUse struct {
	Date Date
	Used int
}

const (
	// minDays is from how many days on a par is suggested.
	minDays = 7
	// safetyFactor leaves a 5 % chance of running out, if use is normally
	// distributed: the 95th percentile's z score.
	safetyFactor = 1.65
)

// counted is what a completed session says about one milk.
type counted struct {
	date Date
	// night is what was there when the front and back fridges were counted,
	// total is night and what was delivered the morning after.
	night, total int
}

// measureUse compares each night with the total of the session before, if that
// was of the day before: what is gone was used. A night with more than there
// was says only that somebody miscounted, and is left out.
func measureUse(days []counted, from Date) []DayUse {
	uses := []DayUse{}
	for i := 1; i < len(days); i++ {
		yesterday, today := days[i-1], days[i]
		used := yesterday.total - today.night
		if yesterday.date.AddDays(1) == today.date && today.date >= from && used >= 0 {
			uses = append(uses, DayUse{Date: today.date, Used: used})
		}
	}
	return uses
}

// newUsage works out the statistics. The suggested par covers some days of mean
// use and a margin for the busier ones.
func newUsage(milk MilkType, days []DayUse, coverDays int) Usage {
	usage := Usage{MilkType: milk, Days: days}
	n := float64(len(days))
	if n == 0 {
		return usage
	}
	sum := 0
	for _, day := range days {
		sum += day.Used
	}
	mean := float64(sum) / n
	usage.Mean = &mean
	if n < 2 {
		return usage
	}
	squares := 0.0
	for _, day := range days {
		squares += (float64(day.Used) - mean) * (float64(day.Used) - mean)
	}
	deviation := math.Sqrt(squares / (n - 1))
	usage.StdDev = &deviation
	if n >= minDays {
		par := int(math.Ceil(float64(coverDays)*mean + safetyFactor*deviation))
		usage.SuggestedPar = &par
	}
	return usage
}
