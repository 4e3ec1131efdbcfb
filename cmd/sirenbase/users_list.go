package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/app"
)

type usersListCommand struct{}

func (usersListCommand) Help() string { return "STORE is the number of the home store." }

// Run lists the accounts.
func (usersListCommand) Run(ctx context.Context, c *console) error {
	return c.withExisting(ctx, func(program *app.App) error {
		users, err := program.Identity.Everyone(ctx)
		if err != nil {
			return err
		}
		stores, err := program.Stores.All(ctx)
		if err != nil {
			return err
		}
		numbers := make(map[string]string, len(stores))
		for _, s := range stores {
			numbers[s.ID] = printable(s.Number)
		}
		rows := make([][]string, len(users))
		for i, u := range users {
			rows[i] = []string{
				u.PartnerNumber, printable(u.Name), string(u.Role), numbers[u.HomeStoreID], string(u.ShownStatus()),
				formatTime(u.LastLoginAt),
			}
		}
		return c.table([]string{"NUMBER", "NAME", "ROLE", "STORE", "STATUS", "LAST LOGIN"}, rows)
	})
}
