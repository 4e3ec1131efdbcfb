package tracking_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func lease(c *apptest.Client, body any) []string {
	c.TB.Helper()
	r := c.Post(codesPath, body).ExpectStatus(http.StatusCreated)
	var leased struct{ Codes []string }
	r.Into(&leased)
	return leased.Codes
}

func TestLeaseNeedsNoBody(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		const one = `{"codes": ["<code>"], "expires_at": "2026-03-04T20:15:00.123456Z"}`
		s.Staff().Post(codesPath, nil).Expect(http.StatusCreated, one)
		s.Staff().Post(codesPath, `{}`).Expect(http.StatusCreated, one)
		s.Staff().Post(codesPath, object{"count": 3, "ttl_minutes": 2880}).Expect(http.StatusCreated,
			`{"codes": ["<code>", "<code>", "<code>"], "expires_at": "2026-03-06T20:00:00.123456Z"}`)
	})
}

func TestLeaseHasBounds(t *testing.T) {
	const (
		low       = "Must be greater than or equal to 1."
		noInteger = "Not a valid integer."
	)
	each(t, func(t *testing.T, s *apptest.Server) {
		for body, fields := range map[string]map[string]string{
			`{"count": 0, "ttl_minutes": 0}`:       {"count": low, "ttl_minutes": low},
			`{"count": -1}`:                        {"count": low},
			`{"count": 101, "ttl_minutes": 2881}`:  {"count": "Must be less than or equal to 100.", "ttl_minutes": "Must be less than or equal to 2880."},
			`{"count": "1", "ttl_minutes": 1.5}`:   {"count": noInteger, "ttl_minutes": noInteger},
			`{"count": true, "ttl_minutes": null}`: {"count": noInteger, "ttl_minutes": "Field may not be null."},
			`{"hours": 1}`:                         {"hours": "Unknown field."},
			`{"count": 100000000000000000000}`:     {"count": "Must be less than or equal to 100."},
		} {
			s.Staff().Post(codesPath, body).ExpectFields(fields)
		}
		if n := count(t, s.DB, `SELECT count(*) FROM tracking_codes WHERE lessee_id IS NOT NULL`); n != 0 {
			t.Errorf("%d codes are held", n)
		}
	})
}

func TestOnlyTheLesseeMayUseALeasedCode(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		codes := lease(staff, object{"count": 2})
		taken := map[string]string{"code": "Code already in use"}
		admin.Post(itemsPath, item("Mocha", "sauces", codes[0])).ExpectFields(taken)
		admin.Post(batchPath, object{"items": []object{item("Mocha", "sauces", codes[0])}}).
			ExpectFields(map[string]string{"items.0.code": "Code already in use"})
		add(staff, "Vanilla", "syrups", codes[0])
		staff.Post(itemsPath, item("Again", "syrups", codes[0])).ExpectFields(taken)

		// Used up: after the item is gone the code is everybody's again.
		remove(admin, codes[0])
		add(admin, "Mocha", "sauces", codes[0])
		admin.Post(itemsPath, item("Mocha", "sauces", codes[1])).ExpectFields(taken)
	})
}

func TestLeaseRunsOut(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		code := lease(staff, object{"ttl_minutes": 10})[0]
		s.Clock.Advance(10*time.Minute - time.Microsecond)
		admin.Post(itemsPath, item("Mocha", "sauces", code)).
			ExpectFields(map[string]string{"code": "Code already in use"})
		s.Clock.Advance(time.Microsecond)
		add(admin, "Mocha", "sauces", code)
		staff.Post(itemsPath, item("Late", "sauces", code)).
			ExpectFields(map[string]string{"code": "Code already in use"})
	})
}

func TestLeasedCodesComeFromBelow1000WhileThereAreAny(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		// Two are below 1000, one of them used before, and it is still preferred.
		moveToStoreWith(s, "9999", "4821", "0815", "1000", "0042", "1001", "7000")
		exec(t, s.DB, `UPDATE tracking_codes SET freed_at = '2026-01-01T00:00:00.000000Z' WHERE code = '0042'`)
		codes := lease(s.Staff(), object{"count": 5})
		if len(codes) != 5 || codes[0] != "0042" || codes[1] != "0815" {
			t.Fatalf("the codes are %v, want 0042, 0815 and three others", codes)
		}
		for _, code := range codes[2:] {
			if code < "1000" {
				t.Errorf("%s is in use", code)
			}
		}
		// An item's own code is drawn from all of them.
		if code := add(s.Staff(), "Mocha", "sauces"); code < "1000" {
			t.Errorf("%s is held or in use", code)
		}
	})
}

