package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// filesIn lists a folder, hidden files included.
func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// backUp is what the job does every ten minutes.
func backUp(t *testing.T, s *apptest.Server, made int64) {
	t.Helper()
	n, err := s.App.Backups.Run(t.Context())
	if err != nil || n != made {
		t.Fatalf("made %d backups at %s (%v), want %d", n, s.Clock.Now(), err, made)
	}
}

func TestABackupIsMadeEachBusinessDayAndTheNewestAreKept(t *testing.T) {
	settings := apptest.Settings(t, dbtest.URL(t, database.SQLite))
	settings.BackupDir = filepath.Join(t.TempDir(), "disk", "backups")
	s := apptest.Start(t, settings)
	url := door(t, s)
	backUp(t, s, 0) // nobody is there yet
	expectMetric(t, url, backupSuccess)
	s.AddPartners()

	backUp(t, s, 1)
	backUp(t, s, 0)
	if got := filesIn(t, settings.BackupDir); !slices.Equal(got, []string{"sirenbase-2026-03-04.tar.zst"}) {
		t.Errorf("after the first day: %v", got)
	}
	s.Clock.Advance(90 * time.Second)
	s.Anybody().Get("/readyz").Expect(200,
		`{"status": "ok", "backup": {"last_at": "2026-03-04T20:00:00.123456Z", "age_seconds": 90}}`)
	expectMetric(t, url, backupSuccess, ` 1.772654400123e+09`)
	expectMetric(t, url, backupFailures, ` 0`)

	// The day of the store ends at four in the morning there, at noon UTC.
	s.Clock.Set(time.Date(2026, 3, 5, 11, 59, 0, 0, time.UTC))
	backUp(t, s, 0)
	s.Clock.Set(time.Date(2026, 3, 5, 12, 1, 0, 0, time.UTC))
	backUp(t, s, 1)

	// Other people's files stay, and so does a draft that may be somebody's.
	for _, name := range []string{
		"sirenbase-2026-03-01.tar.zst.old", "before-upgrade.tar.zst", ".sirenbase-2020-01-01.tar.zst.part-123", ".notes.part-1",
	} {
		if err := os.WriteFile(filepath.Join(settings.BackupDir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		s.Clock.Advance(24 * time.Hour)
		backUp(t, s, 1)
	}
	want := []string{".notes.part-1", "before-upgrade.tar.zst"}
	for day := 12; day <= 25; day++ {
		want = append(want, fmt.Sprintf("sirenbase-2026-03-%02d.tar.zst", day))
	}
	want = append(want, "sirenbase-2026-03-01.tar.zst.old")
	slices.Sort(want)
	if got := filesIn(t, settings.BackupDir); !slices.Equal(got, want) {
		t.Errorf("after 22 days:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	// A server that starts again goes by the names of the files.
	again := apptest.Start(t, settings)
	again.Clock.Set(s.Clock.Now().Add(time.Hour))
	again.Anybody().Get("/readyz").Expect(200,
		`{"status": "ok", "backup": {"last_at": null, "age_seconds": null}}`) // its clock was behind
	backUp(t, again, 0)
	again.Anybody().Get("/readyz").Expect(200,
		`{"status": "ok", "backup": {"last_at": "2026-03-25T12:01:00.000000Z", "age_seconds": 3600}}`)

	file, err := os.Open(filepath.Join(settings.BackupDir, "sirenbase-2026-03-25.tar.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	archive, err := backup.Read(t.Context(), file)
	if err != nil || archive.Rows() < 10_000 {
		t.Errorf("the newest backup: %+v, %v", archive, err)
	}
	if info, err := file.Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v (%v)", info.Mode(), err)
	}
}

func TestABackupThatFailsIsCountedAndLeavesTheServerReady(t *testing.T) {
	s := apptest.New(t, database.SQLite)
	url := door(t, s)
	// A file stands where the folder should be.
	if err := os.WriteFile(s.App.Backups.Folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if n, err := s.App.Backups.Run(t.Context()); n != 0 || err == nil {
			t.Errorf("made %d backups (%v)", n, err)
		}
	}
	expectMetric(t, url, backupFailures, ` 2`)
	expectMetric(t, url, backupSuccess)
	settings := apptest.Settings(t, dbtest.URL(t, database.SQLite))
	settings.BackupDir = s.App.Backups.Folder
	apptest.Start(t, settings).Anybody().Get("/readyz").ExpectStatus(200) // one that starts then is ready too
	s.Anybody().Get("/readyz").Expect(200, `{"status": "ok", "backup": {"last_at": null, "age_seconds": null}}`)

	if err := os.Remove(s.App.Backups.Folder); err != nil {
		t.Fatal(err)
	}
	backUp(t, s, 1)
	expectMetric(t, url, backupFailures, ` 2`)
	expectMetric(t, url, backupSuccess, ` 1.772654400123e+09`)
}

// A clock that was in the future for a while must not keep backups from being
// made, nor hide that none are.
func TestABackupOfTheFutureIsNotTakenForTheNewest(t *testing.T) {
	s := apptest.New(t, database.SQLite)
	s.App.Backups.Keep = 2
	s.Clock.Advance(1000 * 24 * time.Hour)
	backUp(t, s, 1)
	s.Clock.Advance(24 * time.Hour)
	backUp(t, s, 1)
	s.Clock.Set(apptest.Noon)
	backUp(t, s, 1)
	s.Anybody().Get("/readyz").Expect(200,
		`{"status": "ok", "backup": {"last_at": "2026-03-04T20:00:00.123456Z", "age_seconds": 0}}`)
	if got := filesIn(t, s.App.Backups.Folder); !slices.Equal(got, []string{"sirenbase-2026-03-04.tar.zst", "sirenbase-2028-11-29.tar.zst"}) {
		t.Errorf("%v", got)
	}
}

func TestNoBackupsAreMadeByThemselvesWhereNobodyWantsThem(t *testing.T) {
	embedded := apptest.Settings(t, dbtest.URL(t, database.SQLite))
	none, demo := embedded, embedded
	none.BackupKeep, demo.Demo = 0, true
	for name, settings := range map[string]config.Config{
		"BACKUP_KEEP=0": none, "a demo": demo, "PostgreSQL": apptest.Settings(t, dbtest.URL(t, database.PostgreSQL)),
	} {
		t.Run(name, func(t *testing.T) {
			s := apptest.Start(t, settings)
			if s.App.Backups != nil {
				t.Error("there are backups")
			}
			s.Anybody().Get("/readyz").Expect(200, `{"status": "ok"}`)
			expectMetric(t, door(t, s), backupFailures)
		})
	}
}

func TestAFolderForBackupsThatWasGivenIsNotMade(t *testing.T) {
	s := apptest.New(t, database.SQLite)
	url := door(t, s)
	disk := filepath.Join(t.TempDir(), "disk")
	s.App.Backups.Folder, s.App.Backups.Mounted = disk, true
	if n, err := s.App.Backups.Run(t.Context()); n != 0 || err == nil ||
		err.Error() != "the folder of BACKUP_DIR is not there: is the disk mounted?" {
		t.Errorf("made %d backups (%v)", n, err)
	}
	expectMetric(t, url, backupFailures, ` 1`)
	if _, err := os.Stat(disk); err == nil {
		t.Error("the folder was made")
	}
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	backUp(t, s, 1)
}

func TestOnlyAFolderThatWasGivenIsTakenForADisk(t *testing.T) {
	for dir, want := range map[string]bool{"": false, filepath.Join(t.TempDir(), "disk"): true} {
		settings, err := config.Load(config.Input{Flags: map[string]string{
			"DATA_DIR": t.TempDir(), "BACKUP_DIR": dir,
			"SECRET_KEY": strings.Repeat("pepper ", 8), "JWT_SECRET_KEY": strings.Repeat("signing ", 8),
		}})
		if err != nil {
			t.Fatal(err)
		}
		// The server starts all the same.
		if got := apptest.Start(t, settings).App.Backups.Mounted; got != want {
			t.Errorf("BACKUP_DIR=%q: %v, want %v", dir, got, want)
		}
	}
}
