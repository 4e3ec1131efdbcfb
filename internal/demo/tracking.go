package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/sirenbase/sirenbase/internal/tracking"
)

// What goes on in the basement, by day. It ends with about 60 items.
var (
	deliveryDays  = []int{2, 5, 8, 11, 14, 17}
	deliverySize  = 7
	restoringDays = []int{4, 11, 18}
)

// stock is what the shop keeps, by category: names as in the templates, and
// names that partners came up with.
var stock = map[string][]string{
	"syrups": {
		"Vanilla Syrup", "Sugar-Free Vanilla Syrup", "Caramel Syrup", "Hazelnut Syrup", "Brown Sugar Syrup",
		"Peppermint Syrup", "Cinnamon Syrup", "Lavender Syrup (seasonal)",
	},
	"sauces": {"Mocha Sauce", "White Mocha Sauce", "Dark Caramel Sauce", "Pumpkin Sauce", "Caramel Drizzle"},
	"coffee_beans": {
		"House Roast", "Dark Roast", "Espresso Roast", "Decaf Espresso Roast", "Cold Brew Roast",
		"Single-Origin Roast (holiday)",
	},
	"powders": {"Matcha Powder", "Hot Cocoa Powder", "Chai Powder", "Frappé Base Powder", "Vanilla Bean Powder"},
	"cups": {
		"Hot Cups 8 oz", "Hot Cups 12 oz", "Hot Cups 16 oz", "Cold Cups 16 oz", "Cold Cups 24 oz", "Sample Cups",
		"Cup Sleeves", "Holiday Hot Cups 16 oz",
	},
	"lids":       {"Hot Cup Lids", "Flat Cold Lids", "Strawless Cold Lids", "Dome Lids", "Lid Plugs"},
	"condiments": {"Sugar Packets", "Raw Sugar Packets", "Sweetener Packets", "Honey Packets", "Stir Sticks"},
	"cleaning_supplies": {
		"Espresso Machine Cleaner", "Grinder Cleaner", "Sanitizer Tablets", "Dish Soap", "Bar Towels", "Mop Heads",
	},
	"other": {"Napkins", "Straws", "Carry Trays", "Paper Bags", "Receipt Rolls", "Wet Floor Sign (spare)"},
}

// basement is what the tool's data is made with.
type basement struct {
	*demo
	dice  *rand.Rand
	codes []string        // free ones
	items []tracking.Item // those that are there, oldest first
}

// fillTracking returns how many items are there in the end.
func (d *demo) fillTracking(ctx context.Context) (int, error) {
	known, _, err := d.Tracking.Items(ctx, d.crew[0].actor, tracking.ItemFilter{IncludeRemoved: true, Limit: 1})
	if err != nil || len(known) > 0 {
		return 0, err
	}
	b := &basement{demo: d, dice: dice(1)}
	// The nines stay free, for whoever tries the API with a code of their own.
	for _, n := range b.dice.Perm(8000) {
		b.codes = append(b.codes, strconv.Itoa(1000+n))
	}
	if err := b.takeStock(ctx); err != nil {
		return 0, fmt.Errorf("inventory tracking: %w", err)
	}
	for day := 1; day <= today; day++ {
		if err := b.live(ctx, day); err != nil {
			return 0, fmt.Errorf("inventory tracking: %w", err)
		}
	}
	return len(b.items), nil
}

// takeStock marks what is there already when the shop starts.
func (b *basement) takeStock(ctx context.Context) error {
	for i, category := range tracking.Categories {
		names := stock[category]
		var found []tracking.NewItem
		for _, j := range b.dice.Perm(len(names))[:5] {
			found = append(found, tracking.NewItem{Name: names[j], Category: category})
		}
		at := b.at(0, 10*time.Hour+time.Duration(i)*17*time.Minute)
		if err := b.add(ctx, 0, at, found); err != nil {
			return err
		}
	}
	return nil
}

// live lets a day pass.
func (b *basement) live(ctx context.Context, day int) error {
	if slices.Contains(deliveryDays, day) {
		arrival := 5*time.Hour + time.Duration(20+b.dice.IntN(70))*time.Minute
		if err := b.add(ctx, day, b.at(day, arrival), b.delivery()); err != nil {
			return err
		}
	}
	hour := 7 * time.Hour
	for range 1 + b.dice.IntN(2) {
		hour += time.Duration(30+b.dice.IntN(360)) * time.Minute
		if err := b.useUp(ctx, day, b.at(day, hour)); err != nil {
			return err
		}
	}
	if slices.Contains(restoringDays, day) {
		return b.mistake(ctx, day, b.at(day, hour+50*time.Minute))
	}
	return nil
}

func (b *basement) delivery() []tracking.NewItem {
	boxes := make([]tracking.NewItem, deliverySize)
	for i := range boxes {
		category := tracking.Categories[b.dice.IntN(len(tracking.Categories))]
		names := stock[category]
		boxes[i] = tracking.NewItem{Name: names[b.dice.IntN(len(names))], Category: category}
	}
	return boxes
}

// add gives each of the things a code and puts them on record.
func (b *basement) add(ctx context.Context, day int, at time.Time, things []tracking.NewItem) error {
	who := b.onDuty(b.dice, day)
	if !b.turnTo(at) {
		return nil
	}
	paths := make([]string, len(things))
	for i := range things {
		things[i].Code = &b.codes[i]
		paths[i] = "items." + strconv.Itoa(i)
	}
	b.codes = b.codes[len(things):]
	added, err := b.Tracking.AddAll(ctx, who.actor, things, paths)
	b.items = append(b.items, added...)
	return err
}

// useUp removes one of the older things.
func (b *basement) useUp(ctx context.Context, day int, at time.Time) error {
	who, i := b.onDuty(b.dice, day), b.dice.IntN(len(b.items)/2)
	if !b.turnTo(at) {
		return nil
	}
	_, err := b.Tracking.Remove(ctx, who.actor, b.items[i].Code)
	b.items = slices.Delete(b.items, i, i+1)
	return err
}

// mistake removes the wrong thing, and puts it back a little later.
func (b *basement) mistake(ctx context.Context, day int, at time.Time) error {
	who, wrong := b.onDuty(b.dice, day), b.items[b.dice.IntN(len(b.items))]
	back := at.Add(time.Duration(2+b.dice.IntN(20)) * time.Minute)
	if !back.Before(b.now) || !b.turnTo(at) {
		return nil
	}
	if _, err := b.Tracking.Remove(ctx, who.actor, wrong.Code); err != nil {
		return err
	}
	b.turnTo(back)
	_, err := b.Tracking.Restore(ctx, who.actor, wrong.Code)
	return err
}
