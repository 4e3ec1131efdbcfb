package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersListCommand struct{}

// Run lists the accounts.
func (usersListCommand) Run(ctx context.Context, c *console) error {
	return c.withPeople(ctx, func(people *identity.Service) error {
		users, err := people.Everyone(ctx)
		if err != nil {
			return err
		}
		rows := make([][]string, len(users))
		for i, u := range users {
			rows[i] = []string{
				u.PartnerNumber, printable(u.Name), string(u.Role), string(u.Status), formatTime(u.LastLoginAt),
			}
		}
		return c.table([]string{"NUMBER", "NAME", "ROLE", "STATUS", "LAST LOGIN"}, rows)
	})
}
