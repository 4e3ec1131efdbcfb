package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// dailyUse is about how many jugs and cartons of each milk go on a weekday.
var dailyUse = map[string]int{
	"2%": 7, "Whole": 10, "Non-Fat": 3, "Half & Half": 4, "Heavy Cream": 2,
	"Soy": 2, "Oat": 8, "Coconut": 2, "Almond": 3,
}

const (
	missedNight  = 6  // somebody counted the front and was called away
	shortMorning = 13 // milk left the back fridge overnight
	lateNight    = 10 // the count went on past midnight
)

// fridges are what the tool's data is made with. Amounts go by milk type.
type fridges struct {
	*demo
	dice    *rand.Rand
	milks   []milkcount.MilkType
	pars    map[string]int
	there   map[string]int // in both fridges
	front   map[string]int // of those, at the last count
	ordered map[string]int // comes with the next delivery
}

// fillMilk returns how many counts were completed.
func (d *demo) fillMilk(ctx context.Context) (completed int, err error) {
	_, known, err := d.Milk.History(ctx, d.crew[0].actor, "", 1, 0)
	if err != nil || known > 0 {
		return 0, err
	}
	f := &fridges{
		demo: d, dice: dice(2), pars: map[string]int{}, there: map[string]int{}, front: map[string]int{},
		ordered: map[string]int{},
	}
	if err := f.setPars(ctx); err != nil {
		return 0, fmt.Errorf("milk count: %w", err)
	}
	for day := range Days {
		done, err := f.live(ctx, day)
		if err != nil {
			return completed, fmt.Errorf("milk count: %w", err)
		}
		if done {
			completed++
		}
	}
	return completed, nil
}

// setPars fills the fridges to two days of use and a little more.
func (f *fridges) setPars(ctx context.Context) error {
	f.turnTo(f.at(0, 7*time.Hour))
	milks, err := f.Milk.MilkTypes(ctx, f.crew[0].actor, false)
	if err != nil {
		return err
	}
	f.milks = milks
	for _, milk := range milks {
		par := 5*dailyUse[milk.Name]/2 + 2
		f.pars[milk.ID], f.there[milk.ID] = par, par
		if _, err := f.Milk.SetPar(ctx, f.crew[0].actor, milk.ID, par); err != nil {
			return err
		}
	}
	return nil
}

// live is a day's sales, its night count and the morning after. It says
// whether the count was completed by now.
func (f *fridges) live(ctx context.Context, day int) (completed bool, err error) {
	f.sell(day)
	night := f.at(day, 22*time.Hour+time.Duration(f.dice.IntN(60))*time.Minute)
	if day == lateNight {
		night = f.at(day, 23*time.Hour+50*time.Minute)
	}
	who := f.onDuty(f.dice, day).actor
	if !f.turnTo(night) {
		return false, nil
	}
	session, _, err := f.Milk.Start(ctx, who)
	if err != nil {
		return false, err
	}
	front, back := f.count()
	if !f.turnTo(night.Add(9 * time.Minute)) {
		return false, nil
	}
	if _, err := f.Milk.Save(ctx, who, session.ID, milkcount.NightFOH, front); err != nil || day == missedNight {
		f.deliver(day)
		return false, err
	}
	if !f.turnTo(night.Add(21 * time.Minute)) {
		return false, nil
	}
	if _, err := f.Milk.Save(ctx, who, session.ID, milkcount.NightBOH, back); err != nil {
		return false, err
	}
	return f.morning(ctx, day, session.ID)
}

// sell takes out what the day used; the weekend is busier.
func (f *fridges) sell(day int) {
	busy := 4
	switch f.at(day, 12*time.Hour).Weekday() {
	case time.Saturday, time.Sunday:
		busy = 6
	case time.Friday:
		busy = 5
	}
	for _, milk := range f.milks {
		use := (dailyUse[milk.Name]*busy + f.dice.IntN(5)) / 4
		f.there[milk.ID] = max(0, f.there[milk.ID]-use)
	}
}

// count is what a partner finds at night: a third in front, the rest behind.
func (f *fridges) count() (front, back []milkcount.Count) {
	for _, milk := range f.milks {
		foh := (f.there[milk.ID] + 2) / 3
		boh := f.there[milk.ID] - foh
		f.front[milk.ID] = foh
		front = append(front, milkcount.Count{MilkTypeID: milk.ID, FOH: &foh})
		back = append(back, milkcount.Count{MilkTypeID: milk.ID, BOH: &boh})
	}
	return front, back
}

// deliver brings what was ordered, now and then less, and returns what came and
// what is still to come.
func (f *fridges) deliver(day int) (came, toCome map[string]int) {
	came, toCome = map[string]int{}, map[string]int{}
	for _, milk := range f.milks {
		n := f.ordered[milk.ID]
		if day%7 == 4 { // the truck was short
			toCome[milk.ID] = n / 2
			n -= n / 2
		}
		came[milk.ID] = n
		f.there[milk.ID] += n
		f.ordered[milk.ID] = toCome[milk.ID]
	}
	return came, toCome
}

// morning counts what came and orders what is missing.
func (f *fridges) morning(ctx context.Context, day int, sessionID string) (completed bool, err error) {
	start := f.at(day+1, 5*time.Hour+time.Duration(f.dice.IntN(75))*time.Minute)
	if !f.turnTo(start) {
		return false, nil
	}
	who := f.onDuty(f.dice, min(day+1, today)).actor
	came, toCome := f.deliver(day)
	var delivered, onOrder []milkcount.Count
	for i, milk := range f.milks {
		open := toCome[milk.ID]
		onOrder = append(onOrder, milkcount.Count{MilkTypeID: milk.ID, OnOrder: &open})
		delivered = append(delivered, f.morningCount(day, i, milk.ID, came[milk.ID]))
		f.ordered[milk.ID] = open + max(0, f.pars[milk.ID]-f.there[milk.ID]-open)
	}
	if _, err := f.Milk.Save(ctx, who, sessionID, milkcount.Morning, delivered); err != nil {
		return false, err
	}
	if !f.turnTo(start.Add(12 * time.Minute)) {
		return false, nil
	}
	_, err = f.Milk.Save(ctx, who, sessionID, milkcount.OnOrder, onOrder)
	return err == nil, err
}

// morningCount counts the back fridge again, but for every fourth milk, of
// which the delivery note is believed.
func (f *fridges) morningCount(day, i int, milkID string, came int) milkcount.Count {
	if i%4 == 3 {
		method := milkcount.DirectDelivered
		return milkcount.Count{MilkTypeID: milkID, Method: &method, Delivered: &came}
	}
	if day == shortMorning && i == 1 {
		f.there[milkID] = max(0, f.there[milkID]-came-2)
		f.there[milkID] = max(f.there[milkID], f.front[milkID])
	}
	method := milkcount.BOHCount
	back := f.there[milkID] - f.front[milkID]
	return milkcount.Count{MilkTypeID: milkID, Method: &method, CurrentBOH: &back}
}
