package milkcount

import (
	"context"

	"golang.org/x/text/cases"

	"github.com/sirenbase/sirenbase/internal/database"
)

const selectMilkType = `
	SELECT t.id, t.name, t.category, t.display_order, t.active, t.created_at, t.updated_at,
	       p.id, p.par_value, p.updated_at, p.updated_by, u.name
	FROM milk_types t
	JOIN milk_par_levels p ON p.store_id = t.store_id AND p.milk_type_id = t.id
	LEFT JOIN users u ON u.id = p.updated_by `

func scanMilkType(row database.Row) (MilkType, error) {
	var m MilkType
	err := row.Scan(&m.ID, &m.Name, &m.Category, &m.DisplayOrder, &m.Active,
		database.ScanInstant(&m.CreatedAt), database.ScanInstant(&m.UpdatedAt),
		&m.Par.ID, &m.Par.Value, database.ScanInstant(&m.Par.UpdatedAt), &m.Par.UpdatedBy, &m.Par.UpdatedByName)
	return m, err
}

func selectMilkTypes(
	ctx context.Context, h *database.Handle, storeID string, includeInactive bool,
) ([]MilkType, error) {
	var c database.Conditions
	c.Add("t.store_id = ?", storeID)
	if !includeInactive {
		c.Add("t.active")
	}
	return database.All(ctx, h, scanMilkType,
		selectMilkType+c.Where()+` ORDER BY t.display_order, t.id`, c.Args()...)
}

// selectMilkTypeForUpdate makes whoever else changes the milk or its par wait.
func selectMilkTypeForUpdate(ctx context.Context, tx *database.Handle, storeID, id string) (MilkType, error) {
	if _, err := database.Value[string](ctx, tx,
		`SELECT id FROM milk_types WHERE store_id = $1 AND id = $2 `+tx.Engine().ForUpdate(), storeID, id); err != nil {
		return MilkType{}, err
	}
	return database.One(ctx, tx, scanMilkType, selectMilkType+`WHERE t.store_id = $1 AND t.id = $2`, storeID, id)
}

// nextDisplayOrder is the place behind the last milk. Whoever else adds one
// waits until this transaction is over.
func nextDisplayOrder(ctx context.Context, tx *database.Handle, storeID string) (int, error) {
	if _, err := database.Value[string](ctx, tx,
		`SELECT id FROM stores WHERE id = $1 `+tx.Engine().ForUpdate(), storeID); err != nil {
		return 0, err
	}
	return database.Value[int](ctx, tx,
		`SELECT coalesce(max(display_order), 0) + 1 FROM milk_types WHERE store_id = $1`, storeID)
}

// NameKey is what makes a name unique: its letters, whatever their case.
func NameKey(name string) string { return cases.Fold().String(name) }

func insertMilkType(ctx context.Context, tx *database.Handle, storeID string, m MilkType) error {
	if _, err := tx.Exec(ctx, `
		INSERT INTO milk_types (store_id, id, name, name_key, category, display_order, active, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		storeID, m.ID, m.Name, NameKey(m.Name), m.Category, m.DisplayOrder, m.Active,
		database.Instant(m.CreatedAt), database.Instant(m.UpdatedAt)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO milk_par_levels (store_id, milk_type_id, id, par_value, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		storeID, m.ID, m.Par.ID, m.Par.Value, database.Instant(m.Par.UpdatedAt), m.Par.UpdatedBy)
	return err
}

func updateMilkType(ctx context.Context, tx *database.Handle, storeID string, m MilkType) error {
	_, err := tx.Exec(ctx, `
		UPDATE milk_types SET name = $1, name_key = $2, display_order = $3, active = $4, updated_at = $5
		WHERE store_id = $6 AND id = $7`,
		m.Name, NameKey(m.Name), m.DisplayOrder, m.Active, database.Instant(m.UpdatedAt), storeID, m.ID)
	return err
}

func updatePar(ctx context.Context, tx *database.Handle, storeID string, m MilkType) error {
	_, err := tx.Exec(ctx, `
		UPDATE milk_par_levels SET par_value = $1, updated_at = $2, updated_by = $3
		WHERE store_id = $4 AND milk_type_id = $5`,
		m.Par.Value, database.Instant(m.Par.UpdatedAt), m.Par.UpdatedBy, storeID, m.ID)
	return err
}

func selectStoresWithoutMilks(ctx context.Context, h *database.Handle) ([]string, error) {
	return database.Values[string](ctx, h, `
		SELECT id FROM stores s WHERE NOT EXISTS (SELECT 1 FROM milk_types t WHERE t.store_id = s.id) ORDER BY id`)
}
