package main

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/demo"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type seedCommand struct {
	AdminNumber  string `default:"ADMIN001" placeholder:"NUMBER" help:"Partner number of the first admin (default: ${default})."`
	AdminPIN     string `name:"admin-pin" placeholder:"PIN" help:"Four digits; without it a random PIN is made, and printed this once."`
	WithDemoData bool   `help:"Also invent partners, and three weeks of what they did."`
	Clear        bool   `help:"First delete everything in the database: accounts, items, history."`
	Yes          bool   `short:"y" help:"Do not ask before clearing."`
}

func (seedCommand) Help() string {
	return "May be run again: the admin is made only if there never was one, " +
		"and the demo data of a tool only if the tool was never used."
}

// Run seeds.
func (s *seedCommand) Run(ctx context.Context, c *console) error {
	admin, err := s.admin()
	if err != nil {
		return err
	}
	settings, err := loadWithSecrets(ctx, nil, false)
	if err != nil {
		return err
	}
	if s.Clear {
		question := "Delete everything in " + settings.Database.String() + "?"
		if err := c.confirm(ctx, s.Yes, question); err != nil {
			return err
		}
		if err := c.clear(ctx, settings); err != nil {
			return err
		}
	}
	done, err := c.seed(ctx, settings, seeding{admin: admin, demo: s.WithDemoData})
	if err == nil {
		s.report(c, admin, done)
	}
	return err
}

// admin is the first admin, checked before anything is done.
func (s *seedCommand) admin() (identity.NewUser, error) {
	n := identity.NewUser{
		PartnerNumber: s.AdminNumber, Name: "Administrator", PIN: s.AdminPIN, Role: identity.Admin,
	}
	if n.PIN == "" {
		n.PIN = identity.RandomPIN()
	}
	fields := fault.Fields{}
	n.Check(fields)
	return n, fields.Err()
}

// clear takes the schema back to nothing; seeding builds it up again. So what
// else may be kept in a PostgreSQL database is not touched.
func (c *console) clear(ctx context.Context, settings config.Config) error {
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		all, err := db.Migrations(ctx)
		if err != nil {
			return err
		}
		if _, err := db.MigrateDown(ctx, len(all)); err != nil {
			return err
		}
		c.say("Everything was deleted.")
		return nil
	})
}

func (s *seedCommand) report(c *console, admin identity.NewUser, done seeded) {
	switch {
	case !done.admin:
		c.say("There is an admin already, so none was made.")
	case s.AdminPIN == "":
		c.say("Made the admin %s with the PIN %s, which is not shown again.", admin.PartnerNumber, admin.PIN)
	default:
		c.say("Made the admin %s.", admin.PartnerNumber)
	}
	if !s.WithDemoData {
		return
	}
	if done.demo == (demo.Summary{}) {
		c.say("The demo data is there already, or the tools are in use: nothing was added.")
		return
	}
	c.say("Made demo data: %s, %s, %d days.", count(done.demo.Partners, "partner", "partners"),
		count(done.demo.Items, "item", "items"), demo.Days)
	c.say("Nobody knows the demo partners' PINs: `sirenbase users set-pin %s` gives one of them a PIN.", demo.StaffNumber)
}
