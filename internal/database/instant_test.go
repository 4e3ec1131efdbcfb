package database_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// instantColumn is what the migrations declare on each engine.
var instantColumn = map[database.Engine]string{
	database.SQLite:     "text",
	database.PostgreSQL: "timestamptz",
}

// instants draws times of any zone and precision.
var instants = rapid.Custom(func(t *rapid.T) time.Time {
	seconds := rapid.Int64Range(-62_000_000_000, 250_000_000_000).Draw(t, "seconds")
	if rapid.Bool().Draw(t, "close together") {
		seconds = 1_750_000_000 + seconds%2
	}
	nanoseconds := rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")
	offset := rapid.IntRange(-14*3600, 14*3600).Draw(t, "offset")
	return time.Unix(seconds, nanoseconds).In(time.FixedZone("somewhere", offset))
})

func TestInstantsRoundTripInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		mustTx(t, db, func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), "CREATE TABLE moments (at "+instantColumn[db.Engine()]+" NOT NULL)")
			return err
		})
		rapid.Check(t, func(rt *rapid.T) {
			given := rapid.SliceOfN(instants, 1, 20).Draw(rt, "instants")
			want := make([]time.Time, len(given))
			for i, at := range given {
				want[i] = floor(at)
			}
			got := storedMoments(rt, t, db, given)
			slices.SortFunc(want, time.Time.Compare)
			if !slices.EqualFunc(want, got, sameInUTC) {
				rt.Fatalf("stored %v, got back %v", want, got)
			}
		})
	})
}

// floor cuts to the microsecond, which is what both engines keep.
func floor(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func sameInUTC(a, b time.Time) bool { return a.Equal(b) && b.Location() == time.UTC }

func storedMoments(rt *rapid.T, t *testing.T, db *database.DB, given []time.Time) (got []time.Time) {
	err := db.InTx(t.Context(), func(tx *database.Handle) error {
		if _, err := tx.Exec(t.Context(), "DELETE FROM moments"); err != nil {
			return err
		}
		for _, at := range given {
			if _, err := tx.Exec(t.Context(), "INSERT INTO moments (at) VALUES ($1)", database.Instant(at)); err != nil {
				return err
			}
		}
		for _, at := range given {
			found, err := database.Value[int](t.Context(), tx, "SELECT count(*) FROM moments WHERE at = $1", database.Instant(at))
			if err != nil || found == 0 {
				rt.Errorf("%v was not found again: %v", at, err)
			}
		}
		var err error
		got, err = database.All(t.Context(), tx, scanInstant, "SELECT at FROM moments ORDER BY at")
		return err
	})
	if err != nil {
		rt.Fatal(err)
	}
	return got
}

func scanInstant(row database.Row) (at time.Time, err error) {
	err = row.Scan(database.ScanInstant(&at))
	return at, err
}

func TestScanNullInstant(t *testing.T) {
	at := time.Date(2026, 3, 1, 6, 30, 0, 5000, time.UTC)
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		mustTx(t, db, func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), "CREATE TABLE moments (at "+instantColumn[db.Engine()]+")")
			return err
		})
		for _, want := range []*time.Time{nil, &at} {
			var stored any
			if want != nil {
				stored = database.Instant(*want)
			}
			mustTx(t, db, func(tx *database.Handle) error {
				_, err := tx.Exec(t.Context(), "INSERT INTO moments (at) VALUES ($1)", stored)
				return err
			})
			// max has no column type on SQLite; the value comes as it is stored.
			got, err := database.One(t.Context(), db.Read(), func(row database.Row) (at *time.Time, err error) {
				err = row.Scan(database.ScanNullInstant(&at))
				return at, err
			}, "SELECT max(at) FROM moments")
			if err != nil || (got == nil) != (want == nil) || got != nil && !sameInUTC(*want, *got) {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
		}
	})
}

func TestInstantRefusals(t *testing.T) {
	if _, err := database.Instant(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)).Value(); err == nil {
		t.Error("an instant of five-digit year was written; it would not sort")
	}
	var at time.Time
	for _, source := range []any{nil, "yesterday", int64(5)} {
		if err := database.ScanInstant(&at).Scan(source); err == nil {
			t.Errorf("%v was scanned as %v", source, at)
		}
	}
}
