package identity

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/database"
)

// belongs says whether a user belongs to a store.
func belongs(ctx context.Context, h *database.Handle, userID, storeID string) (bool, error) {
	return database.Value[bool](ctx, h,
		`SELECT EXISTS (SELECT 1 FROM store_members WHERE user_id = $1 AND store_id = $2)`, userID, storeID)
}

// belongsElsewhere says whether a user belongs to a store that another does not
// belong to.
func belongsElsewhere(ctx context.Context, h *database.Handle, userID, otherID string) (bool, error) {
	return database.Value[bool](ctx, h, `
		SELECT EXISTS (
			SELECT 1 FROM store_members m WHERE m.user_id = $1 AND NOT EXISTS (
				SELECT 1 FROM store_members o WHERE o.user_id = $2 AND o.store_id = m.store_id))`, userID, otherID)
}

// selectStoreIDs lists the stores that a user belongs to, oldest first.
func selectStoreIDs(ctx context.Context, h *database.Handle, userID string) ([]string, error) {
	return database.Values[string](ctx, h, `
		SELECT s.id FROM store_members m JOIN stores s ON s.id = m.store_id
		WHERE m.user_id = $1 ORDER BY s.created_at, s.id`, userID)
}

// selectKnownStores returns those of the stores that there are.
func selectKnownStores(ctx context.Context, h *database.Handle, ids []string) ([]string, error) {
	list, args := database.In(1, ids)
	return database.Values[string](ctx, h, `SELECT id FROM stores WHERE id IN `+list, args...)
}

func insertMembers(ctx context.Context, tx *database.Handle, userID string, storeIDs []string) error {
	rows := make([][]any, len(storeIDs))
	for i, id := range storeIDs {
		rows[i] = []any{userID, id}
	}
	return database.InsertRows(ctx, tx, `INSERT INTO store_members (user_id, store_id)`, rows)
}

func deleteMembers(ctx context.Context, tx *database.Handle, userID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM store_members WHERE user_id = $1`, userID)
	return err
}

func updateHome(ctx context.Context, tx *database.Handle, u User) error {
	_, err := tx.Exec(ctx, `UPDATE users SET home_store_id = $1, updated_at = $2 WHERE id = $3`,
		u.HomeStoreID, database.Instant(u.UpdatedAt), u.ID)
	return err
}
