package identity

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/sirenbase/sirenbase/internal/database"
)

// oldHashes are of the PIN 0042, made by the libraries of the old system.
var oldHashes = map[string]string{
	"scrypt": "scrypt:1024:8:1$abcDEF12$07baee01f8f54c1c72f95a493ef67f5e057b4699b23fce02be374592804488da" +
		"66a7c68f34a62013ac7de8bce3be2a6c289f9dba4d4fc652a0470291a518bdca",
	"scrypt in two lanes": "scrypt:16:1:2$abcDEF12$d2f8b63b4c83c19dd733c7a42a44c7bde6e2321a846919a92027f84c9a3ed385" +
		"a24b2a41b5c746354547460bad71075a67e5a700010f0645522095bc848670fa",
	"pbkdf2 of sha256": "pbkdf2:sha256:1000$abcDEF12$467e335227a55224a766f037a83095fc029d6981a4ac2bd438eb63bb01136b54",
	"pbkdf2 of sha1":   "pbkdf2:sha1:50$abcDEF12$0d1f447cd06485fb4dc9e1e34760ceb5064334ab",
	"pbkdf2 of sha512": "pbkdf2:sha512:7$abcDEF12$4991addf8e56b586b9565b260af00f5d71263f0deaed364bf1627436ddf7daaa" +
		"634e8d3011d84556c23336f7dc323ce4bbaf65e4412c5504323ae79ef15ec774",
}

func withBcrypt(t testing.TB) map[string]string {
	t.Helper()
	made, err := bcrypt.GenerateFromPassword([]byte("0042"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"bcrypt 2a": string(made), "bcrypt 2b": strings.Replace(string(made), "$2a$", "$2b$", 1)}
	for name, hash := range oldHashes {
		all[name] = hash
	}
	return all
}

func TestOnlyTheRightPINIsThatOfAnOldHash(t *testing.T) {
	h := newPINHasher([]byte("pepper"), cheapest)
	for name, hash := range withBcrypt(t) {
		if !KnownHash(hash) {
			t.Errorf("%s is not known", name)
		}
		for _, pin := range []string{"0042", "0041", "42", "00042", "0042 ", "", "００４２"} {
			ok, outdated, err := h.verify(t.Context(), hash, pin)
			if ok != (pin == "0042") || !outdated || err != nil {
				t.Errorf("%s, %q: %t, %t, %v", name, pin, ok, outdated, err)
			}
		}
	}
}

func TestALoginReplacesAnOldHash(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, _ func(HashCost) *Service) {
		for name, hash := range withBcrypt(t) {
			number := "OLD" + strings.ToUpper(strings.ReplaceAll(name, " ", ""))
			user := addUser(t, s, number)
			err := s.db.InTx(t.Context(), func(tx *database.Handle) error {
				return replacePINHash(t.Context(), tx, user.ID, user.PINHash, hash)
			})
			if err != nil {
				t.Fatal(err)
			}
			stored := func() string {
				user, err := s.UserByNumber(t.Context(), number)
				if err != nil {
					t.Fatal(err)
				}
				return user.PINHash
			}
			if _, _, err := s.Login(t.Context(), number, "1234", here); err == nil || stored() != hash {
				t.Errorf("%s: a wrong PIN (%v) left %q", name, err, stored())
			}
			for range 2 {
				if _, _, err := s.Login(t.Context(), number, "0042", here); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if !strings.HasPrefix(stored(), cheapest.prefix()) {
					t.Errorf("%s: the hash is %q", name, stored())
				}
			}
		}
	})
}

// Whoever can write into a database or a dump must not get at the server's
// memory or time by it.
func TestAnOldHashMayNotAskForTooMuch(t *testing.T) {
	key64 := strings.Repeat("00", 64)
	key32 := strings.Repeat("00", 32)
	for _, hash := range []string{
		"scrypt:0:8:1$salt$" + key64, "scrypt:1:8:1$salt$" + key64, "scrypt:1000:8:1$salt$" + key64,
		"scrypt:-1024:8:1$salt$" + key64, "scrypt:1048576:8:1$salt$" + key64, "scrypt:262144:8:1$salt$" + key64, "scrypt:131072:8:1$salt$" + key64,
		"scrypt:9223372036854775808:8:1$salt$" + key64, "scrypt:4611686018427387904:8:1$salt$" + key64,
		"scrypt:1024:0:1$salt$" + key64, "scrypt:1024:33:1$salt$" + key64, "scrypt:1024:8:0$salt$" + key64,
		"scrypt:1024:8:17$salt$" + key64, "scrypt:1024:8:9999999$salt$" + key64, "scrypt:01024:8:1$salt$" + key64,
		"scrypt:1024:8:1:1$salt$" + key64, "scrypt:1024:8$salt$" + key64, "scrypt:1024:8:1$$" + key64,
		"scrypt:1024:8:1$salt$" + key32, "scrypt:1024:8:1$salt$" + key64 + "00", "scrypt:1024:8:1$salt$zz",
		"scrypt:1024:8:1$salt$", "scrypt:1024:8:1$salt", "scrypt:1024:8:1",
		"pbkdf2:sha256:0$salt$" + key32, "pbkdf2:sha256:-1$salt$" + key32, "pbkdf2:sha256:2000001$salt$" + key32,
		"pbkdf2:sha256:99999999999$salt$" + key32, "pbkdf2:sha256$salt$" + key32, "pbkdf2:md5:1000$salt$" + key32,
		"pbkdf2:sha256:1000$salt$" + key64, "pbkdf2:sha256:1000$salt$", "pbkdf2:sha256:1000$$" + key32,
		"keyed:scrypt:1024:8:1$salt$" + key64, "keyed:pbkdf2:sha512:9$salt$" + key64, "keyed:scrypt:131072:8:1$salt$" + key32,
		"$2b$31$" + strings.Repeat("a", 53), "$2b$15$" + strings.Repeat("a", 53), "$2b$04$short", "$2b$", "$2",
	} {
		if _, err := parseOldHash(hash); !errors.Is(err, errOldHashUnreadable) || KnownHash(hash) {
			t.Errorf("%s: %v", hash, err)
		}
	}
	for _, hash := range []string{"", "1234", "scrypt", "pbkdf2$a$b", "sha1$salt$" + key32, "plain:x$y$z", "$argon2id$", "$1$", "keyed:", "keyed:keyed:scrypt:16:1:1$salt$" + key32} {
		if _, err := parseOldHash(hash); !errors.Is(err, errUnknownHash) || KnownHash(hash) {
			t.Errorf("%s: %v", hash, err)
		}
	}
}

