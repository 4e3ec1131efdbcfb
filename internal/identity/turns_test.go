package identity

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func TestNoTwoHaveTheirTurnAtOnce(t *testing.T) {
	var line turns
	var all sync.WaitGroup
	const names = 3
	var inside [names]atomic.Int32
	for i := range 300 {
		all.Go(func() {
			leave, err := line.take(t.Context(), strconv.Itoa(i%names))
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			if n := inside[i%names].Add(1); n != 1 {
				t.Errorf("%d have their turn at once", n)
			}
			inside[i%names].Add(-1)
		})
	}
	all.Wait()
	if len(line.lines) != 0 {
		t.Errorf("%d lines are left in which nobody stands", len(line.lines))
	}
}

func TestNobodyWaitsForAnotherName(t *testing.T) {
	var line turns
	leaveHere, err := line.take(t.Context(), "TEST123 192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	leaveThere, err := line.take(t.Context(), "TEST123 192.0.2.2")
	if err != nil {
		t.Fatal(err)
	}
	leaveThere()
	leaveHere()
}

func TestWhoGivesUpLeavesTheLineAndNobodyElseIsHeldUp(t *testing.T) {
	var line turns
	leave, err := line.take(t.Context(), "name")
	if err != nil {
		t.Fatal(err)
	}
	impatient, giveUp := context.WithCancel(t.Context())
	gaveUp, next := make(chan error), make(chan error)
	go func() {
		_, err := line.take(impatient, "name")
		gaveUp <- err
	}()
	go func() {
		leave, err := line.take(t.Context(), "name")
		if err == nil {
			leave()
		}
		next <- err
	}()
	giveUp()
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up got %v", err)
	}
	leave()
	if err := <-next; err != nil {
		t.Errorf("the next one got %v", err)
	}
	if len(line.lines) != 0 {
		t.Errorf("%d lines are left in which nobody stands", len(line.lines))
	}
}
