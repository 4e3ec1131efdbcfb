package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersApproveCommand struct{ named }

// Run lets the partner in.
func (u *usersApproveCommand) Run(ctx context.Context, c *console) error {
	return u.withUser(ctx, c, func(people *identity.Service, user identity.User) error {
		if _, err := people.Activate(ctx, audit.System, user.ID, identity.Pending); err != nil {
			return err
		}
		c.say("%s may log in now.", call(user))
		return nil
	})
}
