package tracking

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// The allocator of codes. Everything here runs in the transaction of the change
// that needs the codes, and each claim is one guarded UPDATE: whoever changes
// a code's row first has it.

const (
	// free and its ORDER BY are those of the index tracking_codes_free, from
	// whose front a free code is taken at the same cost however many are in use.
	// freeLow is those below 1000, in the words of tracking_codes_free_low: for
	// code < '1000' SQLite would rather read the primary key, and sort.
	free       = ` WHERE store_id = $1 AND NOT in_use AND lessee_id IS NULL`
	freeLow    = free + ` AND substr(code, 1, 1) = '0'`
	inDrawTurn = ` ORDER BY freed_at NULLS FIRST, draw `
)

func errAllCodesInUse() error { return fault.New(fault.Conflict, "All item codes are in use") }

// claimFree takes n free codes for items.
func claimFree(ctx context.Context, tx *database.Handle, storeID string, n int, now time.Time) ([]string, error) {
	if n == 0 {
		return nil, nil
	}
	if err := expireLeases(ctx, tx, storeID, now); err != nil {
		return nil, err
	}
	codes, err := claim(ctx, tx, storeID, free, n, `in_use = true`)
	if err == nil && len(codes) < n {
		err = errAllCodesInUse()
	}
	return codes, err
}

// leaseFree holds n free codes for a partner until a time: those below 1000
// while there are any, because clients that draw codes by themselves draw from
// the others and cannot see leases.
func leaseFree(
	ctx context.Context, tx *database.Handle, storeID string, n int, lessee string, until, now time.Time,
) ([]string, error) {
	if err := expireLeases(ctx, tx, storeID, now); err != nil {
		return nil, err
	}
	const lease = `lessee_id = $3, lease_expires_at = $4`
	codes, err := claim(ctx, tx, storeID, freeLow, n, lease, lessee, database.Instant(until))
	if err != nil || len(codes) == n {
		return codes, err
	}
	others, err := claim(ctx, tx, storeID, free, n-len(codes), lease, lessee, database.Instant(until))
	codes = append(codes, others...)
	if err == nil && len(codes) < n {
		err = errAllCodesInUse()
	}
	return codes, err
}

// claim takes up to n of the codes that which selects. It passes over rows that
// another transaction is about to take, and waits for that one only when
// nothing else is left: it may yet roll back.
func claim(
	ctx context.Context, tx *database.Handle, storeID, which string, n int, set string, args ...any,
) ([]string, error) {
	var codes []string
	for {
		more, err := database.Values[string](ctx, tx, `
			WITH picked AS MATERIALIZED (
				SELECT code FROM tracking_codes`+which+inDrawTurn+`LIMIT $2 `+tx.Engine().SkipLocked()+`
			)
			UPDATE tracking_codes SET `+set+`
			WHERE store_id = $1 AND code IN (SELECT code FROM picked)
			RETURNING code`,
			append([]any{storeID, n - len(codes)}, args...)...)
		codes = append(codes, more...)
		if err != nil || len(codes) == n {
			return codes, err
		}
		contended, err := awaitFree(ctx, tx, storeID, which)
		if err != nil || !contended {
			return codes, err
		}
	}
}

// awaitFree waits for the transaction that holds a code which is still free
// for everybody else, and says whether there was one.
func awaitFree(ctx context.Context, tx *database.Handle, storeID, which string) (bool, error) {
	left, err := database.Value[int](ctx, tx, `SELECT count(*) FROM tracking_codes`+which, storeID)
	if err != nil || left == 0 {
		return false, err
	}
	_, err = database.Values[string](ctx, tx,
		`SELECT code FROM tracking_codes`+which+inDrawTurn+`LIMIT 1 `+tx.Engine().ForUpdate(), storeID)
	return true, err
}

// claimThese takes the given codes for items of a partner and returns those
// that could be had: free ones, and those that are held for this very partner.
func claimThese(
	ctx context.Context, tx *database.Handle, storeID string, codes []string, userID string, now time.Time,
) (map[string]bool, error) {
	list, args := database.In(4, codes)
	claimed, err := database.Values[string](ctx, tx, `
		UPDATE tracking_codes SET in_use = true, lessee_id = NULL, lease_expires_at = NULL
		WHERE store_id = $1 AND NOT in_use
		  AND (lessee_id IS NULL OR lessee_id = $2 OR lease_expires_at <= $3)
		  AND code IN `+list+`
		RETURNING code`, append([]any{storeID, userID, database.Instant(now)}, args...)...)
	set := make(map[string]bool, len(claimed))
	for _, code := range claimed {
		set[code] = true
	}
	return set, err
}

