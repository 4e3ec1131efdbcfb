package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersRestoreCommand struct{ named }

// Run gives the account back.
func (u *usersRestoreCommand) Run(ctx context.Context, c *console) error {
	return u.withUser(ctx, c, func(people *identity.Service, user identity.User) error {
		if _, err := people.Activate(ctx, audit.System, user.ID, identity.Deleted); err != nil {
			return err
		}
		c.say("%s may log in again.", call(user))
		return nil
	})
}
