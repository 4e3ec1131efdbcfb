// Package demo fills an installation with believable data: invented partners
// and three weeks of what they did. It goes through the services, with their
// clock turned back, so that the data is what real use would have left. The
// same call leaves the same data; only the PINs that nobody is told differ.
//
// Each tool has its file. A tool that was used already is left as it is.
package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/milkcount"
	"github.com/sirenbase/sirenbase/internal/rtde"
	"github.com/sirenbase/sirenbase/internal/stores"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

// Days is how many days the data spans; the last one is today.
const Days = 21

// Shop is what is filled. Its services go by Clock, which moves at will.
type Shop struct {
	DB       *database.DB
	Identity *identity.Service
	Tracking *tracking.Service
	Milk     *milkcount.Service
	RTDE     *rtde.Service
	Clock    *clock.Manual

	// Admin is the partner number of the admin who runs the shop.
	Admin string
	// PINs are the known ones, by partner number: the admin's, if the admin's
	// last login is to be invented too, and those that partners are to get.
	// Everybody else gets a random one, which nobody is told.
	PINs map[string]string
}

// Summary says what was made.
type Summary struct {
	Partners int
	Items    int // in the basement, that are still there
	Counts   int // of the milk, that were completed
	Restocks int // of the display
}

// Beginning is a time before everything that Fill makes.
func Beginning(now time.Time) time.Time { return now.AddDate(0, 0, -Days-1) }

// Fill makes the data of the Days before now.
func Fill(ctx context.Context, shop Shop, now time.Time) (Summary, error) {
	d, err := open(ctx, shop, now)
	if err != nil {
		return Summary{}, err
	}
	hired, err := d.hire(ctx)
	if err != nil {
		return Summary{}, err
	}
	made := Summary{Partners: hired}
	if made.Items, err = d.fillTracking(ctx); err != nil {
		return made, err
	}
	if made.Counts, err = d.fillMilk(ctx); err != nil {
		return made, err
	}
	made.Restocks, err = d.fillRTDE(ctx)
	return made, err
}

// demo is one Fill under way.
type demo struct {
	Shop
	now   time.Time
	store actor.Store
	crew  []member
}

func open(ctx context.Context, shop Shop, now time.Time) (*demo, error) {
	first, err := stores.First(ctx, shop.DB.Read())
	if err != nil {
		return nil, err
	}
	store, err := first.Clock()
	return &demo{Shop: shop, now: now, store: store}, err
}

// dice returns the chances of one tool: another tool's data does not change
// them.
func dice(tool uint64) *rand.Rand { return rand.New(rand.NewPCG(Days, tool)) }

// today is the last of the days.
const today = Days - 1

// at is a time of the store's clock on one of the days, the first being 0.
func (d *demo) at(day int, sinceMidnight time.Duration) time.Time {
	year, month, date := d.now.In(d.store.Location).Date()
	// Seconds of the wall clock, not since midnight: one day has 23 or 25 hours.
	return time.Date(year, month, date-today+day, 0, 0, int(sinceMidnight/time.Second), 0, d.store.Location)
}

// turnTo sets the clock of the services. It says no to what is yet to come.
func (d *demo) turnTo(t time.Time) bool {
	if !t.Before(d.now) {
		return false
	}
	d.Clock.Advance(t.Sub(d.Clock.Now()))
	return true
}
