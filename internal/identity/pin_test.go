package identity

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// cheapest is the least that argon2id can cost.
var cheapest = HashCost{MemoryKiB: 8, Passes: 1}

func TestAPINHashIsInPHCFormAndNeverTheSame(t *testing.T) {
	form := regexp.MustCompile(`^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`)
	h := newPINHasher([]byte("pepper"), cheapest)
	seen := map[string]bool{}
	for range 10 {
		hash, err := h.hash(t.Context(), "1234")
		if err != nil || !form.MatchString(hash) || seen[hash] {
			t.Fatalf("%q (%v)", hash, err)
		}
		seen[hash] = true
	}
}

func TestOnlyTheRightPINVerifies(t *testing.T) {
	h := newPINHasher([]byte("pepper"), cheapest)
	hash, err := h.hash(t.Context(), "0042")
	if err != nil {
		t.Fatal(err)
	}
	for _, pin := range []string{"0042", "0000", "0041", "0043", "4200", "1042", "0142", "042", "42", "00042", "0042 ", "", "００４２"} {
		if ok, outdated, err := h.verify(t.Context(), hash, pin); ok != (pin == "0042") || outdated || err != nil {
			t.Fatalf("%s: %t, %t, %v", pin, ok, outdated, err)
		}
	}
}

// Who has the database but not SECRET_KEY may try all PINs, and finds none.
func TestAStolenHashIsUselessWithoutThePepper(t *testing.T) {
	hash, err := newPINHasher([]byte(strings.Repeat("pepper ", 5)), cheapest).hash(t.Context(), "1234")
	if err != nil {
		t.Fatal(err)
	}
	thief := newPINHasher([]byte(strings.Repeat("salt ", 7)), cheapest)
	for n := range 10_000 {
		if ok, _, err := thief.verify(t.Context(), hash, fmt.Sprintf("%04d", n)); ok || err != nil {
			t.Fatalf("%04d: %t, %v", n, ok, err)
		}
	}
}

func TestOnlySoManyHashesRunAtOnce(t *testing.T) {
	h := newPINHasher([]byte("pepper"), cheapest)
	if got, want := cap(h.slots), 2*runtime.GOMAXPROCS(0); got != want {
		t.Fatalf("%d hashes may run at once, want %d", got, want)
	}
	hash, err := h.hash(t.Context(), "1234")
	if err != nil {
		t.Fatal(err)
	}
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	for name, work := range map[string]func() error{
		"hash":   func() error { _, err := h.hash(impatient, "1234"); return err },
		"verify": func() error { _, _, err := h.verify(impatient, hash, "1234"); return err },
		"waste":  func() error { return h.waste(impatient, "1234") },
	} {
		if err := work(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s did not wait for its turn: %v", name, err)
		}
	}
	done := make(chan error)
	go func() { _, err := h.hash(t.Context(), "1234"); done <- err }()
	<-h.slots // one of them is through, and lets the next one in
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// countHashes lets one hash run at a time and returns how many ran.
func countHashes(h *pinHasher) (stop func() int) {
	h.slots = make(chan struct{})
	over, result := make(chan struct{}), make(chan int)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-h.slots:
				h.slots <- struct{}{}
			case <-over:
				result <- n
				return
			}
		}
	}()
	return func() int { close(over); return <-result }
}

// eachService runs a test on a service over each engine; later returns another
// one on the same database, at another cost.
func eachService(t *testing.T, run func(t *testing.T, s *Service, later func(HashCost) *Service)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		manual := clock.NewManual(time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC))
		at := func(cost HashCost) *Service {
			return NewService(db, manual.Now, Config{
				Pepper: []byte("pepper"), SigningKey: []byte("key"), HashCost: cost,
				AccessTokenLifetime: time.Hour, RefreshTokenLifetime: time.Hour,
			})
		}
		first := stores.Store{
			Name: "Store 1", Number: "1", Timezone: "UTC", BusinessDayStart: "04:00", MorningCountCutoff: "15:00", CreatedAt: manual.Now(),
		}
		if err := stores.EnsureFirst(t.Context(), db, first); err != nil {
			t.Fatal(err)
		}
		run(t, at(cheapest), at)
	})
}

// addUser adds a partner with the PIN 1234.
func addUser(t *testing.T, s *Service, number string) User {
	t.Helper()
	user, err := s.CreateUser(t.Context(), audit.System, NewUser{PartnerNumber: number, Name: "Nia", PIN: "1234", Role: Staff})
	if err != nil {
		t.Fatal(err)
	}
	return user
}

