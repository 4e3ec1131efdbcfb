package tracking_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// moveToStoreWith moves everybody to a new store that has these codes and no
// others, so that they run out.
func moveToStoreWith(s *apptest.Server, codes ...string) {
	s.TB.Helper()
	store := newStore(s)
	rows := make([][]any, len(codes))
	for draw, code := range codes {
		rows[draw] = []any{store.ID, code, draw}
	}
	insert(s, `INSERT INTO tracking_codes (store_id, code, draw)`, rows)
	exec(s.TB, s.DB, `UPDATE users SET home_store_id = $1`, store.ID)
}

func TestNeverUsedCodesComeBeforeThoseRemovedLongestAgo(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		moveToStoreWith(s, "4821", "0007", "1234", "9000")
		for _, code := range []string{"4821", "0007", "1234"} {
			add(partner, "Thing", "other", code)
		}
		for _, code := range []string{"1234", "4821", "0007"} {
			s.Clock.Advance(time.Minute)
			remove(partner, code)
		}
		for _, want := range []string{"9000", "1234", "4821", "0007"} {
			if got := add(partner, "Thing", "other"); got != want {
				t.Errorf("drew %s, want %s", got, want)
			}
		}
	})
}

func TestRestoredAndRemovedAgainGoesToTheEndOfTheTurn(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		moveToStoreWith(s, "0001", "0002")
		add(partner, "Early", "other", "0001")
		add(partner, "Late", "other", "0002")
		for _, code := range []string{"0001", "0002"} {
			s.Clock.Advance(time.Minute)
			remove(partner, code)
		}
		partner.Post(itemsPath+"/0001/restore", nil).ExpectStatus(http.StatusOK)
		s.Clock.Advance(time.Minute)
		remove(partner, "0001")
		for _, want := range []string{"0002", "0001"} {
			if got := add(partner, "Thing", "other"); got != want {
				t.Errorf("drew %s, want %s", got, want)
			}
		}
	})
}

func TestAllCodesInUseIsAConflict(t *testing.T) {
	const full = "All item codes are in use"
	each(t, func(t *testing.T, s *apptest.Server) {
		partner := s.Staff()
		moveToStoreWith(s, "4821", "0007")
		two := object{"items": []object{{"name": "Lid", "category": "lids", "quantity": 2}}}
		three := object{"items": []object{{"name": "Lid", "category": "lids", "quantity": 3}}}
		partner.Post(batchPath, three).ExpectError(http.StatusConflict, full)
		partner.Post(codesPath, object{"count": 3}).ExpectError(http.StatusConflict, full)
		expectNames(t, names(partner, ""))
		partner.Post(batchPath, two).ExpectStatus(http.StatusCreated)

		partner.Post(itemsPath, item("Lid", "lids")).ExpectError(http.StatusConflict, full)
		partner.Post(batchPath, two).ExpectError(http.StatusConflict, full)
		partner.Post(codesPath, nil).ExpectError(http.StatusConflict, full)
		partner.Post(itemsPath, item("Lid", "lids", "4821")).
			ExpectFields(map[string]string{"code": "Code already in use"})

		remove(partner, "4821")
		code := lease(s.Admin(), nil)[0]
		// The one free code is held, and nobody else's for now.
		partner.Post(itemsPath, item("Lid", "lids")).ExpectError(http.StatusConflict, full)
		s.Clock.Advance(15 * time.Minute)
		if got := add(partner, "Lid", "lids"); got != code {
			t.Errorf("drew %s, want %s", got, code)
		}
	})
}

func TestDrawnCodesAreRandom(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		r := s.Staff().Post(batchPath, object{"items": []object{{"name": "Lid", "category": "lids", "quantity": 100}}})
		thousands := map[byte]int{}
		for _, code := range column(r, "items", "code") {
			thousands[code[0]]++
		}
		// Each of the ten is missed by a hundred random codes once in 37,000 times.
		if len(thousands) < 7 {
			t.Errorf("a hundred codes are spread like this over the thousands: %v", thousands)
		}
		// They are not drawn in order either.
		if same := count(t, s.DB, `SELECT count(*) FROM tracking_codes WHERE draw = CAST(code AS integer) + 1`); same > 50 {
			t.Errorf("%d codes stand in the turn where they stand among the numbers", same)
		}
	})
}
