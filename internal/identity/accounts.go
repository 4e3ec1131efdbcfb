package identity

import (
	"context"
	"errors"
	"strings"

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
		return User{}, errSignUpDisabled()
	}
	status := Pending
	if s.policy == config.SignupOpen {
		status = Active
	}
	user, err := s.newUser(ctx, n, status)
	if err != nil {
		return User{}, err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		if err := refuseBeforeSetup(ctx, tx); err != nil {
			return err
		}
		return s.enter(ctx, tx, audit.SelfSignUp, &user, func(taken User) error {
			if taken.Status == Deleted {
				return fault.New(fault.Conflict,
					"Partner number was previously used. Please contact an administrator.")
			}
			return errNumberTaken()
		})
	})
	return user, orNumberTaken(err)
}

func errSignUpDisabled() error {
	return fault.New(fault.Forbidden, "Sign-up is disabled. Please contact an administrator.")
}

// refuseBeforeSetup keeps strangers out while nobody could approve them. It
// needs no lock: a setup under way at the same time has happened, or has not yet.
func refuseBeforeSetup(ctx context.Context, tx *database.Handle) error {
	ever, err := adminEver(ctx, tx)
	if err == nil && !ever {
		err = errSignUpDisabled()
	}
	return err
}

// CreateUser makes an account for somebody else; it is active at once.
func (s *Service) CreateUser(ctx context.Context, who actor.Actor, n NewUser) (User, error) {
	user, err := s.newUser(ctx, n, Active)
	if err != nil {
		return User{}, err
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		return s.enter(ctx, tx, who, &user, func(User) error { return errNumberTaken() })
	})
	return user, orNumberTaken(err)
}

func errNumberTaken() error { return fault.New(fault.Conflict, "Partner number already exists") }

// orNumberTaken is for a number that somebody took between the look and the insert.
func orNumberTaken(err error) error {
	if errors.Is(err, database.ErrUnique) {
		return errNumberTaken()
	}
	return err
}

// enter writes a new account; taken says what to answer when its number is another's.
func (s *Service) enter(
	ctx context.Context, tx *database.Handle, who actor.Actor, user *User, taken func(User) error,
) error {
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
	if err := s.insertAccount(ctx, tx, *user); err != nil {
		return err
	}
	return audit.Record(ctx, tx, who, user.HomeStoreID, audit.UserCreated, user.description(), user.CreatedAt)
}

// insertAccount makes a user a member of their home store, and forgets who
// tried the number before it was somebody's.
func (s *Service) insertAccount(ctx context.Context, tx *database.Handle, user User) error {
	if err := s.claimPepper(ctx, tx); err != nil {
		return err
	}
	if err := insertUser(ctx, tx, user); err != nil {
		return err
	}
	if err := insertMembers(ctx, tx, user.ID, []string{user.HomeStoreID}); err != nil {
		return err
	}
	return openAccount(ctx, tx, user.PartnerNumber)
}

// newUser does the slow hashing before it opens a transaction.
func (s *Service) newUser(ctx context.Context, n NewUser, status Status) (User, error) {
	fields := fault.Fields{}
	n = n.trimmed()
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
		PartnerNumber: NormalPartnerNumber(n.PartnerNumber),
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
	user, err := selectUserByNumber(ctx, s.db.Read(), NormalPartnerNumber(number))
	return user, orUserNotFound(err)
}

func orUserNotFound(err error) error {
	if errors.Is(err, database.ErrNoRows) {
		return fault.New(fault.NotFound, "User not found")
	}
	return err
}

// DeleteUser takes an account away; everything its owner did stays on record.
// There is always an active admin left, and an active owner.
func (s *Service) DeleteUser(ctx context.Context, who actor.Actor, id string) (user User, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err = manageable(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case user.ID == who.UserID:
			return fault.New(fault.Forbidden, "Cannot delete your own account")
		case user.Status == Deleted:
			return errAlreadyDeleted()
		}
		if err := mayLeave(ctx, tx, who, user); err != nil {
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

// userInReach finds a user whom the actor may see: anybody for the command line
// and for an owner, those who belong to the own store for an admin.
func userInReach(ctx context.Context, tx *database.Handle, who actor.Actor, id string) (User, error) {
	user, err := selectUser(ctx, tx, id)
	if err == nil && user.Role == Admin {
		// Always before the one row, so that two who change each other do not
		// wait for each other for ever.
		_, err = lockActiveAdmins(ctx, tx)
	}
	if err == nil {
		user, err = lockUser(ctx, tx, id)
	}
	if err != nil || who.UserID == "" || who.IsOwner {
		return user, orUserNotFound(err)
	}
	member, err := belongs(ctx, tx, id, who.Store.ID)
	if err == nil && !member {
		err = database.ErrNoRows
	}
	return user, orUserNotFound(err)
}

// mayLeave refuses to take the last active admin or owner away, and an owner
// at all unless an owner does it. Two who delete each other at once are put in
// a row here: the second one finds that the right to do it is gone.
func mayLeave(ctx context.Context, tx *database.Handle, who actor.Actor, leaving User) error {
	wasAdmin := leaving.Role == Admin && leaving.Status == Active
	if !wasAdmin && !leaving.IsOwner {
		return nil
	}
	admins, err := lockActiveAdmins(ctx, tx)
	if err != nil {
		return err
	}
	others, owners := 0, 0
	commandLine := who.UserID == ""
	actorIsAdmin, actorIsOwner := commandLine, commandLine
	for _, a := range admins {
		if a.id == who.UserID {
			actorIsAdmin, actorIsOwner = true, a.isOwner
		}
		if a.id == leaving.ID {
			continue
		}
		others++
		if a.isOwner {
			owners++
		}
	}
	switch {
	case !actorIsAdmin:
		return fault.New(fault.Forbidden, "Admin access required")
	case leaving.IsOwner && !actorIsOwner:
		return fault.New(fault.Forbidden, ownerOnly)
	case wasAdmin && others == 0:
		return fault.New(fault.Conflict, "At least one active admin is required")
	case wasAdmin && leaving.IsOwner && owners == 0:
		return fault.New(fault.Conflict, "At least one active owner is required")
	}
	return nil
}

// ResetPIN gives somebody a new PIN, ends all their sessions, and opens an
// account that too many failed logins had locked.
func (s *Service) ResetPIN(ctx context.Context, who actor.Actor, id, pin string) error {
	pin = strings.TrimSpace(pin)
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
		user, err := manageable(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := openAccount(ctx, tx, user.PartnerNumber); err != nil {
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
