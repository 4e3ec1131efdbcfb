package identity

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
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

// managedColumns are those of a user with what only managing one needs.
const managedColumns = userColumns + `,
	EXISTS (SELECT 1 FROM login_guards g WHERE g.partner_number = u.partner_number AND g.locked_at IS NOT NULL)`

func scanUser(row database.Row) (User, error) {
	var u User
	err := row.Scan(append(userFields(&u), &u.Locked)...)
	return u, err
}

func selectUser(ctx context.Context, h *database.Handle, id string) (User, error) {
	return database.One(ctx, h, scanUser, `SELECT `+managedColumns+` FROM users u WHERE u.id = $1`, id)
}

// lockUser is selectUser, and makes whoever else changes the user wait.
func lockUser(ctx context.Context, tx *database.Handle, id string) (User, error) {
	return database.One(ctx, tx, scanUser,
		`SELECT `+managedColumns+` FROM users u WHERE u.id = $1 `+tx.Engine().ForUpdate(), id)
}

func selectUserByNumber(ctx context.Context, h *database.Handle, number string) (User, error) {
	return database.One(ctx, h, scanUser, `SELECT `+managedColumns+` FROM users u WHERE u.partner_number = $1`, number)
}

// selectUsers lists the users who belong to a store, newest first. Without a
// status it lists the active ones, locked or not, and the deleted ones too
// where the filter asks for them.
func selectUsers(ctx context.Context, h *database.Handle, storeID string, filter UserFilter) ([]User, error) {
	return database.All(ctx, h, scanUser, `
		SELECT * FROM (
			SELECT `+managedColumns+` AS locked FROM store_members m JOIN users u ON u.id = m.user_id
			WHERE m.store_id = $1
		) AS u
		WHERE CAST($2 AS text) = '' AND (u.status = 'active' OR u.status = 'deleted' AND $3)
		   OR CAST($2 AS text) = CASE WHEN u.status = 'active' AND u.locked THEN 'locked' ELSE u.status END
		ORDER BY u.created_at DESC, u.id DESC`,
		storeID, string(filter.Status), filter.IncludeDeleted)
}

func selectEveryone(ctx context.Context, h *database.Handle) ([]User, error) {
	return database.All(ctx, h, scanUser, `SELECT `+managedColumns+` FROM users u ORDER BY u.partner_number`)
}

// selectCaller is run by every request, and reads no more than it needs. It finds
// who a token belongs to, and the store that is named, or else the home store. An
// owner belongs to every store.
func selectCaller(ctx context.Context, h *database.Handle, userID, sessionID, storeID string) (caller, error) {
	return database.One(ctx, h, func(row database.Row) (caller, error) {
		var c caller
		err := row.Scan(&c.user.ID, &c.user.Name, &c.user.Role, &c.user.IsOwner, &c.user.Status,
			&c.store.ID, &c.store.Timezone, &c.store.BusinessDayStart, &c.store.MorningCountCutoff, &c.belongs, &c.revision,
			database.ScanNullInstant(&c.tokensValidFrom),
			&c.sessionKnown, database.ScanNullInstant(&c.revokedAt))
		return c, err
	}, `
		SELECT u.id, u.name, u.role, u.is_owner, u.status,
		       coalesce(s.id, ''), coalesce(s.timezone, ''), coalesce(s.business_day_start, ''),
		       coalesce(s.morning_count_cutoff, ''), s.id IS NOT NULL AND (s.id = u.home_store_id OR m.user_id IS NOT NULL OR u.is_owner),
		       coalesce((SELECT r.revision FROM store_revisions r WHERE r.store_id = s.id), 0),
		       u.tokens_valid_from, l.id IS NOT NULL, l.revoked_at
		FROM users u
		LEFT JOIN stores s ON s.id = coalesce(nullif(CAST($3 AS text), ''), u.home_store_id)
		LEFT JOIN store_members m ON m.user_id = u.id AND m.store_id = s.id
		LEFT JOIN login_sessions l ON l.id = $1 AND l.user_id = u.id
		WHERE u.id = $2`, sessionID, userID, storeID)
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

func updateUser(ctx context.Context, tx *database.Handle, u User) error {
	_, err := tx.Exec(ctx, `
		UPDATE users SET name = $1, role = $2, is_owner = $3, status = $4, updated_at = $5,
		       deleted_at = CASE WHEN $4 = 'deleted' THEN deleted_at END,
		       deleted_by = CASE WHEN $4 = 'deleted' THEN deleted_by END
		WHERE id = $6`,
		u.Name, string(u.Role), u.IsOwner, string(u.Status), database.Instant(u.UpdatedAt), u.ID)
	return err
}

func markDeleted(ctx context.Context, tx *database.Handle, id string, by *string, at time.Time) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE users SET status = 'deleted', deleted_at = $1, deleted_by = $2, updated_at = $1
		WHERE id = $3 AND status <> 'deleted'`, database.Instant(at), by, id)
}

func updatePINHash(ctx context.Context, tx *database.Handle, id, hash string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE users SET pin_hash = $1, updated_at = $2 WHERE id = $3`,
		hash, database.Instant(at), id)
	return err
}

