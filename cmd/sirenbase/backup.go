package main

import (
	"context"
	"errors"

	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/identity"
)

type backupCommand struct {
	File  string `arg:"" help:"The file to write, such as sirenbase.tar.zst; - is the standard output."`
	Force bool   `help:"Replace a file that exists."`
}

func (backupCommand) Help() string {
	return "What is written is the database as it was at one moment; nobody has to wait meanwhile. " +
		"The keys are not in it: keep SECRET_KEY too, at another place, or no PIN works after a restore."
}

// Run writes a backup.
func (b *backupCommand) Run(ctx context.Context, c *console) error {
	settings, err := load(config.Input{Keyless: true})
	if err != nil {
		return err
	}
	if err := mustExist(settings.Database); err != nil {
		return err
	}
	return withDatabase(ctx, settings.Database, func(db *database.DB) error {
		if b.File == "-" {
			return b.stream(ctx, c, db)
		}
		manifest, size, err := c.maker("Writing").WriteFile(ctx, db, b.File, b.Force)
		if err != nil {
			return err
		}
		c.say("Wrote %s: %s, %s.", b.File, count(int(manifest.Rows()), "row", "rows"), kilobytes(size))
		return c.remindOfKey(ctx, settings, db)
	})
}

// stream leaves the standard output to the backup alone.
func (b *backupCommand) stream(ctx context.Context, c *console, db *database.DB) error {
	if _, ok := terminal(c.stdout); ok {
		return errors.New("a backup is no text for a terminal: name a file, or send it on (sirenbase backup - | …)")
	}
	_, err := c.maker("Writing").Write(ctx, db, c.stdout)
	return err
}

// maker makes archives and tells what it is at.
func (c *console) maker(doing string) backup.Maker {
	return backup.Maker{Program: buildVersion().version, Clock: clock.System, Progress: c.tableProgress(doing)}
}

func (c *console) tableProgress(doing string) backup.Progress {
	return func(t backup.Table) { c.progress("%s %s: %s …", doing, t.Name, count(int(t.Rows), "row", "rows")) }
}

// remindOfKey says what else has to be kept, and where it is.
func (c *console) remindOfKey(ctx context.Context, settings config.Config, db *database.DB) error {
	key, place, err := config.FindSecretKey(settings)
	if err != nil {
		return err
	}
	digest, err := identity.KeptPepperDigest(ctx, db)
	if err != nil {
		return err
	}
	switch {
	case key == "" && settings.Database.PostgreSQL():
		c.say("No key is in it. Keep a copy of the server's SECRET_KEY too, at another place: without it no PIN works after a restore.")
	case key == "":
		c.say("No key is in it, and %s is not there: without the SECRET_KEY of this database no PIN works after a restore.", place)
	case digest != "" && digest != identity.PepperDigest([]byte(key.Reveal())):
		c.say("No key is in it, and %s is another one than this database's: keep a copy of the right SECRET_KEY, "+
			"without which no PIN works after a restore.", place)
	default:
		c.say("No key is in it. Keep a copy of %s too, at another place: without it no PIN works after a restore.", place)
	}
	return nil
}

// kilobytes is the size of a file, for people.
func kilobytes(size int64) string { return count(int((size+1023)/1024), "kB", "kB") }
