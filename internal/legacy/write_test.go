package legacy_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/legacy"
	"github.com/sirenbase/sirenbase/internal/legacy/legacytest"
)

func TestTheSameOldDatabaseAlwaysBecomesTheSame(t *testing.T) {
	source := legacytest.Sample(t)
	var first []legacy.Copied
	for _, engine := range append(dbtest.Engines(), dbtest.Engines()...) {
		copied := moveIn(t, empty(t, engine), source)
		if first == nil {
			first = copied
		}
		if diff := cmp.Diff(first, copied); diff != "" {
			t.Errorf("%s: %s", engine, diff)
		}
	}
}

func TestEveryTableIsAccountedFor(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		got := map[string][2]int{}
		for _, c := range moveIn(t, s, source) {
			got[c.From+">"+c.Table] = [2]int{c.Read, c.Written}
		}
		if diff := cmp.Diff(map[string][2]int{
			"users>users": {8, 8}, ">store_members": {0, 8}, "tracking_items>tracking_items": {420, 420},
			">tracking_codes": {0, 10000}, "tracking_history>tracking_history": {662, 662},
			"item_name_suggestions>tracking_name_templates": {15, 15}, "milk_count_milk_types>milk_types": {10, 10},
			"milk_count_par_levels>milk_par_levels": {9, 10}, "milk_count_sessions>milk_sessions": {70, 70},
			"milk_count_entries>milk_entries": {661, 661}, "rtde_items>rtde_items": {23, 23},
			"rtde_count_sessions>rtde_sessions": {40, 40}, "rtde_session_counts>rtde_session_counts": {36, 36},
		}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestADryRunLeavesNothing(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		milks := `SELECT min(id) || CAST(count(*) AS text) FROM milk_types`
		before := valueOf(t, s.DB, milks)
		dry := into(s)
		dry.DryRun = true
		tried, err := prepare(t, s, source, legacy.Options{}).Write(t.Context(), dry)
		if err != nil {
			t.Fatal(err)
		}
		if n := countUsers(t, s.DB); n != 0 || valueOf(t, s.DB, milks) != before {
			t.Errorf("%d users", n)
		}
		if diff := cmp.Diff(tried, moveIn(t, s, source)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhereSomebodyHasAnAccountNothingMovesIn(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		s.AddPartners()
		_, err := prepare(t, s, source, legacy.Options{}).Write(t.Context(), into(s))
		if err == nil || err.Error() != "there are accounts already: an import goes into an empty SirenBase" {
			t.Errorf("%v", err)
		}
		if n := countUsers(t, s.DB); n != 2 {
			t.Errorf("%d users", n)
		}
	})
}

func TestOfSeveralImportsAtOnceOneMovesIn(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		var wg sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			move := prepare(t, s, source, legacy.Options{})
			wg.Go(func() { _, errs[i] = move.Write(t.Context(), into(s)) })
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			switch {
			case err == nil:
				done++
			case !strings.HasPrefix(err.Error(), "there are accounts already"):
				t.Error(err)
			}
		}
		if n := countUsers(t, s.DB); done != 1 || n != 8 {
			t.Errorf("%d imports went through, %d users", done, n)
		}
	})
}

// A database that keeps something else than it was given is found out, and
// nothing of it stays.
func TestACopyThatDiffersIsNotKept(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		for table, spoil := range map[string]string{
			"tracking_history": "UPDATE tracking_history SET notes = 'x' WHERE id = 'f55ea803-062e-495a-88a0-e51e2bb05d01'",
			"milk_entries":     "DELETE FROM milk_entries WHERE id = 'c7da2b67-1227-4cee-a57f-4bcdd777a24f'",
			"tracking_codes":   "UPDATE tracking_codes SET freed_at = NULL WHERE freed_at IS NOT NULL",
		} {
			on := map[string]string{"tracking_codes": "UPDATE OF in_use ON tracking_codes"}[table]
			if on == "" {
				on = "INSERT ON " + table
			}
			plant, drop := `CREATE TRIGGER spoil AFTER `+on+` BEGIN `+spoil+`; END`, `DROP TRIGGER spoil`
			if s.Engine == database.PostgreSQL {
				plant = `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ` + spoil + `; RETURN NULL; END $$;
					CREATE TRIGGER spoil AFTER ` + on + ` EXECUTE FUNCTION spoil()`
				drop = `DROP FUNCTION spoil CASCADE`
			}
			exec(t, s.DB, plant)
			_, err := prepare(t, s, source, legacy.Options{}).Write(t.Context(), into(s))
			if err == nil || !strings.HasPrefix(err.Error(), table+" ") || !strings.HasSuffix(err.Error(), "nothing was kept") {
				t.Errorf("%s: %v", table, err)
			}
			if n := countUsers(t, s.DB); n != 0 {
				t.Errorf("%s: %d users", table, n)
			}
			exec(t, s.DB, drop)
		}
		moveIn(t, s, source)
	})
}

func exec(t *testing.T, db *database.DB, statements string) {
	t.Helper()
	for statement := range strings.SplitSeq(statements, "$$;") {
		if strings.Count(statement, "$$") == 1 {
			statement += "$$"
		}
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			_, err := tx.Exec(t.Context(), statement)
			return err
		})
		if err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
}

// Who guessed at numbers before anybody had one has locked nobody out.
func TestNobodyMovesInLocked(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		for range 6 {
			s.Anybody().Post("/api/auth/login", `{"partner_number": "ADMIN001", "pin": "0000"}`)
		}
		moveIn(t, s, source)
		s.LogIn("ADMIN001", "1234")
	})
}

func TestATokenOfTheOldSystemStaysGood(t *testing.T) {
	source := legacytest.Sample(t)
	eachEmpty(t, func(t *testing.T, s *apptest.Server) {
		moveIn(t, s, source)
		issued := s.Clock.Now().Add(-time.Hour).Unix()
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
			"sub": mia, "iat": issued, "nbf": issued, "exp": issued + 24*3600, "jti": "6f3a1c80-0d5a-4a39-8f3e-6b1f9ad7c001",
			"type": "access", "fresh": false,
		}).SignedString([]byte(apptest.JWTKey))
		if err != nil {
			t.Fatal(err)
		}
		me := s.Anybody().WithToken(token).Get("/api/auth/me").ExpectStatus(200)
		if me.Text("user.partner_number") != "MIA2001" {
			t.Errorf("%s", me.Body)
		}
	})
}

// BenchmarkLongPast moves a shop with 50,000 lines of history and 1,000 milk
// counts in.
func BenchmarkLongPast(b *testing.B) {
	source := legacytest.Long(b, 50_000, 1_000)
	for _, engine := range dbtest.Engines() {
		b.Run(string(engine), func(b *testing.B) {
			for b.Loop() {
				moveIn(b, empty(b, engine), source)
			}
		})
	}
}