// changePINHash fails to find a user who was deleted, or whose PIN was changed,
// since it was compared.
func changePINHash(ctx context.Context, tx *database.Handle, u User, hash string, at time.Time) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE users SET pin_hash = $1, updated_at = $2 WHERE id = $3 AND status = 'active' AND pin_hash = $4`,
		hash, database.Instant(at), u.ID, u.PINHash)
}

// replacePINHash writes the same PIN's hash at today's cost, unless it was changed meanwhile.
func replacePINHash(ctx context.Context, tx *database.Handle, id, old, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET pin_hash = $1 WHERE id = $2 AND pin_hash = $3`, hash, id, old)
	return err
}

func revokeSessions(ctx context.Context, tx *database.Handle, userID string, at time.Time) error {
	return revokeOtherSessions(ctx, tx, userID, "", at)
}

func revokeOtherSessions(ctx context.Context, tx *database.Handle, userID, kept string, at time.Time) error {
	if _, err := tx.Exec(ctx, `UPDATE users SET tokens_valid_from = $1 WHERE id = $2`,
		database.Instant(at), userID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		UPDATE login_sessions SET revoked_at = $1 WHERE user_id = $2 AND id <> $3 AND revoked_at IS NULL`,
		database.Instant(at), userID, kept)
	return err
}

// insertSession leaves a session that is there already as it is.
func insertSession(ctx context.Context, tx *database.Handle, s session) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO login_sessions (id, user_id, refresh_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO NOTHING`,
		s.id, s.userID, s.refreshID, database.Instant(s.createdAt), database.Instant(s.expiresAt))
	return err
}

// renewSession replaces a session's refresh token if the one that was shown is
// its newest.
func renewSession(ctx context.Context, tx *database.Handle, id, userID, shown string, by Tokens) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE login_sessions SET refresh_id = $1, expires_at = $2
		WHERE id = $3 AND user_id = $4 AND refresh_id = $5 AND revoked_at IS NULL`,
		by.refreshID, database.Instant(by.expireAt), id, userID, shown)
}

func endSession(ctx context.Context, tx *database.Handle, id, userID string, at time.Time) (int64, error) {
	return tx.Exec(ctx, `UPDATE login_sessions SET revoked_at = $1 WHERE id = $2 AND user_id = $3 AND revoked_at IS NULL`,
		database.Instant(at), id, userID)
}

func deleteExpiredSessions(ctx context.Context, tx *database.Handle, now time.Time) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM login_sessions WHERE expires_at <= $1`, database.Instant(now.Add(-clockLeeway)))
}

func deleteExpiredSetupCodes(ctx context.Context, tx *database.Handle, now time.Time) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM setup_codes WHERE expires_at <= $1`, database.Instant(now))
}

// noteLogin fails to find a user who may not log in any more, or whose PIN was
// changed since it was compared.
func noteLogin(ctx context.Context, tx *database.Handle, u User, at time.Time) (int64, error) {
	return tx.Exec(ctx, `UPDATE users SET last_login_at = $1 WHERE id = $2 AND status = 'active' AND pin_hash = $3`,
		database.Instant(at), u.ID, u.PINHash)
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

func selectKeyCheck(ctx context.Context, h *database.Handle, name, forUpdate string) (string, error) {
	return database.Value[string](ctx, h, `SELECT digest FROM key_checks WHERE name = $1 `+forUpdate, name)
}

// insertKeyCheck leaves the digest that is there already.
func insertKeyCheck(ctx context.Context, tx *database.Handle, name, digest string) error {
	_, err := tx.Exec(ctx, `INSERT INTO key_checks (name, digest) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`,
		name, digest)
	return err
}

// replaceUnusedKeyCheck replaces the digest unless somebody has, or ever had, an
// account, and says how many rows that were.
func replaceUnusedKeyCheck(ctx context.Context, tx *database.Handle, name, digest string) (int64, error) {
	return tx.Exec(ctx, `UPDATE key_checks SET digest = $1 WHERE name = $2 AND NOT EXISTS (SELECT 1 FROM users)`,
		digest, name)
}

// selectUsedKeyCheck finds no digest as long as nobody ever had an account.
func selectUsedKeyCheck(ctx context.Context, h *database.Handle, name string) (string, error) {
	return database.Value[string](ctx, h,
		`SELECT digest FROM key_checks WHERE name = $1 AND EXISTS (SELECT 1 FROM users)`, name)
}
