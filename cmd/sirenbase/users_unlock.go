package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersUnlockCommand struct{ named }

// Run opens the account.
func (u *usersUnlockCommand) Run(ctx context.Context, c *console) error {
	return u.withUser(ctx, c, func(people *identity.Service, user identity.User) error {
		if _, err := people.Activate(ctx, audit.System, user.ID, identity.Locked); err != nil {
			return err
		}
		c.say("%s may log in again.", call(user))
		return nil
	})
}
