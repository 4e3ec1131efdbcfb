package identity

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/stores"
)

const userColumns = `u.id, u.home_store_id, u.partner_number, u.name, u.pin_hash, u.role, u.is_owner, u.status,
	u.last_login_at, u.deleted_at, u.created_at, u.updated_at`

func userFields(u *User) []any {
	return []any{
		&u.ID, &u.HomeStoreID, &u.PartnerNumber, &u.Name, &u.PINHash, &u.Role, &u.IsOwner, &u.Status,
		database.ScanNullInstant(&u.LastLoginAt), database.ScanNullInstant(&u.DeletedAt),
		database.ScanInstant(&u.CreatedAt), database.ScanInstant(&u.UpdatedAt),
	}
}

func scanUser(row database.Row) (User, error) {
	var u User
	err := row.Scan(userFields(&u)...)
	return u, err
}

func selectUser(ctx context.Context, h *database.Handle, id string) (User, error) {
	return database.One(ctx, h, scanUser, `SELECT `+userColumns+` FROM users u WHERE u.id = $1`, id)
}

func selectUserByNumber(ctx context.Context, h *database.Handle, number string) (User, error) {
	return database.One(ctx, h, scanUser, `SELECT `+userColumns+` FROM users u WHERE u.partner_number = $1`, number)
}

// selectUsers lists users newest first; an empty status means the active ones,
// and the deleted ones too where the filter asks for them.
func selectUsers(ctx context.Context, h *database.Handle, storeID string, filter UserFilter) ([]User, error) {
	return database.All(ctx, h, scanUser, `
		SELECT `+userColumns+` FROM users u
		WHERE u.home_store_id = $1
		  AND (u.status = CAST($2 AS text)
		       OR CAST($2 AS text) = '' AND u.status = 'active'
		       OR CAST($2 AS text) = '' AND u.status = 'deleted' AND $3)
		ORDER BY u.created_at DESC, u.id DESC`,
		storeID, string(filter.Status), filter.IncludeDeleted)
}

func selectEveryone(ctx context.Context, h *database.Handle) ([]User, error) {
	return database.All(ctx, h, scanUser, `SELECT `+userColumns+` FROM users u ORDER BY u.partner_number`)
}

// caller is who a token belongs to, with what decides whether it is still good.
type caller struct {
	user             User
	store            stores.Store
	tokensValidFrom  *time.Time
	sessionKnown     bool
	sessionRevokedAt *time.Time
}

func selectCaller(ctx context.Context, h *database.Handle, userID, sessionID string) (caller, error) {
	return database.One(ctx, h, func(row database.Row) (caller, error) {
		var c caller
		err := row.Scan(append(userFields(&c.user),
			&c.store.ID, &c.store.Timezone, &c.store.BusinessDayStart, &c.store.MorningCountCutoff,
			database.ScanNullInstant(&c.tokensValidFrom),
			&c.sessionKnown, database.ScanNullInstant(&c.sessionRevokedAt))...)
		return c, err
	}, `
		SELECT `+userColumns+`,
		       s.id, s.timezone, s.business_day_start, s.morning_count_cutoff, u.tokens_valid_from,
		       l.id IS NOT NULL, l.revoked_at
		FROM users u
		JOIN stores s ON s.id = u.home_store_id
		LEFT JOIN login_sessions l ON l.id = $1 AND l.user_id = u.id
		WHERE u.id = $2`, sessionID, userID)
}

// adminEver says whether there is an admin, or ever was one.
func adminEver(ctx context.Context, h *database.Handle) (bool, error) {
	return database.Value[bool](ctx, h, `SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin')`)
}

func activeAdminExists(ctx context.Context, h *database.Handle) (bool, error) {
	return database.Value[bool](ctx, h,
		`SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND status = 'active')`)
}

// admin is an active admin, as far as it matters when one is to go.
type admin struct {
	id      string
	isOwner bool
}

