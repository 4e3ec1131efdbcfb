package events_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// resumeAfter opens a stream for somebody who has everything up to an event.
func resumeAfter(t *testing.T, s *apptest.Server, last int64) *watcher {
	t.Helper()
	return watch(t, stream(s), s.Staff().Token, map[string]string{"Last-Event-ID": strconv.FormatInt(last, 10)})
}

// Events are kept by when the server heard of a change, or those of a phone that
// was out of reach would go before anybody had them.
func TestAnEventOfWhatWasDoneLongAgoIsKept(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		last := newest(t, s)
		ago := s.Clock.Now().Add(-30 * time.Hour).Format(time.RFC3339)
		staff, admin := s.Staff().With("X-Recorded-At", ago), s.Admin().With("X-Recorded-At", ago)
		add(staff, "0001")
		const display, milks = "/api/rtde/admin/items", "/api/milk-count/admin/milk-types"
		panini := admin.Post(display, `{"name": "Panini", "par_level": 4}`).ExpectStatus(201).Text("item.id")
		admin.Put(display+"/"+panini, `{"par_level": 5}`).ExpectStatus(200)
		admin.Put(display+"/reorder", `{"item_orders": [{"id": "`+panini+`", "display_order": 3}]}`).ExpectStatus(200)
		admin.Delete(display + "/" + panini).ExpectStatus(200)
		hemp := admin.Post(milks, `{"name": "Hemp", "category": "non_dairy"}`).ExpectStatus(201).Text("milk_type.id")
		admin.Put(milks+"/"+hemp, `{"name": "Hemp 1 l"}`).ExpectStatus(200)
		admin.Put("/api/milk-count/admin/par-levels/"+hemp, `{"par_value": 9}`).ExpectStatus(200)
		if _, err := s.App.Events.CleanUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		w, all := resumeAfter(t, s, last), newest(t, s)-last
		if all != 8 {
			t.Errorf("%d events have been published", all)
		}
		for i := range all {
			if e := w.next(t); e.kind == "reset" || e.number(t) != last+i+1 {
				t.Fatalf("event %d is %+v", i, e)
			}
		}
	})
}

func TestWhoWouldMissAnEventInTheMiddleIsToldToLoadAnew(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		last := newest(t, s)
		for _, code := range []string{"0001", "0002", "0003"} {
			add(s.Staff(), code)
		}
		err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), `DELETE FROM store_events WHERE revision = $1`, last+2)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		w := resumeAfter(t, s, last)
		w.follows(t, last)
		if e := w.next(t); e.kind != "reset" || e.number(t) != last+3 {
			t.Errorf("%+v", e)
		}
		add(s.Staff(), "0004")
		w.follows(t, last+3)
	})
}