// releaseCodes gives the codes of removed items back.
func releaseCodes(ctx context.Context, tx *database.Handle, storeID string, codes []string, at time.Time) error {
	list, args := database.In(3, codes)
	_, err := tx.Exec(ctx, `
		UPDATE tracking_codes SET in_use = false, freed_at = $1
		WHERE store_id = $2 AND code IN `+list, append([]any{database.Instant(at), storeID}, args...)...)
	return err
}

// releaseLeases gives codes back that a partner holds and has not used.
func releaseLeases(ctx context.Context, tx *database.Handle, storeID string, codes []string, lessee string) error {
	list, args := database.In(3, codes)
	_, err := tx.Exec(ctx, `
		UPDATE tracking_codes SET lessee_id = NULL, lease_expires_at = NULL
		WHERE store_id = $1 AND lessee_id = $2 AND code IN `+list, append([]any{storeID, lessee}, args...)...)
	return err
}

// expireLeases puts codes back where they were in the turn: a code whose lease
// ran out unused is not "removed longest ago".
func expireLeases(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error {
	_, err := tx.Exec(ctx, `
		UPDATE tracking_codes SET lessee_id = NULL, lease_expires_at = NULL
		WHERE store_id = $1 AND lessee_id IS NOT NULL AND lease_expires_at <= $2`,
		storeID, database.Instant(now))
	return err
}

// expireAllLeases is expireLeases for all stores.
func expireAllLeases(ctx context.Context, tx *database.Handle, now time.Time) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE tracking_codes SET lessee_id = NULL, lease_expires_at = NULL
		WHERE lessee_id IS NOT NULL AND lease_expires_at <= $1`, database.Instant(now))
}

// lockLessee makes a partner's requests for codes wait for each other, and
// counts the codes that are held for the partner now.
func lockLessee(ctx context.Context, tx *database.Handle, storeID, lessee string, now time.Time) (int, error) {
	if _, err := database.Values[string](ctx, tx,
		`SELECT id FROM users WHERE id = $1 `+tx.Engine().ForUpdate(), lessee); err != nil {
		return 0, err
	}
	return database.Value[int](ctx, tx, `
		SELECT count(*) FROM tracking_codes
		WHERE store_id = $1 AND lessee_id = $2 AND lease_expires_at > $3`,
		storeID, lessee, database.Instant(now))
}

func selectStoresWithoutCodes(ctx context.Context, h *database.Handle) ([]string, error) {
	return database.Values[string](ctx, h, `
		SELECT id FROM stores s WHERE NOT EXISTS (SELECT 1 FROM tracking_codes c WHERE c.store_id = s.id) ORDER BY id`)
}

// insertCodes makes the 10,000 codes of a store, in a random order.
func insertCodes(ctx context.Context, tx *database.Handle, storeID string) error {
	if _, err := tx.Exec(ctx, `
		INSERT INTO tracking_codes (store_id, code, draw)
		WITH RECURSIVE numbers (n) AS (
			SELECT 10000 UNION ALL SELECT n + 1 FROM numbers WHERE n < 19999
		)
		SELECT CAST($1 AS text), substr(CAST(n AS text), 2), row_number() OVER (ORDER BY random())
		FROM numbers`, storeID); err != nil {
		return err
	}
	return MatchCodes(ctx, tx, storeID)
}

// MatchCodes brings a store's codes in line with its items, which may be there
// before their codes are or come from elsewhere: those of active items are in
// use, the others have been free since their last item was removed.
func MatchCodes(ctx context.Context, tx *database.Handle, storeID string) error {
	_, err := tx.Exec(ctx, `
		UPDATE tracking_codes SET in_use = items.active > 0, freed_at = items.removed_at
		FROM (
			SELECT code, count(CASE WHEN NOT is_removed THEN 1 END) AS active, max(removed_at) AS removed_at
			FROM tracking_items WHERE store_id = $1 GROUP BY code
		) AS items
		WHERE tracking_codes.store_id = $1 AND tracking_codes.code = items.code`, storeID)
	return err
}
