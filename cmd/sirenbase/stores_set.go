package main

import (
	"context"
	"errors"
	"strings"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/stores"
)

type storesSetCommand struct {
	Store  string  `arg:"" name:"store-number" help:"Number of the store to change."`
	Name   *string `placeholder:"NAME" help:"What the store is called from now on."`
	Number *string `placeholder:"NUMBER" help:"Its new number, unlike that of any other store."`
	storeFlags
}

func (storesSetCommand) Help() string {
	return "What is not given stays. A running server goes by the new clock at once."
}

// Validate is called by the parser.
func (s *storesSetCommand) Validate() error {
	if s.Name == nil && s.Number == nil && s.storeFlags == (storeFlags{}) {
		return errors.New("say what to change: --name, --number, --timezone, --business-day-start " +
			"or --morning-count-cutoff")
	}
	return nil
}

// Run changes the store.
func (s *storesSetCommand) Run(ctx context.Context, c *console) error {
	return c.withStores(ctx, func(shops *stores.Service) error {
		store, err := shops.ByNumber(ctx, strings.TrimSpace(s.Store))
		if err != nil {
			return err
		}
		store, err = shops.Change(ctx, audit.System, store.ID, func(store *stores.Store) {
			assign(&store.Name, s.Name)
			assign(&store.Number, s.Number)
			s.apply(store)
		})
		if err == nil {
			c.say("The store is %s: %s, business day from %s, morning count until %s.",
				callStore(store), store.Timezone, store.BusinessDayStart, store.MorningCountCutoff)
		}
		return err
	})
}
