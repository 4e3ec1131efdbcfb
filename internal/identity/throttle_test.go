package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

const here, there = "192.0.2.1", "192.0.2.2"

func TestTheWaitDoublesFromHalfAMinuteToAQuarterOfAnHour(t *testing.T) {
	for failures, want := range map[int]time.Duration{
		-1: 0, 0: 0, 1: 0, 4: 0,
		5: 30 * time.Second, 6: time.Minute, 7: 2 * time.Minute, 8: 4 * time.Minute, 9: 8 * time.Minute,
		10: 15 * time.Minute, 11: 15 * time.Minute, 50: 15 * time.Minute, 1 << 30: 15 * time.Minute,
	} {
		if got := waitAfter(failures); got != want {
			t.Errorf("after %d failures the wait is %v, want %v", failures, got, want)
		}
	}
}

func TestAnAddressWaitsForItsOwnRowOnly(t *testing.T) {
	now := time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC)
	row := func(n int, address string, inRow bool, ago time.Duration) []failure {
		return slices.Repeat([]failure{{address, now.Add(-ago), inRow}}, n)
	}
	for name, c := range map[string]struct {
		failures []failure
		want     time.Duration // at most zero is no wait
	}{
		"none":                     {nil, 0},
		"four":                     {row(4, here, true, 0), 0},
		"five":                     {row(5, here, true, 0), 30 * time.Second},
		"five a while ago":         {row(5, here, true, 29*time.Second), time.Second},
		"five, over to the moment": {row(5, here, true, 30*time.Second), 0},
		"somebody else's":          {row(30, there, true, 0), 0},
		"before a success":         {row(30, here, false, 0), 0},
		"four since a success":     {slices.Concat(row(30, here, false, time.Minute), row(4, here, true, 0)), 0},
		"five since a success":     {slices.Concat(row(30, here, false, time.Minute), row(5, here, true, 0)), 30 * time.Second},
		"the newest counts":        {slices.Concat(row(1, here, true, time.Second), row(5, here, true, time.Hour)), 59 * time.Second},
		"spread over the day":      {slices.Concat(row(9, here, true, 23*time.Hour), row(1, here, true, 0)), 15 * time.Minute},
	} {
		if got := max(0, waitOf(c.failures, here, now)); got != c.want {
			t.Errorf("%s: the wait is %v, want %v", name, got, c.want)
		}
	}
}

func TestEveryFurtherFailureDoublesTheWaitUpToItsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 10_000).Draw(t, "failures")
		wait, next := waitAfter(n), waitAfter(n+1)
		switch {
		case n+1 < freeFailures && next != 0, n+1 == freeFailures && next != firstWait:
			t.Fatalf("after %d: %v", n+1, next)
		case n >= freeFailures && next != min(2*wait, longestWait):
			t.Fatalf("after %d: %v, after one more: %v", n, wait, next)
		}
	})
}

func TestTheWaitGoesByTheClockAndByNobodyElse(t *testing.T) {
	now := time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC)
	anyFailure := rapid.Custom(func(t *rapid.T) failure {
		ago := time.Duration(rapid.Int64Range(0, int64(day)).Draw(t, "ago"))
		return failure{rapid.SampledFrom([]string{here, there}).Draw(t, "address"), now.Add(-ago), rapid.Bool().Draw(t, "in row")}
	})
	rapid.Check(t, func(t *rapid.T) {
		failures := rapid.SliceOfN(anyFailure, 0, dailyFailures).Draw(t, "failures")
		wait := waitOf(failures, here, now)
		if wait > longestWait {
			t.Fatalf("the wait is %v", wait)
		}
		own := slices.DeleteFunc(slices.Clone(failures), func(f failure) bool { return f.address != here || !f.inRow })
		slices.Reverse(own)
		if got := waitOf(own, here, now); got != wait {
			t.Fatalf("without the others, in another order, the wait is %v instead of %v", got, wait)
		}
		later := time.Duration(rapid.Int64Range(0, int64(longestWait)).Draw(t, "later"))
		if got := waitOf(failures, here, now.Add(later)); len(own) > 0 && got != wait-later {
			t.Fatalf("%v later the wait is %v instead of %v", later, got, wait-later)
		}
	})
}

