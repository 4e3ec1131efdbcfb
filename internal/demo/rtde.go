package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/sirenbase/sirenbase/internal/rtde"
)

// shelved is something in the display. Its brand is invented.
type shelved struct {
	name, brand, icon string
	par               int
}

// display is what the shop sells ready to eat and to drink, in its order.
var display = []shelved{
	{"Turkey & Pesto Panini", "Harbor Bakehouse", "🥪", 8},
	{"Tomato & Mozzarella Panini", "Harbor Bakehouse", "🥪", 8},
	{"Ham & Swiss Croissant", "Harbor Bakehouse", "🥐", 6},
	{"Chicken Caesar Wrap", "Green Ladder", "🌯", 6},
	{"Falafel Wrap", "Green Ladder", "🌯", 4},
	{"Garden Salad", "Green Ladder", "🥗", 5},
	{"Egg & Cheese Box", "Green Ladder", "🥚", 6},
	{"Hummus & Pretzels", "Tidepool Pantry", "🥨", 5},
	{"Cheese & Fruit Box", "Tidepool Pantry", "🧀", 6},
	{"Berry Yogurt Parfait", "Willow & Rye", "🫐", 6},
	{"Overnight Oats", "Willow & Rye", "🥣", 4},
	{"Banana", "", "🍌", 12},
	{"Almond Bar", "Trailhead", "🌰", 10},
	{"Sea Salt Popcorn", "Trailhead", "🍿", 8},
	{"Dark Chocolate Squares", "Trailhead", "🍫", 10},
	{"Spring Water 500 ml", "Clearfell", "💧", 18},
	{"Sparkling Water, Lime", "Clearfell", "🫧", 12},
	{"Orange Juice", "Sunny Row", "🍊", 10},
	{"Apple Juice Box", "Sunny Row", "🧃", 12},
	{"Iced Green Tea", "Sunny Row", "🍵", 8},
}

// quietDay is one on which nobody got round to the display.
const quietDay = 9

// filling is what the tool's data is made with.
type filling struct {
	*demo
	dice  *rand.Rand
	items []rtde.Item
}

// fillRTDE returns how often the display was filled.
func (d *demo) fillRTDE(ctx context.Context) (restocks int, err error) {
	known, err := d.RTDE.Items(ctx, d.crew[0].actor, true)
	if err != nil || len(known) > 0 {
		return 0, err
	}
	f := &filling{demo: d, dice: dice(3)}
	if err := f.furnish(ctx); err != nil {
		return 0, fmt.Errorf("RTD&E: %w", err)
	}
	for day := range Days {
		if day == quietDay {
			continue
		}
		done, err := f.restock(ctx, day)
		if err != nil {
			return restocks, fmt.Errorf("RTD&E: %w", err)
		}
		if done {
			restocks++
		}
	}
	return restocks, nil
}

// furnish puts the items into the display, before the shop opens.
func (f *filling) furnish(ctx context.Context) error {
	for i, s := range display {
		f.turnTo(f.at(0, 6*time.Hour+time.Duration(i*40)*time.Second))
		item := rtde.Item{Name: s.name, Icon: &s.icon, ParLevel: s.par, Active: true}
		if s.brand != "" {
			item.Brand = &s.brand
		}
		added, err := f.RTDE.AddItem(ctx, f.crew[0].actor, item)
		if err != nil {
			return err
		}
		f.items = append(f.items, added)
	}
	return nil
}

// restock is one round: count the display, fetch what is missing, done. It says
// no to one that would not be over by now.
func (f *filling) restock(ctx context.Context, day int) (done bool, err error) {
	who := f.onDuty(f.dice, day).actor
	clock := f.at(day, 13*time.Hour+time.Duration(f.dice.IntN(240))*time.Minute)
	if !clock.Add(time.Hour).Before(f.now) {
		return false, nil
	}
	pass := func(atLeast, more int) {
		clock = clock.Add(time.Duration(atLeast+f.dice.IntN(more)) * time.Second)
		f.turnTo(clock)
	}
	pass(0, 60)
	session, err := f.RTDE.Start(ctx, who)
	if err != nil {
		return false, err
	}
	short := []rtde.Item{}
	for _, item := range f.items {
		pass(6, 12)
		left := f.dice.IntN(item.ParLevel + 2)
		if err := f.RTDE.SaveCounts(ctx, who, session.ID, []rtde.Count{{ItemID: item.ID, Quantity: left}}); err != nil {
			return false, err
		}
		if left < item.ParLevel {
			short = append(short, item)
		}
	}
	pass(90, 240)
	for _, item := range short {
		if f.dice.IntN(12) == 0 {
			continue // there was none in the back
		}
		pass(4, 20)
		if err := f.RTDE.SavePull(ctx, who, session.ID, item.ID, true); err != nil {
			return false, err
		}
	}
	pass(20, 60)
	return true, f.RTDE.Complete(ctx, who, session.ID)
}
