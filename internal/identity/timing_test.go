package identity

import (
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// underRaceDetector says whether hashing takes many times as long as it does.
func underRaceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// strangers are those whom the time of an answer must not tell apart: somebody
// who mistyped, somebody who was deleted, and nobody at all.
var strangers = []string{"KNOWN1", "GONE01", "NOBODY1"}

func serviceWithStrangers(t *testing.T, cost HashCost) *Service {
	t.Helper()
	db := dbtest.Open(t, database.SQLite)
	manual := clock.NewManual(time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC))
	s := NewService(db, manual.Now, Config{Pepper: []byte("pepper"), HashCost: cost})
	first := stores.Store{
		Name: "Store 1", Number: "1", Timezone: "UTC", BusinessDayStart: "04:00", MorningCountCutoff: "15:00", CreatedAt: manual.Now(),
	}
	if err := stores.EnsureFirst(t.Context(), db, first); err != nil {
		t.Fatal(err)
	}
	addUser(t, s, "KNOWN1")
	gone := addUser(t, s, "GONE01")
	if _, err := s.DeleteUser(t.Context(), audit.System, gone.ID); err != nil {
		t.Fatal(err)
	}
	return s
}

// failToLogIn tries a wrong PIN, and takes away what would throttle the next.
func failToLogIn(t *testing.T, s *Service, number string) (took time.Duration) {
	t.Helper()
	began := time.Now()
	_, _, err := s.Login(t.Context(), number, "0000", here)
	took = time.Since(began)
	if err == nil || err.Error() != wrongCredentials {
		t.Fatalf("%s: %v", number, err)
	}
	err = s.db.InTx(t.Context(), func(tx *database.Handle) error { return openAccount(t.Context(), tx, number) })
	if err != nil {
		t.Fatal(err)
	}
	return took
}

// At what a login really costs, most of which is the hash.
func TestAWrongLoginTakesAsLongWhoeverItIsFor(t *testing.T) {
	cost, logins := DefaultHashCost, 300
	if underRaceDetector() {
		cost, logins = HashCost{MemoryKiB: 1024, Passes: 1}, 150 // the hash is still most of the time
	}
	s := serviceWithStrangers(t, cost)
	took := map[string][]time.Duration{}
	for range logins {
		for _, i := range rand.Perm(len(strangers)) {
			took[strangers[i]] = append(took[strangers[i]], failToLogIn(t, s, strangers[i]))
		}
	}
	medians := map[string]time.Duration{}
	for number, times := range took {
		slices.Sort(times)
		medians[number] = times[len(times)/2]
	}
	t.Logf("medians of %d logins each: %v", logins, medians)
	for number, median := range medians {
		if known := medians["KNOWN1"]; (median - known).Abs() > known/4 {
			t.Errorf("a login of %s takes %v, one of KNOWN1 %v", number, median, known)
		}
	}
}

func TestAWrongLoginComputesOneHashAtTodaysCostWhoeverItIsFor(t *testing.T) {
	s := serviceWithStrangers(t, DefaultHashCost)
	if !strings.HasPrefix(s.pins.decoy, DefaultHashCost.prefix()) {
		t.Errorf("for nobody a hash is %s", s.pins.decoy)
	}
	for _, number := range strangers[:2] {
		user, err := s.UserByNumber(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if len(user.PINHash) != len(s.pins.decoy) || !strings.HasPrefix(user.PINHash, DefaultHashCost.prefix()) {
			t.Errorf("for %s a hash is %s, for nobody %s", number, user.PINHash, s.pins.decoy)
		}
	}
	for _, number := range append([]string{"NOBODY2"}, strangers...) {
		stop := countHashes(s.pins)
		failToLogIn(t, s, number)
		if n := stop(); n != 1 {
			t.Errorf("a login of %s computes %d hashes", number, n)
		}
	}
}

// Who is refused for their haste learns as little, and costs no hash.
func TestARefusedLoginComputesNoHash(t *testing.T) {
	s := serviceWithStrangers(t, cheapest)
	for _, number := range strangers {
		for range freeFailures {
			if _, _, err := s.Login(t.Context(), number, "0000", here); err == nil || err.Error() != wrongCredentials {
				t.Fatal(err)
			}
		}
		stop := countHashes(s.pins)
		_, _, err := s.Login(t.Context(), number, "1234", here)
		if n := stop(); n != 0 || err == nil || err.Error() != errTooManyAttempts(firstWait).Error() {
			t.Errorf("%s: %d hashes, %v", number, n, err)
		}
		s.pins.slots = make(chan struct{}, 1)
	}
}
