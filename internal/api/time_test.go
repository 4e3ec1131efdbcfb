package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/api"
)

func TestInstantsAreWrittenInUTCWithMicroseconds(t *testing.T) {
	west := time.FixedZone("west", -8*3600)
	for want, instant := range map[string]time.Time{
		`"2026-03-04T20:00:00.000000Z"`: time.Date(2026, 3, 4, 12, 0, 0, 0, west),
		`"2026-03-04T20:00:00.123456Z"`: time.Date(2026, 3, 4, 20, 0, 0, 123456000, time.UTC),
		`"2026-03-04T20:00:00.100000Z"`: time.Date(2026, 3, 4, 20, 0, 0, 100000000, time.UTC),
		`"2026-03-04T20:00:00.000001Z"`: time.Date(2026, 3, 4, 20, 0, 0, 1999, time.UTC),
		`"0001-01-01T00:00:00.000000Z"`: {},
	} {
		got, err := json.Marshal(api.Time(instant))
		if err != nil || string(got) != want {
			t.Errorf("%v is written %s (%v), want %s", instant, got, err, want)
		}
	}
	got, err := json.Marshal(map[string]*api.Time{"at": api.NullTime(nil)})
	if err != nil || string(got) != `{"at":null}` {
		t.Errorf("no instant is written %s (%v)", got, err)
	}
}

func TestADateIsADayOfTheStore(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][2]string{
		"2026-01-05":                  {"2026-01-05T08:00:00Z", "2026-01-06T08:00:00Z"},
		"2026-03-08":                  {"2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z"}, // 23 hours
		"2026-11-01":                  {"2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z"}, // 25 hours
		"2026-01-05T10:00:00Z":        {"2026-01-05T10:00:00Z", "2026-01-05T10:00:00.000001Z"},
		"2026-01-05T02:00:00.5-08:00": {"2026-01-05T10:00:00.5Z", "2026-01-05T10:00:00.500001Z"},
	} {
		begin, end, err := api.ParseMoment("from", text, zone)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := [2]string{begin.UTC().Format(time.RFC3339Nano), end.UTC().Format(time.RFC3339Nano)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	for _, text := range []string{
		"x", "2026-02-30", "2026-1-5", "2026-01-05 10:00:00", "2026-01-05T10:00:00", "2026-01-05T25:00:00Z", "05.01.2026",
		"9999-12-31", "0000-01-01", "1767600000", "2026-01-05T10:00Z", " 2026-01-05",
	} {
		begin, end, err := api.ParseMoment("from", text, zone)
		if err == nil || err.Error() != "Invalid from parameter" || begin != nil || end != nil {
			t.Errorf("%q is %v to %v (%v)", text, begin, end, err)
		}
	}
}

func TestAPageKnowsWhereTheNextOneBegins(t *testing.T) {
	at := time.Date(2026, 3, 4, 20, 0, 0, 123456000, time.UTC)
	place := func(n int) api.Cursor {
		return api.Cursor{Time: at.Add(time.Duration(-n) * time.Second), ID: "mt-001-whole"}
	}
	for _, rows := range [][]int{{}, {1}, {1, 2}} {
		got, next := api.Page(rows, 2, place)
		if diff := cmp.Diff(rows, got); diff != "" || next != nil {
			t.Errorf("%v: next %v, rows differ: %s", rows, next, diff)
		}
	}
	got, next := api.Page([]int{1, 2, 3}, 2, place)
	if diff := cmp.Diff([]int{1, 2}, got); diff != "" || next == nil {
		t.Fatalf("next %v, rows differ: %s", next, diff)
	}
	cursor, err := api.ParseCursor(*next)
	if err != nil || *cursor != place(2) {
		t.Errorf("the cursor is %v (%v), want %v", cursor, err, place(2))
	}
}