// throttled is a service on SQLite whose clock a test turns.
func throttled(t *testing.T) (*Service, *clock.Manual) {
	t.Helper()
	manual := clock.NewManual(time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC))
	return NewService(dbtest.Open(t, database.SQLite), manual.Now, Config{HashCost: cheapest}), manual
}

// The rules once more, as plainly as they can be said, against random attacks.
func TestNoDayWhereverItBeginsHasMoreThanFiftyTriedPINs(t *testing.T) {
	s, manual := throttled(t)
	attacks, most := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		attacks++
		number := fmt.Sprintf("VICTIM%d", attacks)
		addresses := rapid.SampledFrom([]int{1, 3, 200}).Draw(t, "addresses")
		pace := rapid.SampledFrom([]time.Duration{0, time.Second, 15 * time.Minute, 40 * time.Minute, 6 * time.Hour}).Draw(t, "pace")
		pauses := rapid.OneOf(
			rapid.SampledFrom([]time.Duration{0, 30 * time.Second, pace}),
			rapid.Map(rapid.Int64Range(0, int64(pace)), func(ns int64) time.Duration { return time.Duration(ns) }),
		)
		idle := rapid.SampledFrom([]time.Duration{0, 15 * time.Minute, day - time.Microsecond, day}).Draw(t, "idle")
		idleFrom := rapid.IntRange(0, 60).Draw(t, "idle from")
		rows, tried, locked := map[string][]time.Time{}, []time.Time{}, false
		for i := range rapid.IntRange(51, 60).Draw(t, "attempts") {
			manual.Advance(pauses.Draw(t, "pause"))
			if i == idleFrom {
				manual.Advance(idle)
			}
			now, address := manual.Now(), fmt.Sprint(rapid.IntRange(1, addresses).Draw(t, "address"))
			old := func(at time.Time) bool { return !at.After(now.Add(-day)) }
			rows[address] = slices.DeleteFunc(rows[address], old)
			allowed := !locked
			if row := rows[address]; len(row) >= 5 {
				wait := min(30*time.Second<<min(len(row)-5, 10), 15*time.Minute)
				allowed = allowed && !now.Before(row[len(row)-1].Add(wait))
			}
			_, _, err := s.Login(t.Context(), number, "0000", address)
			if got := err.Error() == wrongCredentials; got != allowed {
				t.Fatalf("attempt at %v from %s: %v; should it have been tried: %t", now, address, err, allowed)
			}
			if !allowed {
				continue
			}
			rows[address], tried = append(rows[address], now), append(tried, now)
			within := len(slices.DeleteFunc(slices.Clone(tried), old))
			if most = max(most, within); within > 50 {
				t.Fatalf("%d PINs within a day", within)
			}
			locked = within == 50
		}
	})
	t.Logf("%d attacks; the most PINs within any 24 hours: %d", attacks, most)
}

func TestAFailureCountsForTwentyFourHoursToTheMoment(t *testing.T) {
	s, manual := throttled(t)
	tried := func(number string, attempts int) (n int) {
		for i := range attempts {
			if _, _, err := s.Login(t.Context(), number, "0000", fmt.Sprint(i)); err.Error() == wrongCredentials {
				n++
			}
		}
		return n
	}
	for _, number := range []string{"VICTIM1", "VICTIM2"} {
		if n := tried(number, 49); n != 49 {
			t.Fatalf("%d PINs tried, want 49", n)
		}
	}
	manual.Advance(day - time.Microsecond)
	if n := tried("VICTIM1", 60); n != 1 {
		t.Errorf("just within the day %d more PINs were tried, want 1", n)
	}
	manual.Advance(time.Microsecond)
	if n := tried("VICTIM2", 60); n != 50 {
		t.Errorf("after the day %d more PINs were tried, want 50", n)
	}
}

