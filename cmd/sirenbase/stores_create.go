package main

import (
	"context"
	"strings"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/stores"
)

type storesCreateCommand struct {
	Number string `required:"" placeholder:"NUMBER" help:"Store number, unlike that of any other store."`
	Name   string `required:"" placeholder:"NAME" help:"What the store is called."`
	storeFlags
}

func (storesCreateCommand) Help() string {
	return "The clock that is not given is that of the settings STORE_TIMEZONE, BUSINESS_DAY_START and MORNING_COUNT_CUTOFF."
}

// Run makes the store.
func (s *storesCreateCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	store := stores.Store{
		Name: strings.TrimSpace(s.Name), Number: strings.TrimSpace(s.Number),
		Timezone:           settings.StoreTimezone.String(),
		BusinessDayStart:   stores.FormatTimeOfDay(settings.BusinessDayStart),
		MorningCountCutoff: stores.FormatTimeOfDay(settings.MorningCountCutoff),
	}
	s.apply(&store)
	if err := checkStore(store); err != nil {
		return err // before the database is opened
	}
	return c.withStores(ctx, func(shops *stores.Service) error {
		store, err := shops.Create(ctx, audit.System, store)
		if err == nil {
			c.say("Made the store %s.", callStore(store))
		}
		return err
	})
}
