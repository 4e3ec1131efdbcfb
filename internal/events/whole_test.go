package events_test

import (
	"errors"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
)

// expectNext fails the test unless the very next event is that of one more item.
func expectNext(t *testing.T, s *apptest.Server, w *watcher, before int64) {
	t.Helper()
	if after := newest(t, s); after != before {
		t.Errorf("%d events have been published", after-before)
	}
	add(s.Staff(), "0002")
	w.follows(t, before)
}

func TestWhatIsRefusedIsNoEvent(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		add(staff, "0001")
		w, before := watch(t, stream(s), staff.Token, nil), newest(t, s)
		staff.Post(items, `{"name": "a", "category": "other"}`).ExpectStatus(400)
		staff.Post(items, `{"name": "Oat", "category": "other", "code": "0001"}`).ExpectStatus(400)
		staff.Delete(items + "/4821").ExpectStatus(404)
		staff.Post(items+"/4821/restore", nil).ExpectStatus(404)
		staff.Post("/api/rtde/sessions/0190a5d0-0000-7000-8000-000000000000/complete", nil).ExpectStatus(404)
		admin.Post("/api/rtde/admin/items", `{"name": ""}`).ExpectStatus(400)
		admin.Post("/api/admin/users", `{"partner_number": "TEST123", "name": "Nia Brooks", "pin": "2468"}`).ExpectOneOf(400, 409)
		expectNext(t, s, w, before)
	})
}

func TestWhatIsUndoneIsNoEvent(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		keyed := func(key string) *apptest.Client { return s.Staff().With("Idempotency-Key", key) }
		add(keyed("first"), "0001")
		w, before := watch(t, stream(s), s.Staff().Token, nil), newest(t, s)
		undone := errors.New("undone")
		err := s.DB.InTx(t.Context(), func(tx *database.Handle) error {
			id, err := database.Value[string](t.Context(), tx, `SELECT min(id) FROM stores`)
			if err == nil {
				err = events.Publish(t.Context(), tx, id, events.StoreUpdated, "x", s.Clock.Now())
			}
			return errors.Join(err, undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		// A second answer cannot be kept, so all that it tells of is undone.
		err = s.DB.InTx(t.Context(), func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), `CREATE UNIQUE INDEX one_answer ON idempotency_answers (status)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		keyed("second").Post(items, `{"name": "Oat", "category": "other", "code": "0002"}`).ExpectOneOf(500, 503)
		s.Staff().Delete(items + "/0002").ExpectStatus(404)
		expectNext(t, s, w, before)
	})
}

func TestARequestThatIsRepeatedIsOneEvent(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		w, before := watch(t, stream(s), s.Staff().Token, nil), newest(t, s)
		keyed := s.Staff().With("Idempotency-Key", "k")
		for range 3 {
			add(keyed, "0001")
		}
		w.follows(t, before)
		expectNext(t, s, w, before+1)
	})
}

func TestOfManyAtOnceWhoeverSucceedsIsTheOneEvent(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		w, before := watch(t, stream(s), staff.Token, nil), newest(t, s)
		added := 0
		for _, r := range apptest.AtOnce(8, func(int) *apptest.Response {
			return staff.Post(items, `{"name": "Oat", "category": "other", "code": "0001"}`)
		}) {
			if r.ExpectOneOf(201, 400).Status == 201 {
				added++
			}
		}
		if added != 1 {
			t.Errorf("%d were added", added)
		}
		w.follows(t, before)
		expectNext(t, s, w, before+1)
	})
}
