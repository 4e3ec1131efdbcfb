package activity_test

import (
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/activity"
	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// Both feeds must cost the same however much there is to look back on: compare
// the numbers of one run.
func BenchmarkFeed(b *testing.B) {
	for _, engine := range dbtest.Engines() {
		for _, rows := range []int{1000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/rows=%d", engine, rows), func(b *testing.B) {
				s, here := withPast(b, engine, rows)
				b.Run("recent", func(b *testing.B) { benchmarkRecent(b, s, here) })
				b.Run("admin", func(b *testing.B) { benchmarkAdmin(b, s, here) })
			})
		}
	}
}

// withPast is a server whose store has so many rows of history, all of the last
// 30 days, and fewer of what happens less often.
func withPast(b *testing.B, engine database.Engine, rows int) (*apptest.Server, actor.Actor) {
	b.Helper()
	s := apptest.New(b, engine)
	first, err := stores.First(b.Context(), s.DB.Read())
	if err != nil {
		b.Fatal(err)
	}
	store, err := first.Clock()
	if err != nil {
		b.Fatal(err)
	}
	sam := s.Staff().UserID
	dbtest.Past{
		History: rows, Audit: rows, Restocks: min(rows, 100_000), MilkCounts: min(rows, 3000),
	}.Fill(b, s.DB, store.ID, sam, s.Clock.Now())
	return s, actor.Actor{UserID: sam, Name: apptest.StaffName, Store: store}
}

func benchmarkRecent(b *testing.B, s *apptest.Server, who actor.Actor) {
	feed := activity.NewService(s.App.Tracking, s.App.Milk, s.App.RTDE)
	measure(b, func() {
		entries, err := feed.Recent(b.Context(), who, 20)
		if err != nil || len(entries) != 20 {
			b.Fatal(len(entries), err)
		}
	})
}

func benchmarkAdmin(b *testing.B, s *apptest.Server, who actor.Actor) {
	record := audit.NewService(s.DB, s.Clock.Now)
	measure(b, func() {
		entries, err := record.Recent(b.Context(), who, 30)
		if err != nil || len(entries) != 30 {
			b.Fatal(len(entries), err)
		}
	})
}

// measure begins when the caches are warm and the disk is done with the past.
func measure(b *testing.B, do func()) {
	for range 1000 {
		do()
	}
	for b.Loop() {
		do()
	}
}
