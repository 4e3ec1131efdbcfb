package config

import (
	"errors"
	"path/filepath"
	"strconv"
)

const backupDir = "BACKUP_DIR"

const maxKeep = 1000

// parseKeep reads a number of backups.
func parseKeep(text string) (int, error) {
	keep, err := strconv.Atoi(text)
	if err != nil || keep < 0 || keep > maxKeep {
		return 0, errors.New("must be a number of backups from 1 to 1000, or 0 for no automatic backups")
	}
	return keep, nil
}

// placeBackups puts backups where the data is, unless BACKUP_DIR says otherwise.
func (l *loader) placeBackups() {
	if l.config.BackupDir != "" || l.anyWrong(backupDir, "DATA_DIR") {
		return
	}
	l.config.BackupDir = filepath.Join(l.config.DataDir, "backups")
	l.config.given[backupDir] = given{shown: l.config.BackupDir, origin: fromDefault}
}

// AutomaticBackups says whether the server makes backups by itself: of the
// embedded database, and not of a demo. A PostgreSQL server has its own ways.
func (c Config) AutomaticBackups() bool {
	return !c.Database.PostgreSQL() && !c.Demo && c.BackupKeep > 0
}
