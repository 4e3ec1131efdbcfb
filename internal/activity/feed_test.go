package activity_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestAStoreWhereNothingWasDoneHasAnEmptyFeed(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.sam.Get(feedPath).Expect(http.StatusOK, nothing)
		// What is only begun is not done.
		s.startCount(s.sam)
		s.sam.Post(rtdePath+"start", nil).ExpectStatus(http.StatusCreated)
		s.sam.Get(feedPath).Expect(http.StatusOK, nothing)
		s.Anybody().Get(feedPath).ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
	})
}

func TestTheFeedNamesWhoDidEachStepWithEachTool(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		at := make([]string, 8)
		count := s.startCount(s.lee)
		for i, do := range []func(){
			func() { s.addItem(s.sam, "Vanilla Syrup", "0821") },
			func() { s.save(s.nia, count, "night-foh") },
			func() { s.save(s.lee, count, "night-boh") },
			func() { s.nia.Delete(itemsPath + "/0821").ExpectStatus(http.StatusOK) },
			func() { s.save(s.sam, count, "morning") },
			func() { s.lee.Post(itemsPath+"/0821/restore", nil).ExpectStatus(http.StatusOK) },
			func() { s.save(s.avery, count, "on-order") },
			func() { s.restock(s.nia) },
		} {
			at[i] = s.next()
			do()
		}
		want := []string{
			"rtde_completed | RTD&E Restocking Completed | Display restocking completed | Nia Brooks | " + at[7] + " | rtde",
			"milk_count_completed | Milk Count Completed | Session for Jan 05 | Avery Stone | " + at[6] + " | milk-count",
			"inventory_add | Restored to Inventory | Vanilla Syrup (0821) | Lee Park | " + at[5] + " | inventory",
			"milk_count_morning | Milk Morning Count Saved | Session for Jan 05 | Sam Rivera | " + at[4] + " | milk-count",
			"inventory_remove | Removed from Inventory | Vanilla Syrup (0821) | Nia Brooks | " + at[3] + " | inventory",
			"milk_count_boh | Milk BOH Count Saved | Session for Jan 05 | Lee Park | " + at[2] + " | milk-count",
			"milk_count_foh | Milk FOH Count Saved | Session for Jan 05 | Nia Brooks | " + at[1] + " | milk-count",
			"inventory_add | Added to Inventory | Vanilla Syrup (0821) | Sam Rivera | " + at[0] + " | inventory",
		}
		for _, who := range []*apptest.Client{s.sam, s.avery} {
			who.Get(feedPath).Expect(http.StatusOK, feed(want...))
		}
		s.sam.Get(feedPath+"?limit=3&_t=1").Expect(http.StatusOK, feed(want[:3]...))

		ids := s.ids(20)
		if diff := cmp.Diff(ids, s.ids(20)); diff != "" {
			t.Errorf("the ids change from one request to the next:\n%s", diff)
		}
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] || id == "" || len(id) > 36 {
				t.Errorf("%q is no id or stands twice in %v", id, ids)
			}
			seen[id] = true
		}
	})
}

func TestWhatAnOldSessionHadDoneJustNowComesFirst(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		old := s.startCount(s.sam)
		saved := s.next()
		for _, step := range []string{"night-foh", "night-boh", "morning"} {
			s.save(s.sam, old, step)
		}
		s.nextDay()
		s.nextDay()
		young := s.startCount(s.nia)
		counted := s.next()
		s.save(s.nia, young, "night-foh")
		s.restock(s.nia)
		completed := s.next()
		s.save(s.lee, old, "on-order")
		s.sam.Get(feedPath+"?limit=2").Expect(http.StatusOK, feed(
			"milk_count_completed | Milk Count Completed | Session for Jan 05 | Lee Park | "+completed+" | milk-count",
			"milk_count_foh | Milk FOH Count Saved | Session for Jan 07 | Nia Brooks | "+counted+" | milk-count",
		))
		// Steps of the same moment stand with the later step first.
		s.sam.Get(feedPath).Expect(http.StatusOK, feed(
			"milk_count_completed | Milk Count Completed | Session for Jan 05 | Lee Park | "+completed+" | milk-count",
			"milk_count_foh | Milk FOH Count Saved | Session for Jan 07 | Nia Brooks | "+counted+" | milk-count",
			"rtde_completed | RTD&E Restocking Completed | Display restocking completed | Nia Brooks | "+counted+" | rtde",
			"milk_count_morning | Milk Morning Count Saved | Session for Jan 05 | Sam Rivera | "+saved+" | milk-count",
			"milk_count_boh | Milk BOH Count Saved | Session for Jan 05 | Sam Rivera | "+saved+" | milk-count",
			"milk_count_foh | Milk FOH Count Saved | Session for Jan 05 | Sam Rivera | "+saved+" | milk-count",
		))
	})
}

