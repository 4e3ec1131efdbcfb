package main

import (
	"context"
	"strings"

	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type usersCommands struct {
	List    usersListCommand    `cmd:"" help:"List all accounts, the waiting and the deleted ones too."`
	Create  usersCreateCommand  `cmd:"" help:"Make an account; its PIN is asked for."`
	SetPIN  usersSetPINCommand  `cmd:"" name:"set-pin" help:"Give an account a new PIN, which is asked for."`
	Approve usersApproveCommand `cmd:"" help:"Let somebody in who signed up."`
	Unlock  usersUnlockCommand  `cmd:"" help:"Open an account that too many failed logins had locked."`
	Delete  usersDeleteCommand  `cmd:"" help:"Take an account away; what its owner did stays on record."`
	Restore usersRestoreCommand `cmd:"" help:"Give a deleted account back."`
}

const pinHelp = "The PIN is asked for, unseen. Without a terminal it is read as one line from standard input."

// named is the part of a command that says whose account it is about.
type named struct {
	Number string `arg:"" help:"Partner number."`
}

// withUser runs something on the account.
func (n named) withUser(
	ctx context.Context, c *console, do func(people *identity.Service, user identity.User) error,
) error {
	n.Number = strings.TrimSpace(n.Number)
	fields := fault.Fields{}
	identity.CheckPartnerNumber(fields, n.Number)
	if err := fields.Err(); err != nil {
		return err
	}
	return c.withPeople(ctx, func(people *identity.Service) error {
		user, err := people.UserByNumber(ctx, n.Number)
		if err != nil {
			return err
		}
		return do(people, user)
	})
}

// call is how an account is called in what is printed.
func call(user identity.User) string { return printable(user.Name) + " (" + user.PartnerNumber + ")" }
