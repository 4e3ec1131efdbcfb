package main

import (
	"context"
	"errors"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/demo"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// seeding is what a database is to begin with.
type seeding struct {
	admin identity.NewUser
	demo  bool
	pins  map[string]string // that are known, of the people in the demo data
}

// seeded is what was made of it.
type seeded struct {
	admin bool
	demo  demo.Summary
}

// seed makes what is missing.
func (c *console) seed(ctx context.Context, settings config.Config, s seeding) (done seeded, err error) {
	now := clock.System()
	// The demo data is of the past, and so are the admin and the store then.
	past := clock.NewManual(demo.Beginning(now))
	when := clock.System
	if s.demo {
		when = past.Now
	}
	err = c.withApp(ctx, settings, when, func(program *app.App) error {
		if done.admin, err = ensureAdmin(ctx, program.Identity, s.admin); err != nil || !s.demo {
			return err
		}
		c.progress("Making up %d days of demo data …", demo.Days)
		done.demo, err = demo.Fill(ctx, demo.Shop{
			DB: program.DB, Identity: program.Identity, Tracking: program.Tracking,
			Milk: program.Milk, RTDE: program.RTDE,
			Clock: past, Admin: s.admin.PartnerNumber, PINs: s.pins,
		}, now)
		return err
	})
	return done, err
}

// ensureAdmin makes the first admin where there never was one. Where all are
// gone it fails: a new one would be a way around whoever took them away.
func ensureAdmin(ctx context.Context, people *identity.Service, n identity.NewUser) (made bool, err error) {
	made, err = people.CreateFirstAdmin(ctx, n)
	if err != nil || made {
		return made, err
	}
	active, err := people.HasActiveAdmin(ctx)
	if err == nil && !active {
		err = errors.New("there are accounts, but no active admin: `sirenbase users restore NUMBER` brings one back, " +
			"`sirenbase users create NUMBER --role admin` makes another")
	}
	return false, err
}
