package main

import (
	"context"
	"errors"
	"strings"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/stores"
)

type usersCreateCommand struct {
	named
	Name  string  `required:"" placeholder:"NAME" help:"What the partner is called."`
	Role  string  `enum:"staff,admin" default:"staff" help:"staff or admin (default: ${default})."`
	Store *string `placeholder:"NUMBER" help:"Number of the home store (default: the first store)."`
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
	return c.withExisting(ctx, func(program *app.App) error {
		people := program.Identity
		needed, err := people.SetupNeeded(ctx)
		if err != nil {
			return err
		}
		who, err := u.actor(ctx, program.Stores, needed)
		if err != nil {
			return err
		}
		if n.PIN, err = c.askPIN(ctx); err != nil {
			return err
		}
		user, err := createUser(ctx, people, who, n, needed)
		if err == nil {
			c.say("Made the account of %s: %s.", call(user), user.Role)
		}
		return err
	})
}

// actor is the command line, in the store that the account is to belong to.
func (u *usersCreateCommand) actor(ctx context.Context, shops *stores.Service, first bool) (actor.Actor, error) {
	who := audit.System
	switch {
	case first && u.Role != string(identity.Admin):
		return who, errors.New("the first account must be an admin's: say --role admin")
	case u.Store == nil:
		return who, nil
	case first:
		return who, errors.New("the first admin belongs to the first store and owns them all: leave --store out")
	}
	store, err := shops.ByNumber(ctx, strings.TrimSpace(*u.Store))
	who.Store.ID = store.ID
	return who, err
}

// createUser makes the first admin the owner of the installation.
func createUser(
	ctx context.Context, people *identity.Service, who actor.Actor, n identity.NewUser, first bool,
) (identity.User, error) {
	if first {
		made, err := people.CreateFirstAdmin(ctx, n)
		if err != nil {
			return identity.User{}, err
		}
		if made {
			return people.UserByNumber(ctx, n.PartnerNumber)
		}
	}
	return people.CreateUser(ctx, who, n)
}
