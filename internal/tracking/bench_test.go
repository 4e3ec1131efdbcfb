package tracking_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
	"github.com/sirenbase/sirenbase/internal/tracking"
)

// filled is a server whose store has n items, and somebody of that store.
func filled(b *testing.B, engine database.Engine, n int) (*apptest.Server, actor.Actor) {
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
	who := actor.Actor{UserID: s.Staff().UserID, Name: apptest.StaffName, Store: store}
	all := make([]tracking.NewItem, n)
	for i := range all {
		all[i] = tracking.NewItem{Name: fmt.Sprintf("Thing %d", i), Category: tracking.Categories[i%len(tracking.Categories)]}
	}
	if _, err := s.App.Tracking.AddAll(b.Context(), who, all, make([]string, n)); err != nil {
		b.Fatal(err)
	}
	if engine == database.PostgreSQL {
		exec(b, s.DB, `ANALYZE`) // which it does by itself, later
	}
	return s, who
}

// An add must cost the same however many codes are in use: compare the two
// numbers of one run.
func BenchmarkAdd(b *testing.B) {
	for _, engine := range dbtest.Engines() {
		for _, active := range []int{100, 9900} {
			b.Run(fmt.Sprintf("%s/active=%d", engine, active), func(b *testing.B) {
				s, who := filled(b, engine, active)
				for b.Loop() {
					item, err := s.App.Tracking.Add(b.Context(), who, tracking.NewItem{Name: "Thing", Category: "other"})
					if err != nil {
						b.Fatal(err)
					}
					b.StopTimer()
					if _, err := s.App.Tracking.Remove(b.Context(), who, item.Code); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
			})
		}
	}
}

// A list must cost the same however much was removed.
func BenchmarkList(b *testing.B) {
	for _, engine := range dbtest.Engines() {
		for _, removed := range []int{0, 9700} {
			b.Run(fmt.Sprintf("%s/items=200/removed=%d", engine, removed), func(b *testing.B) {
				s, who := filled(b, engine, 200+removed)
				codes := column(s.Staff().Get(itemsPath), "items", "code")
				if removed > 0 {
					if _, err := s.App.Tracking.RemoveAll(b.Context(), who, codes[:removed]); err != nil {
						b.Fatal(err)
					}
				}
				for b.Loop() {
					s.Staff().Get(itemsPath).ExpectStatus(http.StatusOK)
				}
			})
		}
	}
}