func TestNeverUsedLowCodesAreLeasedFirst(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		moveToStoreWith(s, "4821", "0001", "0002", "0003")
		for _, code := range []string{"0002", "0001"} {
			add(s.Staff(), "Thing", "other", code)
			s.Clock.Advance(time.Minute)
			remove(s.Staff(), code)
		}
		for _, want := range []string{"0003", "0002", "0001"} {
			if got := lease(s.Staff(), nil)[0]; got != want {
				t.Errorf("leased %s, want %s", got, want)
			}
		}
	})
}

func TestPartnerHoldsAtMost200Codes(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		held := lease(staff, object{"count": 100})
		held = append(held, lease(staff, object{"count": 99, "ttl_minutes": 60})...)
		staff.Post(codesPath, object{"count": 2}).ExpectError(http.StatusTooManyRequests, "Too many reserved codes")
		held = append(held, lease(staff, nil)...)
		staff.Post(codesPath, nil).ExpectError(http.StatusTooManyRequests, "Too many reserved codes")
		distinct := map[string]bool{}
		for _, code := range held {
			distinct[code] = true
		}
		if len(distinct) != 200 {
			t.Errorf("%d distinct codes are held, want 200", len(distinct))
		}
		lease(s.Admin(), object{"count": 100}) // others have their own 200

		add(staff, "Mocha", "sauces", held[0]) // a used code is held no longer
		lease(staff, nil)
		s.Clock.Advance(15 * time.Minute) // 101 run out
		lease(staff, object{"count": 100})
		staff.Post(codesPath, object{"count": 2}).ExpectError(http.StatusTooManyRequests, "Too many reserved codes")
	})
}

func TestUnusedLeasesAreGivenBack(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff, admin := s.Staff(), s.Admin()
		codes := lease(staff, object{"count": 4})
		add(staff, "Used", "other", codes[0])

		admin.Do(http.MethodDelete, codesPath, object{"codes": codes}).ExpectStatus(http.StatusNoContent)
		admin.Post(itemsPath, item("Not Mine", "other", codes[1])).
			ExpectFields(map[string]string{"code": "Code already in use"})

		r := staff.Do(http.MethodDelete, codesPath, object{"codes": codes[:2]}).ExpectStatus(http.StatusNoContent)
		if len(r.Body) != 0 {
			t.Errorf("204 with a body: %s", r.Body)
		}
		add(admin, "Mine Now", "other", codes[1])
		admin.Post(itemsPath, item("Still Used", "other", codes[0])).
			ExpectFields(map[string]string{"code": "Code already in use"})
		admin.Post(itemsPath, item("Still Held", "other", codes[2])).
			ExpectFields(map[string]string{"code": "Code already in use"})
		// Twice is no harm, and neither are codes that nobody holds.
		staff.Do(http.MethodDelete, codesPath, object{"codes": []string{codes[1], "9999"}}).
			ExpectStatus(http.StatusNoContent)

		staff.Do(http.MethodDelete, codesPath, `{"codes": ["12", 5]}`).ExpectFields(map[string]string{
			"codes.0": "Code must be exactly 4 digits", "codes.1": "Not a valid string.",
		})
		staff.Do(http.MethodDelete, codesPath, nil).
			ExpectError(http.StatusBadRequest, "Request body must be a JSON object")
	})
}

func TestGivenBackCodeKeepsItsPlaceInTheTurn(t *testing.T) {
	each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		first := lease(staff, nil)[0]
		second := lease(staff, nil)[0]
		staff.Do(http.MethodDelete, codesPath, object{"codes": []string{first}}).ExpectStatus(http.StatusNoContent)
		if again := lease(staff, nil)[0]; again != first {
			t.Errorf("leased %s after %s was given back and %s was not", again, first, second)
		}
	})
}