func TestEveryFailedLoginIsTheSameWork(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, _ func(HashCost) *Service) {
		addUser(t, s, "KNOWN1")
		gone := addUser(t, s, "GONE01")
		if _, err := s.DeleteUser(t.Context(), audit.System, gone.ID); err != nil {
			t.Fatal(err)
		}
		for _, number := range []string{"NOBODY1", "KNOWN1", "GONE01", "NOBODY1", "NOBODY2"} {
			stop := countHashes(s.pins)
			_, _, err := s.Login(t.Context(), number, "0000", "192.0.2.1")
			if n := stop(); n != 1 || err == nil || err.Error() != "Invalid credentials" {
				t.Errorf("%s: %d hashes, %v", number, n, err)
			}
		}
		// The decoy is at today's cost and nobody's PIN.
		cost, salt, err := parseHash(s.pins.decoy)
		if err != nil || cost != s.pins.cost || len(salt) != saltBytes {
			t.Errorf("the decoy %q: %v", s.pins.decoy, err)
		}
		if other := newPINHasher(nil, cheapest); other.decoy == s.pins.decoy {
			t.Error("the decoy is always the same")
		}
	})
}

func TestALoginBringsTheHashToTodaysCost(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, later func(HashCost) *Service) {
		old := addUser(t, s, "NEW01")
		s = later(HashCost{MemoryKiB: 16, Passes: 2})
		stored := func() string {
			user, err := s.UserByNumber(t.Context(), "NEW01")
			if err != nil {
				t.Fatal(err)
			}
			if !user.UpdatedAt.Equal(old.UpdatedAt) {
				t.Error("a login changed the account")
			}
			return user.PINHash
		}
		if _, _, err := s.Login(t.Context(), "NEW01", "0000", "192.0.2.1"); err == nil || stored() != old.PINHash {
			t.Errorf("a wrong PIN (%v) left %q", err, stored())
		}
		if _, _, err := s.Login(t.Context(), "NEW01", "1234", "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		upgraded := stored()
		if !strings.HasPrefix(upgraded, "$argon2id$v=19$m=16,t=2,p=1$") {
			t.Errorf("the hash is %q", upgraded)
		}
		if _, _, err := s.Login(t.Context(), "NEW01", "1234", "192.0.2.1"); err != nil || stored() != upgraded {
			t.Errorf("the second login (%v) left %q", err, stored())
		}
	})
}

func TestAHashThatWasChangedMeanwhileIsNotReplaced(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, _ func(HashCost) *Service) {
		stale := addUser(t, s, "NEW01")
		if err := s.ResetPIN(t.Context(), audit.System, stale.ID, "5678"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.rehash(t.Context(), stale, "1234"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Login(t.Context(), "NEW01", "5678", "192.0.2.1"); err != nil {
			t.Errorf("the new PIN: %v", err)
		}
	})
}

func FuzzParseHash(f *testing.F) {
	h := newPINHasher([]byte("pepper"), cheapest)
	hash, err := h.hash(f.Context(), "1234")
	if err != nil {
		f.Fatal(err)
	}
	parts := strings.Split(hash, "$")
	f.Add(hash)
	for _, parameters := range []string{
		"m=8,t=0,p=1", "m=65537,t=1,p=1", "m=8,t=9,p=1", "m=0,t=1,p=1", "m=4294967295,t=1,p=1", "m=8,t=4294967295,p=1", "m=8,t=1,p=0", "m=8,t=1,p=2", "m=8,t=1,p=1x",
		"m=+8,t=1,p=1", "m=08,t=1,p=1", "m=-1,t=1,p=1", "m=99999999999,t=1,p=1", "t=1,m=8,p=1", "",
	} {
		f.Add(strings.Join([]string{"", parts[1], parts[2], parameters, parts[4], parts[5]}, "$"))
	}
	f.Add(strings.Replace(hash, "argon2id", "argon2i", 1))
	f.Add(strings.Replace(hash, "v=19", "v=16", 1))
	f.Add("$argon2id$v=19$m=8,t=1,p=1$$")
	f.Add("scrypt:32768:8:1$salt$00ff")
	f.Add("")
	f.Fuzz(func(t *testing.T, encoded string) {
		cost, salt, err := parseHash(encoded)
		if err != nil {
			if len(encoded) > 8 && strings.Contains(err.Error(), encoded) {
				t.Fatalf("the error repeats the hash: %v", err)
			}
			return
		}
		if cost.Passes < 1 || cost.Passes > maxPasses || cost.MemoryKiB < 8 || cost.MemoryKiB > maxMemoryKiB || len(salt) == 0 {
			t.Fatalf("%q was accepted: %+v", encoded, cost)
		}
		if cost.MemoryKiB > 64 || cost.Passes > 4 {
			return // takes too long to try
		}
		// What is accepted has the very form of our own hashes.
		if again := h.encode("1234", cost, salt); len(again) != len(encoded) || !strings.HasPrefix(encoded, again[:len(again)-43]) {
			t.Fatalf("%q was accepted; ours is %q", encoded, again)
		}
	})
}
