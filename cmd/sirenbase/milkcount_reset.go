package main

import (
	"context"
	"errors"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/milkcount"
	"github.com/sirenbase/sirenbase/internal/stores"
)

type milkCountCommands struct {
	Reset milkCountResetCommand `cmd:"" help:"Throw milk counts away, or make some up."`
}

type milkCountResetCommand struct {
	All         bool `xor:"what" help:"Delete every session."`
	Today       bool `xor:"what" help:"Delete the session of today."`
	ToFOH       bool `xor:"what" name:"to-foh" help:"Leave today's session waiting for the front fridges."`
	ToBOH       bool `xor:"what" name:"to-boh" help:"Leave it waiting for the back fridges."`
	ToMorning   bool `xor:"what" help:"Leave it waiting for the morning."`
	ToOnOrder   bool `xor:"what" help:"Leave it waiting for what is on order."`
	Completed   bool `xor:"what" help:"Leave it completed."`
	WithHistory bool `help:"Complete a session for each of the last 7 days that has none, too."`
}

func (milkCountResetCommand) Help() string {
	return "Counts are lost and made up, so this works only with APP_ENV=development."
}

// until is the step that today's session is to wait for; empty if it is not
// to be made.
func (m *milkCountResetCommand) until() milkcount.Status {
	switch {
	case m.ToFOH:
		return milkcount.NightFOH
	case m.ToBOH:
		return milkcount.NightBOH
	case m.ToMorning:
		return milkcount.Morning
	case m.ToOnOrder:
		return milkcount.OnOrder
	case m.Completed:
		return milkcount.Completed
	default:
		return ""
	}
}

// Validate is called by the parser.
func (m *milkCountResetCommand) Validate() error {
	if !m.All && !m.Today && m.until() == "" && !m.WithHistory {
		return errors.New("say what to do: --all, --today, --to-foh, --to-boh, --to-morning, --to-on-order, " +
			"--completed or --with-history")
	}
	return nil
}

// historyDays is how many days --with-history fills.
const historyDays = 7

// Run resets.
func (m *milkCountResetCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	switch {
	case err != nil:
		return err
	case settings.AppEnv != config.Development:
		return errors.New("this throws counts away, and works only with APP_ENV=development")
	}
	if err := mustExist(settings.Database); err != nil {
		return err
	}
	if err := ensureSecrets(ctx, &settings); err != nil {
		return err
	}
	hours := clock.NewManual(clock.System())
	return c.withApp(ctx, settings, hours.Now, func(program *app.App) error {
		who, err := anAdmin(ctx, program)
		if err != nil {
			return err
		}
		if err := m.remove(ctx, c, program.Milk, who.Store); err != nil {
			return err
		}
		if m.WithHistory {
			if err := makeHistory(ctx, c, program.Milk, who, hours); err != nil {
				return err
			}
		}
		return m.rehearse(ctx, c, program.Milk, who)
	})
}

func (m *milkCountResetCommand) remove(
	ctx context.Context, c *console, milk *milkcount.Service, store actor.Store,
) error {
	act := milk.DeleteToday
	switch {
	case m.All:
		act = milk.DeleteSessions
	case !m.Today && m.until() == "":
		return nil
	}
	deleted, err := act(ctx, store)
	if err == nil {
		c.say("%s deleted.", count(int(deleted), "session", "sessions"))
	}
	return err
}

func (m *milkCountResetCommand) rehearse(
	ctx context.Context, c *console, milk *milkcount.Service, who actor.Actor,
) error {
	if m.until() == "" {
		return nil
	}
	session, began, err := milk.Rehearse(ctx, who, m.until())
	switch {
	case err != nil:
		return err
	case !began:
		return errors.New("the session of " + string(session.Date) + " is in the way: --all deletes it")
	}
	c.say("The session of %s is at %s.", session.Date, session.Status)
	return nil
}

// makeHistory turns the clock back and completes what is missing, a day at a
// time, late in the evening.
func makeHistory(
	ctx context.Context, c *console, milk *milkcount.Service, who actor.Actor, hours *clock.Manual,
) error {
	now := hours.Now()
	defer hours.Set(now)
	made := 0
	today := milkcount.BusinessDate(now, who.Store)
	for back := historyDays; back > 0; back-- {
		midnight, err := time.ParseInLocation(time.DateOnly, string(today.AddDays(-back)), who.Store.Location)
		if err != nil {
			return err
		}
		hours.Set(midnight.Add(22*time.Hour + 30*time.Minute))
		_, began, err := milk.Rehearse(ctx, who, milkcount.Completed)
		if err != nil {
			return err
		}
		if began {
			made++
		}
	}
	c.say("%s of the last %d days made up.", count(made, "session", "sessions"), historyDays)
	return nil
}

// anAdmin is in whose name the counts are made.
func anAdmin(ctx context.Context, program *app.App) (actor.Actor, error) {
	store, err := stores.First(ctx, program.DB.Read())
	if err != nil {
		return actor.Actor{}, err
	}
	hours, err := store.Clock()
	if err != nil {
		return actor.Actor{}, err
	}
	people, err := program.Identity.Everyone(ctx)
	if err != nil {
		return actor.Actor{}, err
	}
	for _, user := range people {
		if user.Role == identity.Admin && user.Status == identity.Active {
			return actor.Actor{UserID: user.ID, Name: user.Name, IsAdmin: true, Store: hours}, nil
		}
	}
	return actor.Actor{}, errors.New("there is no active admin in whose name to count: `sirenbase seed` makes one")
}
