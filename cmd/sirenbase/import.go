package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/legacy"
	"github.com/sirenbase/sirenbase/internal/stores"
)

type importCommand struct {
	From             string `required:"" placeholder:"URL" help:"The old system's database: postgresql://USER@HOST/NAME."`
	DryRun           bool   `help:"Do everything, then undo it. An empty database and its keys are left."`
	RenameDuplicates bool   `help:"Of partner numbers that differ only in case, change all but the oldest."`
}

func (importCommand) Help() string {
	return "Copies everything from the database of the old system, the Flask application, into an empty SirenBase, " +
		"reads it back and compares. The old database is only read. Set JWT_SECRET_KEY to what the old system has, " +
		"so that nobody has to log in anew; a password may come from PGPASSWORD or ~/.pgpass."
}

// Validate is called by the parser. The address may hold a password, so it is
// not repeated.
func (i *importCommand) Validate() error {
	if !legacy.IsOldURL(i.From) {
		return errors.New("--from must be the address of a PostgreSQL database: postgresql://USER@HOST/NAME")
	}
	return nil
}

// Run imports.
func (i *importCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	if err := mustNotBeOld(ctx, settings.Database); err != nil {
		return err
	}
	c.progress("Reading the old database …")
	old, err := legacy.Read(ctx, i.From)
	if err != nil {
		return err
	}
	options := legacy.Options{RenameDuplicates: i.RenameDuplicates}
	if err := old.Check(options); err != nil {
		return c.showProblems(err)
	}
	if err := ensureSecrets(ctx, &settings); err != nil {
		return err
	}
	return c.withApp(ctx, settings, clock.System, func(program *app.App) error {
		move, err := prepareFor(ctx, program, old, options)
		if err != nil {
			return c.showProblems(err)
		}
		copied, err := move.Write(ctx, legacy.Into{
			DB: program.DB, Now: clock.System(), DryRun: i.DryRun, Progress: c.progress,
		})
		if err != nil {
			return err
		}
		return i.report(c, old, move, copied)
	})
}

// prepareFor makes the rows for the first store of a program.
func prepareFor(ctx context.Context, program *app.App, old *legacy.Old, options legacy.Options) (*legacy.Move, error) {
	store, err := stores.First(ctx, program.DB.Read())
	if err != nil {
		return nil, err
	}
	its, err := store.Clock()
	if err != nil {
		return nil, err
	}
	return old.Prepare(options, legacy.Target{Clock: its, KeyHash: program.Identity.KeyOldHash})
}

// mustNotBeOld keeps our tables from being made among the old ones.
func mustNotBeOld(ctx context.Context, url config.DatabaseURL) error {
	if !url.PostgreSQL() {
		return nil
	}
	return withDatabase(ctx, url, func(db *database.DB) error {
		old, err := legacy.IsOld(ctx, db)
		if err == nil && old {
			err = errors.New("DATABASE_URL names a database of the old system: give the new one a database of its own")
		}
		return err
	})
}

// mostProblems is how many are shown; whoever has more has one kind of them.
const mostProblems = 50

// showProblems lists what keeps the old rows from being moved.
func (c *console) showProblems(err error) error {
	var unfit *legacy.UnfitError
	if !errors.As(err, &unfit) {
		return err
	}
	var rows [][]string
	for _, p := range unfit.Problems[:min(len(unfit.Problems), mostProblems)] {
		rows = append(rows, []string{p.Table, printable(p.ID), printable(p.What)})
	}
	if tableErr := c.table([]string{"TABLE", "ID", "WHAT"}, rows); tableErr != nil {
		return tableErr
	}
	if more := len(unfit.Problems) - mostProblems; more > 0 {
		c.say("… and %d more.", more)
	}
	return err
}

func (i *importCommand) report(c *console, old *legacy.Old, move *legacy.Move, copied []legacy.Copied) error {
	var rows [][]string
	for _, t := range copied {
		from, read := t.From, strconv.Itoa(t.Read)
		if from == "" {
			from, read = "-", "-"
		}
		rows = append(rows, []string{from, read, t.Table, strconv.Itoa(t.Written), t.Checksum[:12] + " equal"})
	}
	if err := c.table([]string{"FROM", "READ", "TO", "WRITTEN", "CHECKSUM"}, rows); err != nil {
		return err
	}
	for _, r := range move.Renamed {
		c.say("The partner number %s (%s) is now %s.", printable(r.Old), printable(r.UserID), r.New)
	}
	for _, note := range move.Notes {
		c.say("%s", note)
	}
	if i.DryRun {
		c.say("This was a dry run: everything went well, and nothing was kept.")
		return nil
	}
	c.say("Moved in from %s. Everything was read back and is equal.", printable(old.Database))
	return nil
}
