package identity

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// dumpOf is every row of every table, as text, by table.
func dumpOf(t *testing.T, db *database.DB) map[string][]string {
	t.Helper()
	texts := func(query string, args ...any) []string {
		found, err := database.All(t.Context(), db.Read(), func(row database.Row) (text string, err error) {
			return text, row.Scan(&text)
		}, query, args...)
		if err != nil {
			t.Fatalf("%v in %s", err, query)
		}
		return found
	}
	if db.Engine() == database.PostgreSQL {
		dump := map[string][]string{}
		for _, table := range texts(`SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`) {
			dump[table] = texts(`SELECT CAST(r AS text) FROM "` + table + `" AS r`)
		}
		return dump
	}
	dump := map[string][]string{}
	for _, table := range texts(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`) {
		columns := texts(`SELECT 'quote("' || name || '")' FROM pragma_table_info($1)`, table)
		dump[table] = texts(`SELECT ` + strings.Join(columns, ` || ',' || `) + ` FROM "` + table + `"`)
	}
	return dump
}

// pinsThatVerify tries all there are.
func pinsThatVerify(t *testing.T, pepper []byte, hash string) (found []string) {
	t.Helper()
	thief := newPINHasher(pepper, cheapest)
	for n := range 10_000 {
		pin := fmt.Sprintf("%04d", n)
		ok, _, err := thief.verify(t.Context(), hash, pin)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			found = append(found, pin)
		}
	}
	return found
}

// Who has stolen the whole database, and even the key of the tokens, has no
// PIN as long as they have not SECRET_KEY.
func TestADumpOfTheDatabaseYieldsNoPINWithoutTheSecretKey(t *testing.T) {
	const pin, secretKey, jwtKey = "7391", "a secret key that is long enough to be one", "a signing key that is long enough to be one"
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			db := dbtest.Open(t, engine)
			manual := clock.NewManual(time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC))
			s := NewService(db, manual.Now, Config{
				Pepper: []byte(secretKey), SigningKey: []byte(jwtKey), HashCost: cheapest,
				AccessTokenLifetime: time.Hour, RefreshTokenLifetime: time.Hour,
			})
			if err := s.CheckPepper(t.Context()); err != nil {
				t.Fatal(err)
			}
			first := stores.Store{
				Name: "Store 1", Number: "1", Timezone: "UTC", BusinessDayStart: "04:00", MorningCountCutoff: "15:00", CreatedAt: manual.Now(),
			}
			if err := stores.EnsureFirst(t.Context(), db, first); err != nil {
				t.Fatal(err)
			}
			if _, err := s.CreateFirstAdmin(t.Context(), NewUser{PartnerNumber: "KNOWN1", Name: "Nia", PIN: pin}); err != nil {
				t.Fatal(err)
			}
			admin, err := s.UserByNumber(t.Context(), "KNOWN1")
			if err != nil {
				t.Fatal(err)
			}
			for _, typed := range []string{"7390", pin} { // leaves traces of a failure and of a success
				_, _, err := s.Login(t.Context(), "KNOWN1", typed, here)
				if (err == nil) != (typed == pin) {
					t.Fatal(err)
				}
			}
			dump := dumpOf(t, db)
			digest := PepperDigest(s.pins.pepper)
			expectInDump(t, dump, "users", admin.PINHash)
			expectInDump(t, dump, "key_checks", digest)
			expectNowhere(t, dump, secretKey, jwtKey, pin)
			if got := pinsThatVerify(t, []byte(secretKey), admin.PINHash); !slices.Equal(got, []string{pin}) {
				t.Errorf("with SECRET_KEY %v verify", got)
			}
			if engine != database.SQLite {
				return // a hash is the same wherever it was kept
			}
			rawDigest, err := hex.DecodeString(digest)
			if err != nil {
				t.Fatal(err)
			}
			for name, pepper := range map[string][]byte{
				"no pepper": nil, "the key of the tokens": []byte(jwtKey), "the digest": []byte(digest), "the digest's bytes": rawDigest,
			} {
				if got := pinsThatVerify(t, pepper, admin.PINHash); len(got) > 0 {
					t.Errorf("with %s as the pepper %v verify", name, got)
				}
			}
		})
	}
}

func expectInDump(t *testing.T, dump map[string][]string, table, text string) {
	t.Helper()
	if !slices.ContainsFunc(dump[table], func(row string) bool { return strings.Contains(row, text) }) {
		t.Fatalf("the dump of %s is incomplete: %q", table, dump[table])
	}
}

// expectNowhere looks for secrets as they are, and as they may be written.
func expectNowhere(t *testing.T, dump map[string][]string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		raw := []byte(secret)
		for _, written := range []string{
			secret, hex.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
		} {
			for table, rows := range dump {
				for _, row := range rows {
					if len(written) > 4 && strings.Contains(row, written) || len(written) == 4 && isCell(row, written) {
						t.Errorf("%s has a secret in it: %q", table, row)
					}
				}
			}
		}
	}
}

// isCell keeps four digits apart from the ids and the moments they occur in.
func isCell(row, text string) bool {
	return slices.Contains(strings.FieldsFunc(row, func(r rune) bool { return strings.ContainsRune(`,'"()`, r) }), text)
}
