package milkcount

import (
	"math"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMeasureUse(t *testing.T) {
	for name, test := range map[string]struct {
		days []counted
		from Date
		want []DayUse
	}{
		"nothing counted": {nil, "2026-03-01", []DayUse{}},
		"one day says nothing": {
			[]counted{{"2026-03-02", 5, 9}}, "2026-03-01", []DayUse{},
		},
		"what is gone was used": {
			[]counted{{"2026-03-01", 5, 12}, {"2026-03-02", 4, 10}, {"2026-03-03", 10, 10}},
			"2026-03-01",
			[]DayUse{{"2026-03-02", 8}, {"2026-03-03", 0}},
		},
		"the day before may be before the period": {
			[]counted{{"2026-02-28", 5, 12}, {"2026-03-01", 4, 10}}, "2026-03-01", []DayUse{{"2026-03-01", 8}},
		},
		"but no day itself": {
			[]counted{{"2026-02-27", 5, 12}, {"2026-02-28", 4, 10}, {"2026-03-01", 4, 10}},
			"2026-03-01",
			[]DayUse{{"2026-03-01", 6}},
		},
		"a missed night leaves a gap": {
			[]counted{{"2026-03-01", 5, 12}, {"2026-03-03", 4, 10}, {"2026-03-04", 3, 9}},
			"2026-03-01",
			[]DayUse{{"2026-03-04", 7}},
		},
		"more than there was is a mistake": {
			[]counted{{"2026-03-01", 5, 12}, {"2026-03-02", 13, 14}, {"2026-03-03", 4, 4}},
			"2026-03-01",
			[]DayUse{{"2026-03-03", 10}},
		},
	} {
		if diff := gocmp.Diff(test.want, measureUse(test.days, test.from)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// used makes days of use; their dates do not matter.
func used(numbers ...int) []DayUse {
	days := make([]DayUse, len(numbers))
	for i, n := range numbers {
		days[i] = DayUse{Date: Date("2026-03-01").AddDays(i), Used: n}
	}
	return days
}

func TestNewUsage(t *testing.T) {
	for name, test := range map[string]struct {
		days      []DayUse
		coverDays int
		mean      *float64
		deviation *float64
		par       *int
	}{
		"no days":                {used(), 2, nil, nil, nil},
		"one day":                {used(4), 2, new(4.0), nil, nil},
		"two days":               {used(4, 8), 2, new(6.0), new(math.Sqrt(8)), nil},
		"six days are too few":   {used(5, 5, 5, 5, 5, 5), 2, new(5.0), new(0.0), nil},
		"the same every day":     {used(5, 5, 5, 5, 5, 5, 5), 2, new(5.0), new(0.0), new(10)},
		"nothing is ever used":   {used(0, 0, 0, 0, 0, 0, 0), 2, new(0.0), new(0.0), new(0)},
		"2 × 5 + 1.65 × 2.138…":  {used(2, 4, 4, 4, 5, 5, 7, 9), 2, new(5.0), new(math.Sqrt(32.0 / 7)), new(14)},
		"1 × 5 + 1.65 × 2.138…":  {used(2, 4, 4, 4, 5, 5, 7, 9), 1, new(5.0), new(math.Sqrt(32.0 / 7)), new(9)},
		"2 × 4 + 1.65 × 2.160…":  {used(1, 2, 3, 4, 5, 6, 7), 2, new(4.0), new(math.Sqrt(28.0 / 6)), new(12)},
		"14 × 4 + 1.65 × 2.160…": {used(1, 2, 3, 4, 5, 6, 7), 14, new(4.0), new(math.Sqrt(28.0 / 6)), new(60)},
	} {
		got := newUsage(MilkType{Name: "Oat"}, test.days, test.coverDays)
		want := Usage{
			MilkType: MilkType{Name: "Oat"}, Days: test.days, Mean: test.mean, StdDev: test.deviation, SuggestedPar: test.par,
		}
		nearly := gocmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
		if diff := gocmp.Diff(want, got, nearly); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestUsageProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var days []counted
		date := Date("2026-03-01")
		for range rapid.IntRange(0, 30).Draw(t, "days") {
			night := rapid.IntRange(0, 40).Draw(t, "night")
			days = append(days, counted{date, night, night + rapid.IntRange(0, 30).Draw(t, "delivered")})
			date = date.AddDays(rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "gap"))
		}
		uses := measureUse(days, "2026-03-05")
		usage := newUsage(MilkType{}, uses, 2)
		checkUsage(t, usage)
		if more := newUsage(MilkType{}, uses, 3); usage.SuggestedPar != nil && *more.SuggestedPar < *usage.SuggestedPar {
			t.Fatalf("three days need %d, two days %d", *more.SuggestedPar, *usage.SuggestedPar)
		}
	})
}

func checkUsage(t *rapid.T, usage Usage) {
	t.Helper()
	n := len(usage.Days)
	if (usage.Mean != nil) != (n > 0) || (usage.StdDev != nil) != (n > 1) || (usage.SuggestedPar != nil) != (n > 6) {
		t.Fatalf("of %d days: %+v", n, usage)
	}
	least, most := math.MaxInt, 0
	for i, day := range usage.Days {
		if day.Used < 0 || day.Date < "2026-03-05" || i > 0 && day.Date <= usage.Days[i-1].Date {
			t.Fatalf("days %v", usage.Days)
		}
		least, most = min(least, day.Used), max(most, day.Used)
	}
	if n > 0 && (*usage.Mean < float64(least) || *usage.Mean > float64(most)) {
		t.Fatalf("mean %f of %v", *usage.Mean, usage.Days)
	}
	if n > 1 && *usage.StdDev > float64(most-least) {
		t.Fatalf("deviation %f of %v", *usage.StdDev, usage.Days)
	}
	if n > 6 && float64(*usage.SuggestedPar) < 2**usage.Mean {
		t.Fatalf("a par of %d for %f a day", *usage.SuggestedPar, *usage.Mean)
	}
}
