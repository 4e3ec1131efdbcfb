package identity

import (
	"context"
	"slices"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Membership is which stores a user belongs to.
type Membership struct {
	User     User
	StoreIDs []string
}

// User is an account that the actor may see, with those of its stores that the
// actor belongs to as well.
func (s *Service) User(ctx context.Context, who actor.Actor, id string) (m Membership, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		if m.User, err = selectUser(ctx, tx, id); err != nil {
			return orUserNotFound(err)
		}
		if m.StoreIDs, err = selectStoreIDs(ctx, tx, id); err != nil || who.IsOwner {
			return err
		}
		if !slices.Contains(m.StoreIDs, who.Store.ID) {
			return orUserNotFound(database.ErrNoRows)
		}
		mine, err := selectStoreIDs(ctx, tx, who.UserID)
		m.StoreIDs = slices.DeleteFunc(m.StoreIDs, func(id string) bool { return !slices.Contains(mine, id) })
		return err
	})
	return m, err
}

// SetStores says anew which stores a user belongs to. The home store is one of
// them; without a name it stays the one it is.
func (s *Service) SetStores(
	ctx context.Context, who actor.Actor, id string, storeIDs []string, home string,
) (m Membership, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		user, err := userInReach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		old, err := selectStoreIDs(ctx, tx, id)
		if err != nil {
			return err
		}
		m.User = user
		if home != "" {
			m.User.HomeStoreID = home
		}
		if err := checkStores(ctx, tx, storeIDs, m.User.HomeStoreID); err != nil {
			return err
		}
		if err := replaceMembers(ctx, tx, id, storeIDs); err != nil {
			return err
		}
		if m.StoreIDs, err = selectStoreIDs(ctx, tx, id); err != nil {
			return err
		}
		if slices.Equal(old, m.StoreIDs) && m.User.HomeStoreID == user.HomeStoreID {
			return nil
		}
		m.User.UpdatedAt = s.now()
		if err := updateHome(ctx, tx, m.User); err != nil {
			return err
		}
		return recordMove(ctx, tx, who, Membership{user, old}, m)
	})
	return m, err
}

// recordMove tells every store for which something changed. There are no
// details: the admins who read this may not know of the other stores.
func recordMove(ctx context.Context, tx *database.Handle, who actor.Actor, before, after Membership) error {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(before.StoreIDs, after.StoreIDs)))) {
		if before.standingIn(id) == after.standingIn(id) {
			continue
		}
		err := audit.Record(ctx, tx, who, id, audit.UserUpdated, after.User.description(), after.User.UpdatedAt)
		if err != nil {
			return err
		}
	}
	return nil
}

// standingIn is what a store is to a user: home, one of several, or none.
func (m Membership) standingIn(storeID string) (standing struct{ member, home bool }) {
	standing.member = slices.Contains(m.StoreIDs, storeID)
	standing.home = m.User.HomeStoreID == storeID
	return standing
}

func checkStores(ctx context.Context, tx *database.Handle, ids []string, home string) error {
	known, err := selectKnownStores(ctx, tx, ids)
	if err != nil {
		return err
	}
	fields := fault.Fields{}
	for _, id := range ids {
		if !slices.Contains(known, id) {
			fields.Add("store_ids", "Unknown store: "+id)
		}
	}
	if !slices.Contains(ids, home) {
		fields.Add("home_store_id", "The home store must be one of store_ids")
	}
	return fields.Err()
}

func replaceMembers(ctx context.Context, tx *database.Handle, userID string, storeIDs []string) error {
	if err := deleteMembers(ctx, tx, userID); err != nil {
		return err
	}
	return insertMembers(ctx, tx, userID, storeIDs)
}