func TestAReopenedStepLeavesTheFeedUntilItIsSavedAgain(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		count, first := s.startCount(s.sam), s.next()
		s.save(s.sam, count, "night-foh")
		later := s.next()
		for _, step := range []string{"night-boh", "morning", "on-order"} {
			s.save(s.nia, count, step)
		}
		foh := "milk_count_foh | Milk FOH Count Saved | Session for Jan 05 | Sam Rivera | " + first + " | milk-count"
		boh := "milk_count_boh | Milk BOH Count Saved | Session for Jan 05 | Nia Brooks | " + later + " | milk-count"
		morning := "milk_count_morning | Milk Morning Count Saved | Session for Jan 05 | Nia Brooks | " + later + " | milk-count"
		s.reopen(count, "on_order")
		s.sam.Get(feedPath).Expect(http.StatusOK, feed(morning, boh, foh))
		s.reopen(count, "night_boh")
		s.sam.Get(feedPath).Expect(http.StatusOK, feed(foh))
		again := s.next()
		s.save(s.lee, count, "night-boh")
		s.sam.Get(feedPath).Expect(http.StatusOK, feed(
			"milk_count_boh | Milk BOH Count Saved | Session for Jan 05 | Lee Park | "+again+" | milk-count", foh))
		s.reopen(count, "night_foh")
		s.sam.Get(feedPath).Expect(http.StatusOK, nothing)
	})
}

func TestTheFeedKeepsTheNamesOfThoseWhoLeft(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		count, at := s.startCount(s.sam), s.next()
		s.addItem(s.nia, "Oat Base", "1234")
		s.save(s.nia, count, "night-foh")
		s.restock(s.lee)
		s.avery.Delete("/api/admin/users/" + s.nia.UserID).ExpectStatus(http.StatusOK)
		s.exec(`UPDATE users SET name = 'Lee Park-Ito' WHERE id = $1`, s.lee.UserID)
		s.sam.Get(feedPath).Expect(http.StatusOK, feed(
			"inventory_add | Added to Inventory | Oat Base (1234) | Nia Brooks | "+at+" | inventory",
			"milk_count_foh | Milk FOH Count Saved | Session for Jan 05 | Nia Brooks | "+at+" | milk-count",
			"rtde_completed | RTD&E Restocking Completed | Display restocking completed | Lee Park-Ito | "+at+" | rtde",
		))
	})
}

func TestTheFeedOfAStoreShowsNothingOfAnother(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		dbtest.AddStore(t, s.DB, "there", s.Clock.Now())
		dbtest.Past{History: 30, Restocks: 30, MilkCounts: 30}.Fill(t, s.DB, "there", "there", s.Clock.Now())
		s.sam.Get(feedPath).Expect(http.StatusOK, nothing)
		at := s.next()
		s.addItem(s.sam, "Oat Base", "1234")
		s.sam.Get(feedPath+"?limit=20").Expect(http.StatusOK, feed(
			"inventory_add | Added to Inventory | Oat Base (1234) | Sam Rivera | "+at+" | inventory"))
	})
}
