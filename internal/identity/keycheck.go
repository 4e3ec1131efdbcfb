package identity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/sirenbase/sirenbase/internal/database"
)

// PepperName is the setting that the pepper comes from, and the name of its
// digest in the database.
const PepperName = "SECRET_KEY"

var errOtherPepper = errors.New(PepperName + " is not the one under which the PINs in this database were hashed: " +
	"use the server's, from its environment or from the file secret_key in its data folder")

// CheckPepper stops a program that was started with another pepper than the
// database's: all PINs would be wrong to it, and those it writes wrong to the
// others. As long as nobody has an account the database takes whichever comes.
func (s *Service) CheckPepper(ctx context.Context) error {
	kept, err := selectKeyCheck(ctx, s.db.Read(), PepperName, "")
	if err == nil && kept == PepperDigest(s.pins.pepper) || err != nil && !errors.Is(err, database.ErrNoRows) {
		return err
	}
	return s.db.InTx(ctx, func(tx *database.Handle) error { return s.claimPepper(ctx, tx) })
}

// claimPepper sees that the database goes by this pepper until the transaction is
// over. Whoever makes an account asks as well: with the first one the choice ends.
func (s *Service) claimPepper(ctx context.Context, tx *database.Handle) error {
	digest := PepperDigest(s.pins.pepper)
	if err := insertKeyCheck(ctx, tx, PepperName, digest); err != nil {
		return err
	}
	kept, err := selectKeyCheck(ctx, tx, PepperName, tx.Engine().ForUpdate())
	if err != nil || kept == digest {
		return err
	}
	replaced, err := replaceUnusedKeyCheck(ctx, tx, PepperName, digest)
	if err == nil && replaced == 0 {
		err = errOtherPepper
	}
	return err
}

// keyCheckSchema is the schema that has digests from then on.
const keyCheckSchema = 7

// KeptPepperDigest is the digest of the pepper that the accounts need, or empty as
// long as there are none. The schema may be an older one.
func KeptPepperDigest(ctx context.Context, db *database.DB) (digest string, err error) {
	err = db.InReadTx(ctx, func(tx *database.Handle) error {
		if version, err := tx.SchemaVersion(ctx); err != nil || version < keyCheckSchema {
			return err
		}
		digest, err = selectUsedKeyCheck(ctx, tx, PepperName)
		if errors.Is(err, database.ErrNoRows) {
			return nil
		}
		return err
	})
	return digest, err
}

// PepperDigest tells peppers apart, and tells nothing else about them.
func PepperDigest(pepper []byte) string {
	mac := hmac.New(sha256.New, pepper)
	mac.Write([]byte("sirenbase key check"))
	return hex.EncodeToString(mac.Sum(nil))
}
