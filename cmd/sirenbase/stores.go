package main

import (
	"context"
	"strings"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/stores"
)

type storesCommands struct {
	List   storesListCommand   `cmd:"" help:"List all stores."`
	Create storesCreateCommand `cmd:"" help:"Make a store, with codes, name templates and milks to begin with."`
	Set    storesSetCommand    `cmd:"" help:"Change a store's name, number or clock."`
}

// storeFlags are what a store may be given. A nil is left as it is.
type storeFlags struct {
	Timezone           *string `placeholder:"ZONE" help:"Time zone, such as America/Los_Angeles."`
	BusinessDayStart   *string `placeholder:"HH:MM" help:"When the business day begins, store time."`
	MorningCountCutoff *string `placeholder:"HH:MM" help:"Until when the night's milk count is today's, store time."`
}

func (f *storeFlags) apply(s *stores.Store) {
	assign(&s.Timezone, f.Timezone)
	assign(&s.BusinessDayStart, f.BusinessDayStart)
	assign(&s.MorningCountCutoff, f.MorningCountCutoff)
}

// assign takes over a flag that was given, trimmed as the API trims.
func assign(to, flag *string) {
	if flag != nil {
		*to = strings.TrimSpace(*flag)
	}
}

// withStores runs something on the stores.
func (c *console) withStores(ctx context.Context, do func(*stores.Service) error) error {
	return c.withExisting(ctx, func(program *app.App) error { return do(program.Stores) })
}

func checkStore(store stores.Store) error {
	fields := fault.Fields{}
	store.Check(fields)
	return fields.Err()
}

// callStore is how a store is called in what is printed.
func callStore(store stores.Store) string {
	return printable(store.Name) + " (" + printable(store.Number) + ")"
}
