package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type restoreCommand struct {
	File    string `arg:"" help:"The backup; - is the standard input."`
	Replace bool   `help:"First delete everything in the database: accounts, items, history."`
	Yes     bool   `short:"y" help:"Do not ask before that."`
	NewKey  bool   `help:"Go on without the SECRET_KEY of the backup: everybody needs a new PIN then."`
}

func (restoreCommand) Help() string {
	return "Into the database that DATABASE_URL names, which is afterwards as it was before, or complete. " +
		"Stop the server for it. The file is checked as a whole before anything is changed. " +
		"A backup of SQLite may be restored into PostgreSQL, and the other way round."
}

// Run restores a backup.
func (r *restoreCommand) Run(ctx context.Context, c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	file, err := c.openBackup(r.File)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	c.progress("Checking %s …", r.File)
	archive, err := backup.Read(ctx, file)
	if err != nil {
		return fmt.Errorf("%s: %w", r.File, err)
	}
	if err := r.checkKey(settings, archive); err != nil {
		return err
	}
	if err := r.agree(ctx, c, settings, archive); err != nil {
		return err
	}
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		return r.restore(ctx, c, archive, db)
	})
}

// checkKey sees that the PINs will work. On a new machine there is no key yet,
// or a new one, and the old one has to be put there first.
func (r *restoreCommand) checkKey(settings config.Config, archive *backup.Archive) error {
	digest, kept := archive.KeyDigests[identity.PepperName]
	if !kept || r.NewKey {
		return nil
	}
	key, place, err := config.FindSecretKey(settings)
	if err != nil {
		return err
	}
	if key != "" && identity.PepperDigest([]byte(key.Reveal())) == digest {
		return nil
	}
	problem := "are under another SECRET_KEY than that of " + place
	if key == "" {
		problem = "need the SECRET_KEY that they were made with, and there is none yet"
	}
	return fmt.Errorf("the PINs in this backup %s: put the copy of the old key there (%s), or if it is lost say --new-key "+
		"and give everybody a new PIN with `sirenbase users set-pin`", problem, place)
}

// agree asks before anything is deleted.
func (r *restoreCommand) agree(ctx context.Context, c *console, settings config.Config, archive *backup.Archive) error {
	if !r.Replace {
		return nil
	}
	return c.confirm(ctx, r.Yes, fmt.Sprintf("Delete everything in %s, and put the backup of %s there?",
		settings.Database, archive.MadeAt))
}

func (r *restoreCommand) restore(ctx context.Context, c *console, archive *backup.Archive, db *database.DB) error {
	how := backup.Restoring{
		Replace: r.Replace, NewKey: r.NewKey, LiftTo: clock.System().UnixMicro(),
		Maker: c.maker("Bringing up to date"), Progress: c.tableProgress("Loading"),
	}
	err := how.Restore(ctx, archive, db)
	switch {
	case errors.Is(err, backup.ErrInhabited):
		return fmt.Errorf("%w: say --replace to delete all that is in it, or name an empty one with DATABASE_URL", err)
	case err != nil:
		return err
	}
	c.say("Restored %s of %s, and read them back: they are all there.",
		count(int(archive.Rows()), "row", "rows"), archive.MadeAt)
	if r.NewKey {
		c.say("No PIN works any more: `sirenbase users set-pin NUMBER` gives somebody a new one.")
	}
	return nil
}
