package identity

import (
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/audit"
)

// during lets something happen at the beginning of the nth hash of some work.
func during(s *Service, nth int, happen func(), work func() error) error {
	s.pins.slots = make(chan struct{})
	result := make(chan error)
	go func() { result <- work() }()
	for i := 1; ; i++ {
		select {
		case <-s.pins.slots:
			if i == nth {
				happen()
			}
			s.pins.slots <- struct{}{}
		case err := <-result:
			return err
		}
	}
}

// changingPIN is the work of a partner who logs in and takes another PIN.
func changingPIN(t *testing.T, s *Service, user User) func() error {
	t.Helper()
	_, tokens, err := s.Login(t.Context(), user.PartnerNumber, "1234", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.Authenticate(t.Context(), tokens.Access, "")
	if err != nil {
		t.Fatal(err)
	}
	return func() error { return s.ChangePIN(t.Context(), who, "1234", "5678", "192.0.2.1") }
}

func loggingIn(t *testing.T, s *Service, user User) func() error {
	t.Helper()
	return func() error {
		_, _, err := s.Login(t.Context(), user.PartnerNumber, "1234", "192.0.2.1")
		return err
	}
}

// Whoever knew the PIN before an admin reset it is out, whatever they were
// about at that moment.
func TestWhoeverIsAtWorkWhenThePINIsResetIsOut(t *testing.T) {
	for name, c := range map[string]struct {
		work   func(t *testing.T, s *Service, user User) func() error
		hashes int
	}{"logging in": {loggingIn, 1}, "changing the PIN": {changingPIN, 2}} {
		for nth := range c.hashes {
			t.Run(fmt.Sprint(name, ", hash ", nth+1), func(t *testing.T) {
				eachService(t, func(t *testing.T, s *Service, later func(HashCost) *Service) {
					user, admin := addUser(t, s, "NEW01"), later(cheapest)
					work := c.work(t, s, user)
					err := during(s, nth+1, func() {
						if err := admin.ResetPIN(t.Context(), audit.System, user.ID, "8642"); err != nil {
							t.Error(err)
						}
					}, work)
					if err == nil || err.Error() != wrongCredentials {
						t.Errorf("was answered %v", err)
					}
					for pin, right := range map[string]bool{"8642": true, "1234": false, "5678": false} {
						if _, _, err := admin.Login(t.Context(), "NEW01", pin, "192.0.2.2"); (err == nil) != right {
							t.Errorf("%s: %v", pin, err)
						}
					}
				})
			})
		}
	}
}

func TestWhoeverIsAtWorkWhenTheyAreDeletedIsOut(t *testing.T) {
	for name, c := range map[string]struct {
		work   func(t *testing.T, s *Service, user User) func() error
		hashes int
		answer string
	}{
		"logging in":       {loggingIn, 1, "Account has been deactivated. Please contact an administrator."},
		"changing the PIN": {changingPIN, 2, "Account is not active"},
	} {
		for nth := range c.hashes {
			t.Run(fmt.Sprint(name, ", hash ", nth+1), func(t *testing.T) {
				eachService(t, func(t *testing.T, s *Service, later func(HashCost) *Service) {
					user, admin := addUser(t, s, "NEW01"), later(cheapest)
					work := c.work(t, s, user)
					err := during(s, nth+1, func() {
						if _, err := admin.DeleteUser(t.Context(), audit.System, user.ID); err != nil {
							t.Error(err)
						}
					}, work)
					if err == nil || err.Error() != c.answer {
						t.Errorf("was answered %v", err)
					}
					if _, err := admin.Activate(t.Context(), audit.System, user.ID, Deleted); err != nil {
						t.Fatal(err)
					}
					if _, _, err := admin.Login(t.Context(), "NEW01", "1234", "192.0.2.2"); err != nil {
						t.Errorf("the PIN: %v", err)
					}
				})
			})
		}
	}
}

// Two who bring the hash to today's cost at once both get in.
func TestALoginDuringWhichTheHashIsBroughtToTodaysCostSucceeds(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service, later func(HashCost) *Service) {
		user := addUser(t, s, "NEW01")
		dearer := HashCost{MemoryKiB: 16, Passes: 2}
		first, second := later(dearer), later(dearer)
		err := during(first, 1, func() {
			if _, _, err := second.Login(t.Context(), "NEW01", "1234", "192.0.2.2"); err != nil {
				t.Error(err)
			}
		}, loggingIn(t, first, user))
		if err != nil {
			t.Error(err)
		}
	})
}
