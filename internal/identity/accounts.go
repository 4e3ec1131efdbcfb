package identity

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/stores"
)

// SignUp makes an account of somebody's own. Whether it may log in at once is
// for the policy to say.
func (s *Service) SignUp(ctx context.Context, n NewUser) (User, error) {
	if s.policy == config.SignupClosed {
		return User{}, fault.New(fault.Forbidden, "Sign-up is disabled. Please contact an administrator.")
	}
	status := Pending
	if s.policy == config.SignupOpen {
		status = Active
	}
	return s.create(ctx, audit.SelfSignUp, n, status, func(taken User) error {
		if taken.Status == Deleted {
			return fault.New(fault.Conflict,
				"Partner number was previously used. Please contact an administrator.")
		}
		return errNumberTaken()
	})
}

// CreateUser makes an account for somebody else; it is active at once.
func (s *Service) CreateUser(ctx context.Context, who actor.Actor, n NewUser) (User, error) {
	return s.create(ctx, who, n, Active, func(User) error { return errNumberTaken() })
}

func errNumberTaken() error { return fault.New(fault.Conflict, "Partner number already exists") }

func (s *Service) create(
	ctx context.Context, who actor.Actor, n NewUser, status Status, taken func(User) error,
) (User, error) {
	user, err := s.newUser(ctx, n, status)
	if err != nil {
		return User{}, err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user.HomeStoreID = who.Store.ID
		if user.HomeStoreID == "" { // nobody's: sign-up and command line
			first, err := stores.First(ctx, tx)
			if err != nil {
				return err
			}
			user.HomeStoreID = first.ID
		}
		switch other, err := selectUserByNumber(ctx, tx, user.PartnerNumber); {
		case err == nil:
			return taken(other)
		case !errors.Is(err, database.ErrNoRows):
			return err
		}
		if err := insertUser(ctx, tx, user); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, user.HomeStoreID, audit.UserCreated, user.description(), user.CreatedAt)
	})
	if errors.Is(err, database.ErrUnique) { // taken between the look and the insert
		return User{}, errNumberTaken()
	}
	return user, err
}

// newUser does the slow hashing before any transaction is open.
func (s *Service) newUser(ctx context.Context, n NewUser, status Status) (User, error) {
	fields := fault.Fields{}
	n.Check(fields)
	if err := fields.Err(); err != nil {
		return User{}, err
	}
	hash, err := s.pins.hash(ctx, n.PIN)
	if err != nil {
		return User{}, err
	}
	now := s.now()
	return User{
		ID:            uuid.Must(uuid.NewV7()).String(),
		PartnerNumber: normalPartnerNumber(n.PartnerNumber),
		Name:          n.Name,
		PINHash:       hash,
		Role:          n.Role,
		Status:        status,
		CreatedAt:     now,
		UpdatedAt:     now,
	}, nil
}

// UserFilter narrows a list of users. The zero value lists the active ones.
type UserFilter struct {
	Status         Status
	IncludeDeleted bool
}

// Users lists the users of the actor's store, newest first.
func (s *Service) Users(ctx context.Context, who actor.Actor, filter UserFilter) ([]User, error) {
	return selectUsers(ctx, s.db.Read(), who.Store.ID, filter)
}

// Everyone lists the users of all stores, whatever their status, by partner
// number: for whoever has the command line.
func (s *Service) Everyone(ctx context.Context) ([]User, error) {
	return selectEveryone(ctx, s.db.Read())
}

// UserByNumber finds an account by its partner number.
func (s *Service) UserByNumber(ctx context.Context, number string) (User, error) {
	user, err := selectUserByNumber(ctx, s.db.Read(), normalPartnerNumber(number))
	return user, orUserNotFound(err)
}

func orUserNotFound(err error) error {
	if errors.Is(err, database.ErrNoRows) {
		return fault.New(fault.NotFound, "User not found")
	}
	return err
}

