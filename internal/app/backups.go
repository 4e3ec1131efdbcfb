package app

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/jobs"
	"github.com/sirenbase/sirenbase/internal/milkcount"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// backUpEvery is how often it is seen to that there is a backup of the day, and
// how soon one that failed is tried again.
const backUpEvery = 10 * time.Minute

// dailyBackups is nil where the settings want none.
func dailyBackups(db *database.DB, settings config.Config, options Options) *backup.Daily {
	if !settings.AutomaticBackups() {
		return nil
	}
	daily := &backup.Daily{
		DB: db, Folder: settings.BackupDir, Keep: settings.BackupKeep, Mounted: settings.Given("BACKUP_DIR"),
		Maker: backup.Maker{Program: options.Version, Clock: options.Clock},
		Today: func(ctx context.Context) (string, error) { return businessDate(ctx, db, options) },
	}
	if err := daily.Look(); err != nil {
		// The store goes on; the job will say it again, and count it.
		options.Log.Warn("the folder of the backups cannot be read", "setting", "BACKUP_DIR", "cause", err)
	}
	return daily
}

// businessDate is that of the first store.
func businessDate(ctx context.Context, db *database.DB, options Options) (string, error) {
	store, err := stores.First(ctx, db.Read())
	if err != nil {
		return "", err
	}
	hours, err := store.Clock()
	if err != nil {
		return "", err
	}
	return string(milkcount.BusinessDate(options.Clock(), hours)), nil
}

func backupJobs(daily *backup.Daily) []jobs.Job {
	if daily == nil {
		return nil
	}
	return []jobs.Job{{Name: "back up the database", Every: backUpEvery, Do: daily.Run}}
}
