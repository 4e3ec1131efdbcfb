package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersDeleteCommand struct{ named }

// Run takes the account away.
func (u *usersDeleteCommand) Run(ctx context.Context, c *console) error {
	return u.withUser(ctx, c, func(people *identity.Service, user identity.User) error {
		if _, err := people.DeleteUser(ctx, audit.System, user.ID); err != nil {
			return err
		}
		c.say("%s may not log in any more.", call(user))
		return nil
	})
}
