package main

import (
	"context"
	"errors"
	"strings"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersCreateCommand struct {
	named
	Name string `required:"" placeholder:"NAME" help:"What the partner is called."`
	Role string `enum:"staff,admin" default:"staff" help:"staff or admin (default: ${default})."`
}

func (usersCreateCommand) Help() string { return pinHelp }

// Run makes the account.
func (u *usersCreateCommand) Run(ctx context.Context, c *console) error {
	n := identity.NewUser{
		PartnerNumber: strings.TrimSpace(u.Number), Name: strings.TrimSpace(u.Name), Role: identity.Role(u.Role),
	}
	fields := fault.Fields{}
	identity.CheckPartnerNumber(fields, n.PartnerNumber)
	identity.CheckName(fields, n.Name)
	if err := fields.Err(); err != nil {
		return err // before the PIN is asked for
	}
	return c.withPeople(ctx, func(people *identity.Service) error {
		needed, err := people.SetupNeeded(ctx)
		if err != nil {
			return err
		}
		if needed && n.Role != identity.Admin {
			return errors.New("the first account must be an admin's: say --role admin")
		}
		if n.PIN, err = c.askPIN(ctx); err != nil {
			return err
		}
		user, err := createUser(ctx, people, n, needed)
		if err == nil {
			c.say("Made the account of %s: %s.", call(user), user.Role)
		}
		return err
	})
}

// createUser makes the first admin the owner of the installation.
func createUser(ctx context.Context, people *identity.Service, n identity.NewUser, first bool) (identity.User, error) {
	if first {
		made, err := people.CreateFirstAdmin(ctx, n)
		if err != nil {
			return identity.User{}, err
		}
		if made {
			return people.UserByNumber(ctx, n.PartnerNumber)
		}
	}
	return people.CreateUser(ctx, audit.System, n)
}
