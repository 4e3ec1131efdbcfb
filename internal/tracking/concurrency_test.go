package tracking_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// tally counts answers by status and body, the body of a success left out.
func tally(answers []*apptest.Response) map[string]int {
	counts := map[string]int{}
	for _, r := range answers {
		text := ""
		if r.Status >= 400 {
			text = " " + strings.TrimSpace(string(r.Body))
		}
		counts[fmt.Sprintf("%d%s", r.Status, text)]++
	}
	return counts
}

func expectTally(t *testing.T, answers []*apptest.Response, want map[string]int) {
	t.Helper()
	if diff := cmp.Diff(want, tally(answers)); diff != "" {
		t.Errorf("the answers differ (-want +got):\n%s", diff)
	}
}

// expectSound checks what must hold whatever happened before.
func expectSound(t *testing.T, s *apptest.Server) {
	t.Helper()
	for what, query := range map[string]string{
		"active items without a code in use": `
			SELECT count(*) FROM tracking_items i WHERE NOT is_removed AND NOT EXISTS (
				SELECT 1 FROM tracking_codes c WHERE c.store_id = i.store_id AND c.code = i.code AND c.in_use)`,
		"codes in use without an active item": `
			SELECT count(*) FROM tracking_codes c WHERE in_use AND NOT EXISTS (
				SELECT 1 FROM tracking_items i WHERE c.store_id = i.store_id AND c.code = i.code AND NOT i.is_removed)`,
		"items whose record does not say where they are": `
			SELECT count(*) FROM (
				SELECT code, sum(CASE WHEN is_removed THEN 0 ELSE 1 END) AS active FROM tracking_items GROUP BY code
			) i WHERE active <> (
				SELECT sum(CASE action WHEN 'REMOVE' THEN -1 ELSE 1 END) FROM tracking_history h WHERE h.item_code = i.code)`,
	} {
		if n := count(t, s.DB, query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func TestFiftyAddsAtOnceGetFiftyCodes(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		answers := together(50, func(i int) *apptest.Response {
			return []*apptest.Client{staff, admin}[i%2].Post(itemsPath, item(fmt.Sprintf("Thing %d", i), "other"))
		})
		expectTally(t, answers, map[string]int{"201": 50})
		distinct := map[string]bool{}
		for _, r := range answers {
			distinct[r.Text("item.code")] = true
		}
		if len(distinct) != 50 {
			t.Errorf("%d distinct codes, want 50", len(distinct))
		}
		expectSound(t, s)
	})
}

func TestOneOfEightAddsOfACodeWins(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		answers := together(8, func(i int) *apptest.Response {
			return partner.Post(itemsPath, item(fmt.Sprintf("Thing %d", i), "other", "4821"))
		})
		expectTally(t, answers, map[string]int{"201": 1, `400 {"error":{"code":["Code already in use"]}}`: 7})
		expectSound(t, s)
	})
}

func TestOneOfEightRemovalsOfACodeWins(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "Thing", "other", "4821")
		answers := together(8, func(int) *apptest.Response { return partner.Delete(itemsPath + "/4821") })
		expectTally(t, answers, map[string]int{"200": 1, `400 {"error":"Item already removed"}`: 7})
		if n := len(notes(partner, "?action=REMOVE")); n != 1 {
			t.Errorf("%d removals on record, want 1", n)
		}
		expectSound(t, s)
	})
}

func TestOneOfEightRestoresOfACodeWins(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "Thing", "other", "4821")
		remove(partner, "4821")
		answers := together(8, func(int) *apptest.Response { return partner.Post(itemsPath+"/4821/restore", nil) })
		expectTally(t, answers, map[string]int{"200": 1, `400 {"error":"Item is not removed"}`: 7})
		if n := len(notes(partner, "?action=RESTORE")); n != 1 {
			t.Errorf("%d restorations on record, want 1", n)
		}
		expectSound(t, s)
	})
}

func TestLastFreeCodeGoesToOneOfTwentyAdds(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		// As if every other code were an item's.
		exec(t, s.DB, `UPDATE tracking_codes SET in_use = true WHERE code <> '4821'`)
		answers := together(20, func(i int) *apptest.Response {
			return partner.Post(itemsPath, item(fmt.Sprintf("Thing %d", i), "other"))
		})
		expectTally(t, answers, map[string]int{"201": 1, `409 {"error":"All item codes are in use"}`: 19})
		if got := column(partner.Get(itemsPath), "items", "code"); !slices.Equal(got, []string{"4821"}) {
			t.Errorf("the items have the codes %v", got)
		}
	})
}

func TestBatchesAtOnceDoNotGetInEachOthersWay(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		answers := together(12, func(i int) *apptest.Response {
			return partner.Post(batchPath, object{"items": []object{
				{"name": "Drawn", "category": "other", "quantity": 15},
				item("Wanted", "other", fmt.Sprintf("%04d", i)),
			}})
		})
		counts := tally(answers)
		// A drawn code may be one that another batch wanted; nothing else goes wrong.
		refused := counts[`400 {"error":{"items.1.code":["Code already in use"]}}`]
		if counts["201"]+refused != 12 || counts["201"] == 0 {
			t.Errorf("the answers are %v", counts)
		}
		if n := count(t, s.DB, `SELECT count(DISTINCT code) FROM tracking_items`); n != 16*counts["201"] {
			t.Errorf("%d distinct codes, want %d", n, 16*counts["201"])
		}
		expectSound(t, s)
	})
}

func TestOverlappingBatchesAreEachAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		codes := []string{"0001", "0002", "0003", "0004", "0005", "0006"}
		wanted := func(i int) []string { // in opposite orders
			turned := slices.Clone(codes)
			if i%2 == 1 {
				slices.Reverse(turned)
			}
			return turned
		}
		answers := together(8, func(i int) *apptest.Response {
			var batch []object
			for _, code := range wanted(i) {
				batch = append(batch, item(fmt.Sprintf("Of %d", i), "other", code))
			}
			return partner.Post(batchPath, object{"items": batch})
		})
		if counts := tally(answers); counts["201"] != 1 || len(counts) != 2 {
			t.Errorf("the answers to the additions are %v", counts)
		}
		if n := count(t, s.DB, `SELECT count(DISTINCT name) FROM tracking_items`); n != 1 {
			t.Errorf("the items are of %d batches, want 1", n)
		}
		answers = together(8, func(i int) *apptest.Response {
			return partner.Post(removePath, object{"codes": wanted(i)})
		})
		expectTally(t, answers, map[string]int{
			"200": 1, `400 {"error":"Item already removed: 0001, 0002, 0003, 0004, 0005, 0006"}`: 7,
		})
		expectSound(t, s)
	})
}

func TestLeasesAtOnceStayWithinTheLimit(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		answers := together(8, func(int) *apptest.Response { return partner.Post(codesPath, object{"count": 60}) })
		expectTally(t, answers, map[string]int{"201": 3, `429 {"error":"Too many reserved codes"}`: 5})
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_codes WHERE lessee_id IS NOT NULL AND code < '1000'`); n != 180 {
			t.Errorf("%d codes are held, want 180", n)
		}
	})
}

func TestEverythingAtOnceLeavesASoundBasement(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		clients := []*apptest.Client{s.Staff(), s.Admin()}
		codes := []string{"0001", "0002", "0003"}
		answers := together(60, func(i int) *apptest.Response {
			c, code := clients[i%2], codes[i%3]
			switch i % 5 {
			case 0:
				return c.Post(itemsPath, item("Thing", "other", code))
			case 1:
				return c.Delete(itemsPath + "/" + code)
			case 2:
				return c.Post(itemsPath+"/"+code+"/restore", nil)
			case 3:
				return c.Post(removePath, object{"codes": codes})
			default:
				return c.Post(itemsPath, item("Drawn", "other"))
			}
		})
		for _, r := range answers {
			if r.Status >= 500 {
				t.Errorf("status %d: %s", r.Status, r.Body)
			}
		}
		expectSound(t, s)
	})
}

// On PostgreSQL the removal and the one it races with wait for each other, and
// the one that is given up is run again: it must not go by what it saw before.
func TestRemovalThatIsRunAgainLooksAgain(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner, adminID := s.Staff(), s.Admin().UserID
		add(partner, "Thing", "other", "4821")
		var removing sync.WaitGroup
		var removal *apptest.Response
		begin := sync.OnceFunc(func() { // the transaction may be the one that is run again
			removing.Go(func() { removal = partner.Delete(itemsPath + "/4821") })
			awaitLockWait(t, s)
		})
		won := false
		err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
			if _, err := tx.Exec(t.Context(),
				`UPDATE tracking_codes SET in_use = false, freed_at = $1 WHERE code = '4821'`,
				database.Instant(apptest.Noon)); err != nil {
				return err
			}
			begin()
			n, err := tx.Exec(t.Context(), `
				UPDATE tracking_items SET is_removed = true, removed_at = $1, removed_by = $2
				WHERE code = '4821' AND NOT is_removed`, database.Instant(apptest.Noon), adminID)
			won = n == 1
			return err
		})
		removing.Wait()
		if err != nil {
			t.Fatal(err)
		}
		want := 1 // the other way round, the removal is the one that counts
		if won {
			want = 0
			removal.ExpectError(http.StatusBadRequest, "Item already removed")
		}
		if n := len(notes(partner, "?action=REMOVE")); n != want {
			t.Errorf("%d removals on record, want %d", n, want)
		}
	})
}

// awaitLockWait returns when another transaction waits for a lock; on SQLite
// it waits to begin, which nobody can see.
func awaitLockWait(t *testing.T, s *apptest.Server) {
	t.Helper()
	if s.Engine == database.SQLite {
		return
	}
	for count(t, s.DB, `
		SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
		if t.Context().Err() != nil {
			t.Fatal("nobody waits")
		}
	}
}

// Whatever the order of the two, only the item that was removed last comes back.
func TestRestoreRacingARemovalBringsTheLastOneBack(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		add(partner, "First", "other", "4821")
		remove(partner, "4821")
		for range 10 {
			add(partner, "Last", "other", "4821")
			answers := together(4, func(i int) *apptest.Response {
				if i == 0 {
					return partner.Delete(itemsPath + "/4821")
				}
				return partner.Post(itemsPath+"/4821/restore", nil)
			})
			for _, r := range answers[1:] {
				if r.ExpectOneOf(http.StatusOK, http.StatusConflict, http.StatusBadRequest); r.Status != http.StatusOK {
					continue
				}
				if name := r.Text("item.name"); name != "Last" {
					t.Errorf("restored %s, want Last", name)
				}
				remove(partner, "4821")
			}
		}
		expectSound(t, s)
	})
}
