package main

import (
	"context"
	"strconv"

	"github.com/sirenbase/sirenbase/internal/stores"
)

type storesListCommand struct{}

func (storesListCommand) Help() string {
	return "PARTNERS are the active accounts that were given the store; an owner may act in every store."
}

// Run lists the stores.
func (storesListCommand) Run(ctx context.Context, c *console) error {
	return c.withStores(ctx, func(shops *stores.Service) error {
		all, err := shops.All(ctx)
		if err != nil {
			return err
		}
		partners, err := shops.ActivePartners(ctx)
		if err != nil {
			return err
		}
		rows := make([][]string, len(all))
		for i, s := range all {
			rows[i] = []string{
				printable(s.Number), printable(s.Name), s.Timezone, s.BusinessDayStart, s.MorningCountCutoff,
				strconv.Itoa(partners[s.ID]),
			}
		}
		return c.table([]string{"NUMBER", "NAME", "TIMEZONE", "DAY START", "CUTOFF", "PARTNERS"}, rows)
	})
}