// Who has the database but not SECRET_KEY may try all PINs, and finds none:
// also right after the move, and also of partners who never log in again.
func TestAStolenOldHashIsUselessWithoutThePepper(t *testing.T) {
	s := &Service{pins: newPINHasher([]byte("pepper"), cheapest)}
	for _, name := range []string{"scrypt in two lanes", "pbkdf2 of sha1", "pbkdf2 of sha512"} { // the quick ones
		stored := s.KeyOldHash(oldHashes[name])
		if !strings.HasPrefix(stored, "keyed:") {
			t.Fatalf("%s is stored as %s", name, stored)
		}
		if got := pinsThatVerify(t, []byte("pepper"), stored); !slices.Equal(got, []string{"0042"}) {
			t.Errorf("%s: with the pepper %v verify", name, got)
		}
		bare := strings.TrimPrefix(stored, "keyed:")
		if old, err := parseOldHash(bare); err == nil {
			if ok, _ := old.matches("0042", nil); ok {
				t.Errorf("%s: the old key is still there", name)
			}
		}
		for _, pepper := range []string{"", "salt", PepperDigest([]byte("pepper"))} {
			if got := pinsThatVerify(t, []byte(pepper), stored); len(got) > 0 {
				t.Errorf("%s: with the pepper %q %v verify", name, pepper, got)
			}
		}
	}
}

func TestAHashIsKeyedOnce(t *testing.T) {
	s := &Service{pins: newPINHasher([]byte("pepper"), cheapest)}
	for name, hash := range withBcrypt(t) {
		stored := s.KeyOldHash(hash)
		if s.KeyOldHash(stored) != stored || KnownHash(stored) != (stored == hash) {
			t.Errorf("%s: %s", name, stored)
		}
		if isBcrypt := strings.HasPrefix(hash, "$2"); isBcrypt != (stored == hash) {
			t.Errorf("%s: %s", name, stored)
		}
		if ok, outdated, err := s.pins.verify(t.Context(), stored, "0042"); !ok || !outdated || err != nil {
			t.Errorf("%s: %t, %t, %v", name, ok, outdated, err)
		}
	}
	for _, hash := range []string{"", "md5$x$y", s.pins.decoy} {
		if got := s.KeyOldHash(hash); got != hash {
			t.Errorf("%s became %s", hash, got)
		}
	}
}

func TestOldHashesAreComputedOneAtATime(t *testing.T) {
	h := newPINHasher([]byte("pepper"), cheapest)
	h.oldSlot <- struct{}{}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	old := oldHashes["scrypt"]
	if _, _, err := h.verify(impatient, old, "0042"); !errors.Is(err, context.Canceled) || cap(h.oldSlot) != 1 {
		t.Errorf("it did not wait for its turn: %v", err)
	}
	if err := h.waste(t.Context(), "1234"); err != nil { // ours do not wait for it
		t.Error(err)
	}
	<-h.oldSlot
	if ok, _, err := h.verify(t.Context(), old, "0042"); !ok || err != nil {
		t.Errorf("%t, %v", ok, err)
	}
}

func FuzzParseOldHash(f *testing.F) {
	for _, hash := range withBcrypt(f) {
		f.Add(hash)
	}
	f.Add("keyed:scrypt:16:1:2$salt$" + strings.Repeat("00", 32))
	f.Add("scrypt:32768:8:1$salt$" + strings.Repeat("00", 64))
	f.Add("scrypt:9999999:9999999:9999999$salt$" + strings.Repeat("00", 64))
	f.Add("pbkdf2:sha256:9999999$salt$" + strings.Repeat("00", 32))
	f.Add("$2b$31$" + strings.Repeat("a", 53))
	f.Fuzz(func(t *testing.T, encoded string) {
		old, err := parseOldHash(encoded)
		if err != nil {
			if len(encoded) > 8 && strings.Contains(err.Error(), encoded) {
				t.Fatalf("the error repeats the hash: %v", err)
			}
			return
		}
		derived, ok := old.(derivedHash)
		if !ok {
			return
		}
		switch old := derived.from.(type) {
		case scryptCost:
			if 128*old.n*old.r*old.p > maxScryptBytes || old.n*old.r*old.p < 1 {
				t.Fatalf("%q was accepted", encoded)
			}
			if old.n > 1024 {
				return // takes too long to try
			}
		case pbkdf2Cost:
			if old.iterations > maxPBKDF2Iterations || old.iterations < 1 {
				t.Fatalf("%q was accepted", encoded)
			}
			if old.iterations > 1000 {
				return
			}
		}
		if _, err := old.matches("1234", nil); err != nil {
			t.Fatalf("%q was accepted, and then: %v", encoded, err)
		}
	})
}