// lockActiveAdmins makes whoever else wants to take an admin away wait, and
// returns those there are.
func lockActiveAdmins(ctx context.Context, tx *database.Handle) ([]admin, error) {
	return database.All(ctx, tx, func(row database.Row) (admin, error) {
		var a admin
		err := row.Scan(&a.id, &a.isOwner)
		return a, err
	}, `SELECT id, is_owner FROM users WHERE role = 'admin' AND status = 'active' ORDER BY id `+tx.Engine().ForUpdate())
}

func insertUser(ctx context.Context, tx *database.Handle, u User) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO users (id, home_store_id, partner_number, name, pin_hash, role, is_owner, status,
		                   created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		u.ID, u.HomeStoreID, u.PartnerNumber, u.Name, u.PINHash, string(u.Role), u.IsOwner, string(u.Status),
		database.Instant(u.CreatedAt), database.Instant(u.UpdatedAt))
	return err
}

func markDeleted(ctx context.Context, tx *database.Handle, id string, by *string, at time.Time) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE users SET status = 'deleted', deleted_at = $1, deleted_by = $2, updated_at = $1
		WHERE id = $3 AND status <> 'deleted'`, database.Instant(at), by, id)
}

// markActive lets a user in who is of the status that is expected.
func markActive(ctx context.Context, tx *database.Handle, id string, expected Status, at time.Time) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE users SET status = 'active', deleted_at = NULL, deleted_by = NULL, updated_at = $1
		WHERE id = $2 AND status = $3`, database.Instant(at), id, string(expected))
}

func updatePINHash(ctx context.Context, tx *database.Handle, id, hash string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE users SET pin_hash = $1, updated_at = $2 WHERE id = $3`,
		hash, database.Instant(at), id)
	return err
}

// replacePINHash writes the same PIN's hash at today's cost, unless it was changed meanwhile.
func replacePINHash(ctx context.Context, tx *database.Handle, id, old, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET pin_hash = $1 WHERE id = $2 AND pin_hash = $3`, hash, id, old)
	return err
}

func revokeSessions(ctx context.Context, tx *database.Handle, userID string, at time.Time) error {
	if _, err := tx.Exec(ctx, `UPDATE users SET tokens_valid_from = $1 WHERE id = $2`,
		database.Instant(at), userID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE login_sessions SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL`,
		database.Instant(at), userID)
	return err
}

func insertSession(ctx context.Context, tx *database.Handle, id, userID string, from, until time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO login_sessions (id, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
		id, userID, database.Instant(from), database.Instant(until))
	return err
}

// noteLogin fails to find a user who may not log in any more.
func noteLogin(ctx context.Context, tx *database.Handle, id string, at time.Time) (int64, error) {
	return tx.Exec(ctx, `UPDATE users SET last_login_at = $1 WHERE id = $2 AND status = 'active'`,
		database.Instant(at), id)
}

func insertSetupCode(ctx context.Context, tx *database.Handle, hash string, until time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO setup_codes (code_hash, expires_at) VALUES ($1, $2)`,
		hash, database.Instant(until))
	return err
}

func useSetupCode(ctx context.Context, tx *database.Handle, hash string, now time.Time) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM setup_codes WHERE code_hash = $1 AND expires_at > $2`,
		hash, database.Instant(now))
}

func deleteSetupCodes(ctx context.Context, tx *database.Handle) error {
	_, err := tx.Exec(ctx, `DELETE FROM setup_codes`)
	return err
}

func selectKeyCheck(ctx context.Context, h *database.Handle, name string) (string, error) {
	return database.Value[string](ctx, h, `SELECT digest FROM key_checks WHERE name = $1`, name)
}

// insertKeyCheck leaves the digest that is there already.
func insertKeyCheck(ctx context.Context, tx *database.Handle, name, digest string) error {
	_, err := tx.Exec(ctx, `INSERT INTO key_checks (name, digest) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`,
		name, digest)
	return err
}
