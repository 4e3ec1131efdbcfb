package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersSetPINCommand struct{ named }

func (usersSetPINCommand) Help() string {
	return pinHelp + " Whoever is logged in with the account is logged out."
}

// Run gives the account a new PIN.
func (u *usersSetPINCommand) Run(ctx context.Context, c *console) error {
	return u.withUser(ctx, c, func(people *identity.Service, user identity.User) error {
		pin, err := c.askPIN(ctx)
		if err != nil {
			return err
		}
		if err := people.ResetPIN(ctx, audit.System, user.ID, pin); err != nil {
			return err
		}
		c.say("%s has a new PIN.", call(user))
		return nil
	})
}
