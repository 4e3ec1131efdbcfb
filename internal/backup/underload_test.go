package backup_test

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// write makes a backup of a running server's database.
func write(t *testing.T, db *database.DB, s *apptest.Server) []byte {
	t.Helper()
	var out bytes.Buffer
	maker := backup.Maker{Program: "test", Clock: s.Clock.Now}
	if _, err := maker.Write(t.Context(), db, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, archive []byte) *backup.Archive {
	t.Helper()
	a, err := backup.Read(t.Context(), bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Partners go on adding items while backups are made. Each backup is one moment:
// what a transaction writes together is in it together, and the other engine
// makes the same of it, which a server then serves.
func TestABackupUnderLoadIsOneMomentAndBothEnginesRestoreIt(t *testing.T) {
	for _, from := range dbtest.Engines() {
		t.Run(string(from), func(t *testing.T) {
			s := apptest.New(t, from)
			staff := s.Staff()
			const partners = 16
			var added atomic.Int64
			stop := make(chan struct{})
			var writers, begun sync.WaitGroup
			begun.Add(partners)
			for w := range partners {
				writers.Go(func() {
					for n := 0; ; n++ {
						select {
						case <-stop:
							return
						default:
						}
						body := map[string]string{"name": fmt.Sprintf("Thing %d of %d", n, w), "category": "other"}
						if r := staff.Post("/api/tracking/items", body); r.Status == 201 {
							added.Add(1)
						} else {
							t.Errorf("an item was not added: %s", r.Body)
						}
						if n == 0 {
							begun.Done()
						}
					}
				})
			}
			begun.Wait()
			var last []byte
			for range 3 {
				before := added.Load()
				last = write(t, s.DB, s)
				// Some were committed whose answer is under way.
				expectOneMoment(t, read(t, last), before, added.Load()+partners)
			}
			close(stop)
			writers.Wait()
			for _, into := range dbtest.Engines() {
				expectServed(t, last, into)
			}
		})
	}
}

// expectOneMoment fails the test unless each item is there with its history and
// its event, and as many of them as there can have been.
func expectOneMoment(t *testing.T, a *backup.Archive, least, most int64) {
	t.Helper()
	rows := map[string]int64{}
	for _, table := range a.Tables {
		rows[table.Name] = table.Rows
	}
	items := rows["tracking_items"]
	if rows["tracking_history"] != items || rows["store_events"] != items+2 { // the two partners have one too
		t.Errorf("an item without its history, or its event: %v", rows)
	}
	if items < least || items > most {
		t.Errorf("%d items in the backup, of at least %d and at most %d", items, least, most)
	}
}

// expectServed restores an archive, and does with the result what partners do.
func expectServed(t *testing.T, archive []byte, into database.Engine) {
	t.Helper()
	settings := apptest.Settings(t, dbtest.URL(t, into))
	first := read(t, archive)
	db := dbtest.Connect(t, settings.Database.Reveal())
	if err := (backup.Restoring{}).Restore(t.Context(), first, db); err != nil {
		t.Fatalf("into %s: %v", into, err)
	}
	s := apptest.Start(t, settings)
	// All that the server had to add is what is of the moment.
	if diff := cmp.Diff(contents(first), contents(read(t, write(t, s.DB, s)))); diff != "" {
		t.Errorf("into %s: a backup of what was restored (-first +second):\n%s", into, diff)
	}
	items := len(s.Staff().Get("/api/tracking/items").ExpectStatus(200).Value("items").([]any))
	for _, table := range first.Tables {
		if table.Name == "tracking_items" && table.Rows != int64(items) {
			t.Errorf("into %s: %d items are listed, %d were restored", into, items, table.Rows)
		}
	}
	s.Staff().Post("/api/tracking/items", `{"name": "One more", "category": "other"}`).ExpectStatus(201)
	s.Admin().Get("/api/admin/users").ExpectStatus(200)
	s.Admin().Get("/api/admin/activity").ExpectStatus(200)
}

func contents(a *backup.Archive) map[string]backup.Content {
	all := map[string]backup.Content{}
	for _, t := range a.Tables {
		all[t.Name] = t.Content
	}
	return all
}
