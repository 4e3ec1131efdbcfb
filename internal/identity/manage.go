package identity

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// UserChange is what is to become of an account; nil leaves a part as it is.
type UserChange struct {
	Name *string
	Role *Role
	// Activate lets a user in who waits for approval, is locked or was deleted.
	Activate bool
}

// UpdateUser changes an account.
func (s *Service) UpdateUser(ctx context.Context, who actor.Actor, id string, change UserChange) (user User, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err = s.updateUser(ctx, tx, who, id, change)
		return err
	})
	return user, err
}

// Activate lets a user in who is of a certain status, for whoever has the
// command line.
func (s *Service) Activate(ctx context.Context, who actor.Actor, id string, from Status) (user User, err error) {
	refusals := map[Status]string{
		Pending: "User is not awaiting approval", Deleted: "User is not deleted", Locked: "User is not locked",
	}
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err = manageable(ctx, tx, who, id)
		if err == nil && user.ShownStatus() != from {
			err = fault.New(fault.Conflict, "%s", refusals[from])
		}
		if err != nil {
			return err
		}
		user, err = s.updateUser(ctx, tx, who, id, UserChange{Activate: true})
		return err
	})
	return user, err
}

func (s *Service) updateUser(
	ctx context.Context, tx *database.Handle, who actor.Actor, id string, change UserChange,
) (User, error) {
	before, err := manageable(ctx, tx, who, id)
	if err != nil {
		return before, err
	}
	after := before
	if change.Name != nil {
		after.Name = *change.Name
	}
	if change.Role != nil && *change.Role != before.Role {
		after.Role, after.IsOwner = *change.Role, false
		if err := mayChangeRole(ctx, tx, who, before); err != nil {
			return before, err
		}
	}
	if change.Activate {
		after.Status, after.DeletedAt, after.Locked = Active, nil, false
	}
	if change.Activate { // who only has to wait is let in, too
		if err := openAccount(ctx, tx, before.PartnerNumber); err != nil {
			return before, err
		}
	}
	if after == before {
		return before, nil
	}
	after.UpdatedAt = s.now()
	if err := updateUser(ctx, tx, after); err != nil {
		return before, err
	}
	renamed := before.Name != after.Name
	if renamed {
		if err := events.HoldAll(ctx, tx); err != nil {
			return before, err
		}
	}
	if err := recordChange(ctx, tx, who, before, after); err != nil || !renamed {
		return after, err
	}
	// The name stands wherever they ever worked; the home store knows by now.
	return after, events.PublishElsewhere(ctx, tx, after.HomeStoreID, events.UserUpdated,
		map[string]audit.Type{"change": audit.UserUpdated}, after.UpdatedAt)
}

func mayChangeRole(ctx context.Context, tx *database.Handle, who actor.Actor, user User) error {
	if user.ID == who.UserID {
		return fault.New(fault.Forbidden, "Cannot change your own role")
	}
	return mayLeave(ctx, tx, who, user)
}

// recordChange tells of an approval apart from everything else.
func recordChange(ctx context.Context, tx *database.Handle, who actor.Actor, before, after User) error {
	if before.Status == Pending && after.Status == Active {
		err := audit.Record(ctx, tx, who, after.HomeStoreID, audit.UserApproved, after.description(), after.UpdatedAt)
		if before.Status = Active; err != nil || before.details() == after.details() {
			return err
		}
	}
	return audit.RecordDetails(ctx, tx, who, after.HomeStoreID, audit.UserUpdated, after.description(),
		map[string]any{"old": before.details(), "new": after.details()}, after.UpdatedAt)
}

// userDetails are the parts of an account that admins change.
type userDetails struct {
	Name   string `json:"name"`
	Role   Role   `json:"role"`
	Status Status `json:"status"`
}

func (u User) details() userDetails { return userDetails{u.Name, u.Role, u.ShownStatus()} }

// manageable finds a user whom the actor may change: one whose home is the
// actor's store, and who belongs to no store that the actor does not belong to,
// since a role and a PIN are good in all of them. An owner may change everybody,
// and only an owner an owner.
func manageable(ctx context.Context, tx *database.Handle, who actor.Actor, id string) (User, error) {
	user, err := userInReach(ctx, tx, who, id)
	commandLine := who.UserID == ""
	switch {
	case err != nil, commandLine, who.IsOwner, user.ID == who.UserID:
		return user, err
	case user.HomeStoreID != who.Store.ID:
		return user, fault.New(fault.Forbidden, otherHome)
	case user.IsOwner:
		return user, fault.New(fault.Forbidden, ownerOnly)
	}
	elsewhere, err := belongsElsewhere(ctx, tx, user.ID, who.UserID)
	if err == nil && elsewhere {
		err = fault.New(fault.Forbidden, otherHome)
	}
	return user, err
}

const (
	otherHome = "User belongs to another store"
	ownerOnly = "Only an owner can change an owner"
)
