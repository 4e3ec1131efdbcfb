package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// setupCodeLifetime is how long a printed setup code may be used; starting the
// server again prints a new one.
const setupCodeLifetime = 24 * time.Hour

// Setup is what the first person of a fresh installation tells it.
type Setup struct {
	Code      string
	Admin     NewUser
	StoreName string // empty: as it is
	Timezone  string // empty: as it is
}

// Check reports every rule that the setup would break.
func (s Setup) Check(fields fault.Fields) {
	if s.Code == "" {
		fields.Add("setup_code", "Setup code is required")
	}
	s.Admin.Check(fields)
	if s.StoreName != "" {
		stores.CheckName(fields, "store_name", s.StoreName)
	}
	if s.Timezone != "" {
		stores.CheckTimezone(fields, s.Timezone)
	}
}

// SetupNeeded says whether there never was an admin. Who signed up does not
// count: nobody could let them in.
func (s *Service) SetupNeeded(ctx context.Context) (bool, error) {
	ever, err := adminEver(ctx, s.db.Read())
	return err == nil && !ever, err
}

// HasActiveAdmin says whether somebody can manage the installation.
func (s *Service) HasActiveAdmin(ctx context.Context) (bool, error) {
	return activeAdminExists(ctx, s.db.Read())
}

// NewSetupCode makes a code that lets whoever reads the terminal become the
// first admin. Of several nodes, each prints its own.
func (s *Service) NewSetupCode(ctx context.Context) (string, error) {
	text := rand.Text()
	code := text[:4] + "-" + text[4:8] + "-" + text[8:12]
	err := s.db.InTx(ctx, func(tx *database.Handle) error {
		return insertSetupCode(ctx, tx, hashSetupCode(code), s.now().Add(setupCodeLifetime))
	})
	return code, err
}

// hashSetupCode forgives what people do to a code when they type it.
func hashSetupCode(code string) string {
	code = strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

// SetUp makes the first admin, who owns the installation, and logs them in.
func (s *Service) SetUp(ctx context.Context, setup Setup) (user User, tokens Tokens, err error) {
	switch needed, err := s.SetupNeeded(ctx); { // before the costly hash
	case err != nil:
		return User{}, Tokens{}, err
	case !needed:
		return User{}, Tokens{}, errSetupDone()
	}
	user, err = s.newOwner(ctx, setup.Admin)
	if err != nil {
		return User{}, Tokens{}, err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		store, err := s.lockForFirstAdmin(ctx, tx)
		if err != nil {
			return err
		}
		used, err := useSetupCode(ctx, tx, hashSetupCode(setup.Code), s.now())
		if err != nil {
			return err
		}
		if used == 0 {
			return fault.New(fault.Forbidden, "Invalid or expired setup code")
		}
		if err := nameStore(ctx, tx, store, setup, user.CreatedAt); err != nil {
			return err
		}
		if err := s.insertOwner(ctx, tx, &user, store); err != nil {
			return err
		}
		tokens, err = s.beginSessionIn(ctx, tx, user)
		return err
	})
	return user, tokens, orNumberTaken(err)
}

// CreateFirstAdmin makes the first admin without a setup code, for whoever has
// the command line. made is false when there ever was one.
func (s *Service) CreateFirstAdmin(ctx context.Context, n NewUser) (made bool, err error) {
	user, err := s.newOwner(ctx, n)
	if err != nil {
		return false, err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		store, err := s.lockForFirstAdmin(ctx, tx)
		if err != nil {
			return err
		}
		return s.insertOwner(ctx, tx, &user, store)
	})
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Gone {
		return false, nil
	}
	return err == nil, orNumberTaken(err)
}

func (s *Service) newOwner(ctx context.Context, n NewUser) (User, error) {
	n.Role = Admin
	user, err := s.newUser(ctx, n, Active)
	user.IsOwner = true
	return user, err
}

// lockForFirstAdmin lets one at a time try to be the first, and refuses once
// somebody was.
func (s *Service) lockForFirstAdmin(ctx context.Context, tx *database.Handle) (stores.Store, error) {
	store, err := stores.LockFirst(ctx, tx)
	if err != nil {
		return store, err
	}
	ever, err := adminEver(ctx, tx)
	if err == nil && ever {
		err = errSetupDone()
	}
	return store, err
}

func errSetupDone() error { return fault.New(fault.Gone, "Setup is already done") }

func (s *Service) insertOwner(ctx context.Context, tx *database.Handle, user *User, store stores.Store) error {
	user.HomeStoreID = store.ID
	if err := s.insertAccount(ctx, tx, *user); err != nil {
		return err
	}
	if err := deleteSetupCodes(ctx, tx); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.System, store.ID, audit.UserCreated, user.description(), user.CreatedAt)
}

func nameStore(ctx context.Context, tx *database.Handle, store stores.Store, setup Setup, at time.Time) error {
	if setup.StoreName == "" && setup.Timezone == "" {
		return nil
	}
	if setup.StoreName != "" {
		store.Name = setup.StoreName
	}
	if setup.Timezone != "" {
		store.Timezone = setup.Timezone
	}
	store.UpdatedAt = at
	return stores.Update(ctx, tx, store)
}
