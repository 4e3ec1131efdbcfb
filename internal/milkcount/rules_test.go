package milkcount

import (
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// overnight, delivered and uncounted are morning counts.
func overnight(current int) (*Method, *int, *int) { return new(BOHCount), &current, nil }
func delivered(direct int) (*Method, *int, *int)  { return new(DirectDelivered), nil, &direct }
func uncounted() (method *Method, _ *int, _ *int) { return nil, nil, nil }

func entry(foh, boh *int, onOrder *int, par int) func(*Method, *int, *int) Entry {
	return func(method *Method, current, direct *int) Entry {
		return Entry{
			MilkTypeName: "Oat", Category: NonDairy, FOH: foh, BOH: boh,
			Method: method, CurrentBOH: current, direct: direct, OnOrder: onOrder, Par: par,
		}
	}
}

func TestSummaryArithmetic(t *testing.T) {
	for name, test := range map[string]struct {
		entry Entry
		want  Row
	}{
		"nothing counted": {
			entry(nil, nil, nil, 9)(uncounted()), Row{Par: 9, Order: 9},
		},
		"the back has more than at night": {
			entry(new(3), new(4), new(2), 20)(overnight(10)),
			Row{FOH: 3, BOH: 4, Delivered: 6, Total: 13, OnOrder: 2, Par: 20, Order: 5},
		},
		"the back has less than at night": {
			entry(new(3), new(4), nil, 20)(overnight(1)),
			Row{FOH: 3, BOH: 4, Total: 7, Par: 20, Order: 13, UsedOvernight: 3},
		},
		"the back is as it was": {
			entry(new(3), new(4), nil, 20)(overnight(4)), Row{FOH: 3, BOH: 4, Total: 7, Par: 20, Order: 13},
		},
		"the back was not counted at night": {
			entry(new(3), nil, nil, 20)(overnight(4)), Row{FOH: 3, Delivered: 4, Total: 7, Par: 20, Order: 13},
		},
		"the delivery itself": {
			entry(new(3), new(4), new(1), 20)(delivered(5)),
			Row{FOH: 3, BOH: 4, Delivered: 5, Total: 12, OnOrder: 1, Par: 20, Order: 7},
		},
		"exactly par": {
			entry(new(3), new(4), new(8), 20)(delivered(5)),
			Row{FOH: 3, BOH: 4, Delivered: 5, Total: 12, OnOrder: 8, Par: 20},
		},
		"more than par": {
			entry(new(30), new(4), new(8), 20)(delivered(5)),
			Row{FOH: 30, BOH: 4, Delivered: 5, Total: 39, OnOrder: 8, Par: 20},
		},
		"no par": {
			entry(new(1), new(1), nil, 0)(uncounted()), Row{FOH: 1, BOH: 1, Total: 2},
		},
		"the most of everything": {
			entry(new(1_000_000), new(1_000_000), new(0), 1_000_000)(delivered(1_000_000)),
			Row{FOH: 1_000_000, BOH: 1_000_000, Delivered: 1_000_000, Total: 3_000_000, Par: 1_000_000},
		},
	} {
		test.want.MilkType, test.want.Category = "Oat", NonDairy
		rows, _ := Summarize([]Entry{test.entry})
		if diff := gocmp.Diff([]Row{test.want}, rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDelivered(t *testing.T) {
	for name, test := range map[string]struct {
		entry Entry
		want  *int
	}{
		"not counted":          {entry(nil, new(4), nil, 0)(uncounted()), nil},
		"draft without number": {entry(nil, new(4), nil, 0)(new(BOHCount), nil, nil), nil},
		"draft of a delivery":  {entry(nil, new(4), nil, 0)(new(DirectDelivered), nil, nil), nil},
		"counted":              {entry(nil, new(4), nil, 0)(overnight(9)), new(5)},
		"a true zero":          {entry(nil, new(4), nil, 0)(overnight(4)), new(0)},
		"less than none":       {entry(nil, new(4), nil, 0)(overnight(0)), new(0)},
		"direct":               {entry(nil, new(4), nil, 0)(delivered(7)), new(7)},
		"imported number":      {entry(nil, new(4), nil, 0)(nil, nil, new(3)), new(3)},
	} {
		if diff := gocmp.Diff(test.want, test.entry.Delivered()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

var anyCount = rapid.Ptr(rapid.IntRange(0, 60), true)

var anyEntry = rapid.Custom(func(t *rapid.T) Entry {
	e := Entry{
		MilkTypeName: rapid.StringN(1, 10, -1).Draw(t, "name"), Category: Dairy,
		FOH: anyCount.Draw(t, "foh"), BOH: anyCount.Draw(t, "boh"), OnOrder: anyCount.Draw(t, "on order"),
		Par: rapid.IntRange(0, 100).Draw(t, "par"),
	}
	switch rapid.IntRange(0, 2).Draw(t, "method") {
	case 1:
		e.Method, e.CurrentBOH = new(BOHCount), anyCount.Draw(t, "current")
	case 2:
		e.Method, e.direct = new(DirectDelivered), anyCount.Draw(t, "delivered")
	}
	return e
})

func TestSummaryProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(anyEntry, 0, 12).Draw(t, "entries")
		rows, totals := Summarize(entries)
		if len(rows) != len(entries) {
			t.Fatalf("%d rows of %d entries", len(rows), len(entries))
		}
		var sum Totals
		for i, row := range rows {
			checkRow(t, entries[i], row)
			sum.FOH += row.FOH
			sum.BOH += row.BOH
			sum.Delivered += row.Delivered
			sum.OnOrder += row.OnOrder
			sum.Inventory += row.Total
			sum.Order += row.Order
		}
		if sum != totals || totals.Inventory != totals.FOH+totals.BOH+totals.Delivered {
			t.Fatalf("totals %+v, want %+v", totals, sum)
		}
	})
}

func checkRow(t *rapid.T, e Entry, row Row) {
	t.Helper()
	switch {
	case row.MilkType != e.MilkTypeName || row.Category != e.Category || row.Par != e.Par:
		t.Fatalf("%+v of %+v", row, e)
	case row.Order < 0 || row.Delivered < 0 || row.UsedOvernight < 0:
		t.Fatalf("less than nothing: %+v", row)
	case row.Order > 0 && row.Order+row.Total+row.OnOrder != row.Par:
		t.Fatalf("the order does not fill up to par: %+v", row)
	case row.Order == 0 && row.Total+row.OnOrder < row.Par:
		t.Fatalf("nothing is ordered: %+v", row)
	case row.Delivered > 0 && row.UsedOvernight > 0:
		t.Fatalf("more and less than at night: %+v", row)
	case e.Method != nil && *e.Method == BOHCount && e.CurrentBOH != nil &&
		row.BOH+row.Delivered-row.UsedOvernight != *e.CurrentBOH:
		t.Fatalf("the back fridge does not add up: %+v of %+v", row, e)
	}
}

// A count that was not made is worth as much as a zero.
func TestSummaryTakesNilForZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEntry.Draw(t, "entry")
		zeroed := e
		zeroed.FOH, zeroed.BOH, zeroed.OnOrder = new(or0(e.FOH)), new(or0(e.BOH)), new(or0(e.OnOrder))
		with, _ := Summarize([]Entry{e})
		without, _ := Summarize([]Entry{zeroed})
		if diff := gocmp.Diff(with, without); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestStepsHaveAnOrder(t *testing.T) {
	want := []Status{"night_foh", "night_boh", "morning", "on_order", "completed"}
	if !slices.Equal(want, statuses) {
		t.Fatalf("%v", statuses)
	}
	for i, status := range want[:4] {
		if status.index() != i || status.next() != want[i+1] || stepNames[status] == "" || stepColumns[status].names == nil {
			t.Errorf("%s: place %d, then %s, called %q", status, status.index(), status.next(), stepNames[status])
		}
	}
	if Completed.index() != 4 {
		t.Errorf("completed has place %d", Completed.index())
	}
	for _, word := range []Status{"", "NIGHT_FOH", "night", "done"} {
		if word.index() != -1 {
			t.Errorf("%q has place %d", word, word.index())
		}
	}
}

func TestOwnReopen(t *testing.T) {
	saved := time.Date(2026, time.March, 4, 6, 0, 0, 0, time.UTC)
	session := func(status Status, steps ...Status) Session {
		s := Session{Status: status, Saves: map[Status]Save{}}
		for _, step := range steps {
			s.Saves[step] = Save{At: saved, UserID: "sam"}
		}
		return s
	}
	for _, test := range []struct {
		session Session
		to      Status
		user    string
		after   time.Duration
		want    bool
	}{
		{session(NightBOH, NightFOH), NightFOH, "sam", 0, true},
		{session(NightBOH, NightFOH), NightFOH, "sam", 30 * time.Minute, true},
		{session(NightBOH, NightFOH), NightFOH, "sam", 30*time.Minute + time.Microsecond, false},
		{session(NightBOH, NightFOH), NightFOH, "alex", 0, false},
		{session(NightBOH, NightFOH), NightFOH, "", 0, false},
		{session(Morning, NightFOH, NightBOH), NightFOH, "sam", 0, false}, // the next step is saved
		{session(Morning, NightFOH, NightBOH), NightBOH, "sam", 0, true},
		{session(Completed, NightFOH, NightBOH, Morning, OnOrder), OnOrder, "sam", time.Minute, true},
		{session(Completed, NightFOH, NightBOH, Morning, OnOrder), Morning, "sam", time.Minute, false},
		{session(NightBOH), NightFOH, "sam", 0, false}, // nobody is known to have saved it
		{session(NightBOH), NightFOH, "", 0, false},
	} {
		if got := test.session.ownReopen(test.to, test.user, saved.Add(test.after)); got != test.want {
			t.Errorf("%s back to %s by %q after %s: %t", test.session.Status, test.to, test.user, test.after, got)
		}
	}
}

func TestHarmlessCell(t *testing.T) {
	for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "\n"} {
		if got := harmlessCell(start + "1+1"); got != "'"+start+"1+1" {
			t.Errorf("%q became %q", start, got)
		}
	}
	for _, text := range []string{"", "Oat", "2%", "Half & Half", "a=b", "'=1", " =1", "Ä"} {
		if got := harmlessCell(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if got := harmlessCell(text); got != text && got != "'"+text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

func ExampleSummarize() {
	four, ten := 4, 10
	method := BOHCount
	rows, totals := Summarize([]Entry{{
		MilkTypeName: "Oat", FOH: &four, BOH: &four, Method: &method, CurrentBOH: &ten, Par: 20,
	}})
	fmt.Println(rows[0].Delivered, rows[0].Total, totals.Order)
	// Output: 6 14 6
}
