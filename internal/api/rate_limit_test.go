package api

import (
	"fmt"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/clock"
)

func limitOf(perMinute int) (*rateLimit, *clock.Manual) {
	manual := clock.NewManual(time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC))
	return newRateLimit(perMinute, manual.Now), manual
}

// spend makes requests until one is refused.
func spend(t *testing.T, l *rateLimit, client string) (admitted int, wait time.Duration) {
	t.Helper()
	for ; admitted <= l.perMinute; admitted++ {
		if wait, ok := l.admit(client); !ok {
			return admitted, wait
		}
	}
	t.Fatalf("%s was let in more than %d times", client, l.perMinute)
	return 0, 0
}

func TestAClientMayMakeTheRequestsOfAMinuteAtOnceAndThenAsFastAsTheyComeBack(t *testing.T) {
	for _, perMinute := range []int{1, 7, 60, 1200, 1_000_000} {
		l, manual := limitOf(perMinute)
		for round := range 3 {
			got, wait := spend(t, l, "a")
			if got != perMinute || wait <= 0 || wait > time.Minute/time.Duration(perMinute)+1 {
				t.Fatalf("%d a minute, round %d: %d were let in, then %v to wait", perMinute, round, got, wait)
			}
			manual.Advance(wait + time.Microsecond)
			if got, _ := spend(t, l, "a"); got != 1 {
				t.Fatalf("%d a minute: %d were let in after the wait", perMinute, got)
			}
			manual.Advance(time.Minute)
		}
	}
}

func TestClientsDoNotShareALimit(t *testing.T) {
	l, _ := limitOf(3)
	for i := range 10 {
		if got, _ := spend(t, l, fmt.Sprint(i)); got != 3 {
			t.Errorf("client %d was let in %d times", i, got)
		}
	}
}

func TestAWaitingClientIsRememberedUntilItMayMakeAllItsRequestsAgain(t *testing.T) {
	l, manual := limitOf(60)
	for _, offset := range []time.Duration{0, time.Second, 59 * time.Second} {
		manual.Advance(time.Hour)
		l.admit("somebody else")
		manual.Advance(offset)
		spend(t, l, "a")
		for range 3 {
			manual.Advance(20 * time.Second)
			if got, _ := spend(t, l, "a"); got != 20 {
				t.Fatalf("offset %v: %d were let in after 20 s", offset, got)
			}
		}
	}
}

func TestTheIdleAreForgotten(t *testing.T) {
	l, manual := limitOf(60)
	for i := range 1000 {
		l.admit(fmt.Sprint(i))
	}
	for range 2 {
		manual.Advance(refill)
		l.admit("a")
	}
	if got := len(l.recent) + len(l.older); got > 2 {
		t.Errorf("%d buckets are there", got)
	}
}

func TestNoFloodOfClientsTakesMoreThanItsMemoryOrHidesWhoIsBusy(t *testing.T) {
	l, _ := limitOf(3)
	spend(t, l, "busy")
	for i := range 5 * generationSize {
		l.admit(fmt.Sprint(i))
		if i%1000 == 0 {
			if _, ok := l.admit("busy"); ok {
				t.Fatalf("the busy client was forgotten after %d others", i)
			}
		}
		if got := len(l.recent) + len(l.older); got > 2*generationSize {
			t.Fatalf("%d buckets are there", got)
		}
	}
}

func TestAClockThatIsSetBackLocksNobodyOut(t *testing.T) {
	l, manual := limitOf(60)
	spend(t, l, "a")
	manual.Set(manual.Now().Add(-time.Hour))
	if got, _ := spend(t, l, "a"); got != 60 {
		t.Errorf("%d were let in", got)
	}
}