// DeleteUser takes an account away; everything its owner did stays on record.
// There is always an active admin left.
func (s *Service) DeleteUser(ctx context.Context, who actor.Actor, id string) (user User, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err = userInReach(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case user.ID == who.UserID:
			return fault.New(fault.Forbidden, "Cannot delete your own account")
		case user.Status == Deleted:
			return errAlreadyDeleted()
		}
		if err := s.keepAnAdmin(ctx, tx, who, user); err != nil {
			return err
		}
		now := s.now()
		changed, err := markDeleted(ctx, tx, user.ID, nullableID(who.UserID), now)
		if err != nil {
			return err
		}
		if changed == 0 { // somebody was faster
			return errAlreadyDeleted()
		}
		user.Status, user.DeletedAt, user.UpdatedAt = Deleted, &now, now
		if err := revokeSessions(ctx, tx, user.ID, now); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, user.HomeStoreID, audit.UserDeleted, user.description(), now)
	})
	return user, err
}

func errAlreadyDeleted() error { return fault.New(fault.Gone, "User is already deleted") }

// userInReach finds a user whom the actor may see: anybody for the command
// line, those of the own store for an admin.
func userInReach(ctx context.Context, tx *database.Handle, who actor.Actor, id string) (User, error) {
	user, err := selectUser(ctx, tx, id)
	if err == nil && who.Store.ID != "" && user.HomeStoreID != who.Store.ID {
		err = database.ErrNoRows
	}
	return user, orUserNotFound(err)
}

// keepAnAdmin refuses to take the last active admin away. Two admins who
// delete each other at once are put in a row here: the second one finds that
// the right to do it is gone.
func (s *Service) keepAnAdmin(ctx context.Context, tx *database.Handle, who actor.Actor, leaving User) error {
	if leaving.Role != Admin || leaving.Status != Active {
		return nil
	}
	admins, err := lockActiveAdmins(ctx, tx)
	if err != nil {
		return err
	}
	remain := 0
	actorRemains := who.UserID == ""
	for _, id := range admins {
		if id != leaving.ID {
			remain++
		}
		actorRemains = actorRemains || id == who.UserID
	}
	switch {
	case !actorRemains:
		return fault.New(fault.Forbidden, "Admin access required")
	case remain == 0:
		return fault.New(fault.Conflict, "At least one active admin is required")
	}
	return nil
}

// ApproveUser lets somebody in who signed up.
func (s *Service) ApproveUser(ctx context.Context, who actor.Actor, id string) (User, error) {
	return s.activate(ctx, who, id, Pending, audit.UserApproved, "User is not awaiting approval")
}

// RestoreUser takes a deletion back.
func (s *Service) RestoreUser(ctx context.Context, who actor.Actor, id string) (User, error) {
	return s.activate(ctx, who, id, Deleted, audit.UserUpdated, "User is not deleted")
}

func (s *Service) activate(
	ctx context.Context, who actor.Actor, id string, from Status, kind audit.Type, refusal string,
) (user User, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err = userInReach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		now := s.now()
		changed, err := markActive(ctx, tx, user.ID, from, now)
		if err != nil {
			return err
		}
		if changed == 0 {
			return fault.New(fault.Conflict, "%s", refusal)
		}
		user.Status, user.DeletedAt, user.UpdatedAt = Active, nil, now
		return audit.Record(ctx, tx, who, user.HomeStoreID, kind, user.description(), now)
	})
	return user, err
}

// ResetPIN gives somebody a new PIN and ends all their sessions.
func (s *Service) ResetPIN(ctx context.Context, who actor.Actor, id, pin string) error {
	fields := fault.Fields{}
	CheckPIN(fields, "pin", pin)
	if err := fields.Err(); err != nil {
		return err
	}
	hash, err := s.pins.hash(ctx, pin)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err := userInReach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		now := s.now()
		if err := updatePINHash(ctx, tx, user.ID, hash, now); err != nil {
			return err
		}
		if err := revokeSessions(ctx, tx, user.ID, now); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, user.HomeStoreID, audit.PINReset, user.description(), now)
	})
}

func nullableID(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