func TestWhatIsForgottenIsOnlyWhatDoesNotCountAnyMore(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, _ func(HashCost) *Service) {
		addUser(t, s, "KNOWN1")
		now := s.now()
		in := func(query string, args ...any) {
			t.Helper()
			err := s.db.InTx(t.Context(), func(tx *database.Handle) error {
				_, err := tx.Exec(t.Context(), query, args...)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		at := func(ago time.Duration) any { return database.Instant(now.Add(-ago)) }
		const failed = `INSERT INTO login_failures (partner_number, id, address, failed_at) VALUES ($1, $2, '192.0.2.1', $3)`
		in(failed, "KNOWN1", "counts", at(day-time.Microsecond))
		in(failed, "KNOWN1", "old", at(day))
		in(failed, "NOBODY1", "older", at(100*day))
		const guarded = `INSERT INTO login_guards (partner_number, locked_at, updated_at) VALUES ($1, $2, $3)`
		in(`DELETE FROM login_guards`)
		in(guarded, "BUSY01", nil, at(day-time.Microsecond))
		in(guarded, "IDLE01", nil, at(day))
		in(guarded, "KNOWN1", at(1000*day), at(1000*day))
		in(guarded, "NOBODY1", at(90*day-time.Microsecond), at(90*day-time.Microsecond))
		in(guarded, "NOBODY2", at(90*day), at(time.Hour))
		if n, err := s.CleanUp(t.Context()); n != 4 || err != nil {
			t.Errorf("%d deleted, want 4 (%v)", n, err)
		}
		left := func(query string) []string {
			rows, err := database.All(t.Context(), s.db.Read(), func(row database.Row) (name string, err error) {
				return name, row.Scan(&name)
			}, query)
			if err != nil {
				t.Fatal(err)
			}
			return rows
		}
		if got := left(`SELECT id FROM login_failures`); !slices.Equal(got, []string{"counts"}) {
			t.Errorf("of the failures %v are left", got)
		}
		want := []string{"BUSY01", "KNOWN1", "NOBODY1"}
		if got := left(`SELECT partner_number FROM login_guards ORDER BY partner_number`); !slices.Equal(got, want) {
			t.Errorf("of the guards %v are left, want %v", got, want)
		}
	})
}

// A deleted partner is known, so their lock stays, and so does what it says.
func TestTheLockOfADeletedPartnerStays(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, _ func(HashCost) *Service) {
		gone := addUser(t, s, "GONE01")
		for i := range dailyFailures {
			if _, _, err := s.Login(t.Context(), "GONE01", "0000", fmt.Sprint(i)); err == nil || err.Error() != wrongCredentials {
				t.Fatal(err)
			}
		}
		if _, err := s.DeleteUser(t.Context(), audit.System, gone.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.CleanUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Login(t.Context(), "GONE01", "1234", here); err == nil || err.Error() != errLocked().Error() {
			t.Errorf("the right PIN: %v", err)
		}
		if _, err := s.Activate(t.Context(), audit.System, gone.ID, Deleted); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Login(t.Context(), "GONE01", "1234", here); err != nil {
			t.Errorf("restored: %v", err)
		}
	})
}

// A phone that loses its connection with the right PIN on its way is no attacker.
func TestTheRightPINIsNoFailureThoughTheClientIsGone(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, _ func(HashCost) *Service) {
		addUser(t, s, "KNOWN1")
		s.pins.slots = make(chan struct{})
		for range dailyFailures + 1 {
			ctx, hangUp := context.WithCancel(t.Context())
			over := make(chan error)
			go func() {
				_, _, err := s.Login(ctx, "KNOWN1", "1234", here)
				over <- err
			}()
			select {
			case <-s.pins.slots: // the PIN is looked at now
			case err := <-over:
				t.Fatalf("the right PIN: %v", err)
			}
			hangUp()
			s.pins.slots <- struct{}{}
			if err := <-over; !errors.Is(err, context.Canceled) {
				t.Fatalf("who hung up got %v", err)
			}
		}
		if failures, err := selectFailures(t.Context(), s.db.Read(), "KNOWN1", s.now().Add(-day)); len(failures) > 0 || err != nil {
			t.Errorf("%d failures (%v)", len(failures), err)
		}
	})
}
