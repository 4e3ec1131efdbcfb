package idempotency_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

const items = "/api/tracking/items"

func rows(t *testing.T, s *apptest.Server, table string) int {
	t.Helper()
	n, err := database.Value[int](t.Context(), s.DB.Read(), `SELECT count(*) FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestARequestWithAKeyIsDoneOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff().With("Idempotency-Key", "add-1")
		body := map[string]any{"name": "Oat", "category": "other"}
		first := c.Post(items, body).ExpectStatus(201)
		if first.Header.Get("Idempotency-Replayed") != "" {
			t.Error("the first answer says that it is none")
		}
		for range 3 {
			again := c.Post(items, body).ExpectStatus(201)
			if string(again.Body) != string(first.Body) || again.Header.Get("Idempotency-Replayed") != "true" ||
				again.Header.Get("Content-Type") != first.Header.Get("Content-Type") {
				t.Errorf("replayed %s %v, first was %s", again.Body, again.Header, first.Body)
			}
		}
		if n := rows(t, s, "tracking_items"); n != 1 {
			t.Errorf("%d items", n)
		}
		if n := rows(t, s, "tracking_history"); n != 1 {
			t.Errorf("%d lines of history", n)
		}
	})
}

func TestAKeyIsForOneRequest(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff().With("Idempotency-Key", "k")
		c.Post(items, map[string]any{"name": "Oat", "category": "other", "code": "4821"}).ExpectStatus(201)
		for _, other := range []*apptest.Response{
			c.Post(items, map[string]any{"name": "Soy", "category": "other"}),
			c.Post(items+"?x=1", map[string]any{"name": "Oat", "category": "other", "code": "4821"}),
			c.Delete(items + "/4821"),
		} {
			other.ExpectError(422, "Idempotency key reused with a different request")
		}
		// Another user's key is another key.
		s.Admin().With("Idempotency-Key", "k").Delete(items + "/4821").ExpectStatus(200)
	})
}

func TestARefusalIsReplayedToo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff().With("Idempotency-Key", "k")
		c.Delete(items+"/4821").ExpectError(404, "Item not found")
		s.Staff().Post(items, map[string]any{"name": "Oat", "category": "other", "code": "4821"}).ExpectStatus(201)
		again := c.Delete(items + "/4821")
		again.ExpectError(404, "Item not found")
		if again.Header.Get("Idempotency-Replayed") != "true" {
			t.Error("the refusal was not a replay")
		}
	})
}

func TestAnAnswerThatMayTurnOutBetterIsNotKept(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		body := map[string]any{"count": 100}
		s.Staff().Post("/api/tracking/codes", body).ExpectStatus(201)
		s.Staff().Post("/api/tracking/codes", body).ExpectStatus(201)
		c := s.Staff().With("Idempotency-Key", "k")
		c.Post("/api/tracking/codes", body).ExpectError(429, "Too many reserved codes")
		s.Clock.Advance(16 * time.Minute)
		c.Post("/api/tracking/codes", body).ExpectStatus(201)
	})
}

func TestAnAnswerIsKeptForSevenDays(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff().With("Idempotency-Key", "k")
		body := map[string]any{"name": "Oat", "category": "other"}
		c.Post(items, body).ExpectStatus(201)
		s.Clock.Advance(7*24*time.Hour - time.Microsecond)
		// The token has expired since; the user and the key are the same.
		fresh := s.Anybody()
		fresh.Token = s.Anybody().Post("/api/auth/login", map[string]string{
			"partner_number": apptest.StaffNumber, "pin": apptest.StaffPIN,
		}).Text("token")
		fresh = fresh.With("Idempotency-Key", "k")
		fresh.Post(items, body).ExpectStatus(201)
		s.Clock.Advance(time.Microsecond)
		fresh.Post(items, map[string]any{"name": "Soy", "category": "other"}).ExpectStatus(201)
		if n := rows(t, s, "tracking_items"); n != 2 {
			t.Errorf("%d items", n)
		}
	})
}

func TestOnlyAKeyThatCanBeReadIsTaken(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		body := map[string]any{"name": "Oat", "category": "other"}
		for _, key := range []string{"a b", "é", strings.Repeat("k", 256)} {
			s.Staff().With("Idempotency-Key", key).Post(items, body).ExpectError(400, "Invalid Idempotency-Key")
		}
		for _, key := range []string{"!", "~", strings.Repeat("k", 255)} {
			s.Staff().With("Idempotency-Key", key).Post(items, body).ExpectStatus(201)
		}
	})
}

func TestNoTokenIsEverKept(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff().With("Idempotency-Key", "k")
		login := map[string]string{"partner_number": apptest.StaffNumber, "pin": apptest.StaffPIN}
		one, two := c.Post("/api/auth/login", login), c.Post("/api/auth/login", login)
		if one.Text("refresh_token") == two.Text("refresh_token") || rows(t, s, "idempotency_answers") != 0 {
			t.Error("a login was replayed")
		}
		c.Post("/api/auth/logout", nil).ExpectStatus(204)
	})
}

// However many send the same request at once, it is done once, and each gets
// either its answer or is told to ask again.
func TestTheSameRequestAtOnceIsDoneOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff()
		for round := range 10 {
			keyed := c.With("Idempotency-Key", fmt.Sprintf("k%d", round))
			answers := apptest.AtOnce(10, func(int) *apptest.Response {
				return keyed.Post(items, map[string]any{"name": "Oat", "category": "other"})
			})
			for _, r := range answers {
				r.ExpectOneOf(201, 409)
				if r.Status == 409 && r.Header.Get("Retry-After") != "1" {
					t.Errorf("Retry-After %q", r.Header.Get("Retry-After"))
				}
			}
			if n := rows(t, s, "tracking_items"); n != round+1 {
				t.Fatalf("round %d: %d items", round, n)
			}
		}
	})
}

// Writes of many partners meet the same rows; none is lost and none is told
// that the server broke.
func TestWritesWithKeysStandContention(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c := s.Staff()
		apptest.AtOnce(40, func(i int) *apptest.Response {
			return c.With("Idempotency-Key", fmt.Sprintf("k%d", i)).
				Post(items, map[string]any{"name": "Oat", "category": "other"}).ExpectStatus(201)
		})
		if n := rows(t, s, "tracking_items"); n != 40 {
			t.Errorf("%d items", n)
		}
	})
}
