package rtde_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	gone   = `{"message": "Item deleted permanently", "deleted_permanently": true}`
	hidden = `{"message": "Item deactivated (has been used in sessions)", "deleted_permanently": false}`
)

func TestAnItemThatNobodyUsedIsDeleted(t *testing.T) {
	eachShop(t, lunch, func(_ *testing.T, s *shop) {
		session := s.start(s.staff)
		s.count(s.staff, session, "Juice", 1).ExpectStatus(200)
		s.pull(s.staff, session, "Panini", false).ExpectStatus(200) // taking back no tick is no use
		s.admin.Delete(itemsPath+"/"+s.item["Panini"]).Expect(200, gone)
		s.admin.Delete(itemsPath+"/"+s.item["Panini"]).ExpectError(404, "Item not found")
		s.admin.Delete(itemsPath+"/nope").ExpectError(404, "Item not found")
		s.count(s.staff, session, "Panini", 1).ExpectError(404, "Item not found")
		expectNames(s.admin.Get(allItemsPath), "2 Juice", "3 Salad")
		expectLines(s.staff, session, "Juice 1 of 5, need 4", "Salad ? of 5, need 5")
		s.expectAudit(3, auditRow{"rtde_item_deleted", "Panini (Par: 5)", apptest.AdminName, nil})
	})
}

// Whatever became of the session: an item that was counted or pulled once can
// only be hidden.
func TestAnItemThatWasUsedIsHidden(t *testing.T) {
	uses := map[string]func(s *shop, session string){
		"counted now": func(s *shop, session string) { s.count(s.staff, session, "Panini", 0).ExpectStatus(200) },
		"pulled now":  func(s *shop, session string) { s.pull(s.staff, session, "Panini", true).ExpectStatus(200) },
		"the tick taken back": func(s *shop, session string) {
			s.pull(s.staff, session, "Panini", true).ExpectStatus(200)
			s.pull(s.staff, session, "Panini", false).ExpectStatus(200)
		},
		"counted, then completed": func(s *shop, session string) {
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			s.staff.Post(session+"/complete", nil).ExpectStatus(200)
		},
		"pulled, then completed": func(s *shop, session string) {
			s.pull(s.staff, session, "Panini", true).ExpectStatus(200)
			s.staff.Post(session+"/complete", nil).ExpectStatus(200)
		},
		"counted in a session that was replaced": func(s *shop, session string) {
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			s.start(s.staff)
		},
		"counted in a session that was dropped for another": func(s *shop, session string) {
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			s.staff.Post(s.start(s.admin)+"/take-over", nil).ExpectStatus(200)
			s.staff.Get(session).ExpectError(404, "Session not found")
		},
		"counted in a session that was taken over": func(s *shop, session string) {
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			s.admin.Post(session+"/take-over", nil).ExpectStatus(200)
			s.admin.Post(session+"/complete", nil).ExpectStatus(200)
		},
		"counted in a session that was cleaned up": func(s *shop, session string) {
			s.count(s.staff, session, "Panini", 2).ExpectStatus(200)
			s.wait(13 * time.Hour)
			s.cleanUp(1)
		},
	}
	eachShop(t, nil, func(t *testing.T, s *shop) {
		deleted := 0
		for name, use := range uses {
			t.Log(name)
			s.add("Panini", 5)
			use(s, s.start(s.staff))
			path := itemsPath + "/" + s.item["Panini"]
			for range 2 { // it stays so
				s.Clock.Advance(time.Second)
				s.admin.Delete(path).Expect(200, hidden)
				deleted++
			}
			expectNames(s.admin.Get(itemsPath))
			r := s.admin.Put(path, `{"active": true}`).ExpectStatus(200)
			expectNames(s.admin.Get(itemsPath), fmt.Sprintf("%v Panini", r.Value("item.display_order")))
			s.admin.Put(path, `{"active": false}`).ExpectStatus(200)
		}
		for _, row := range s.audit() {
			if row.Type == "rtde_item_deleted" && row.Description == "Panini (Par: 5)" && row.Actor == apptest.AdminName {
				deleted--
			}
		}
		if deleted != 0 {
			t.Errorf("%d deletions are not on record", deleted)
		}
	})
}
