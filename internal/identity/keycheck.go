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
// others. A database that never saw a pepper keeps a digest of this one.
func (s *Service) CheckPepper(ctx context.Context) error {
	digest := PepperDigest(s.pins.pepper)
	kept, err := selectKeyCheck(ctx, s.db.Read(), PepperName)
	if errors.Is(err, database.ErrNoRows) {
		kept, err = s.keepPepperDigest(ctx, digest)
	}
	if err == nil && kept != digest {
		err = errOtherPepper
	}
	return err
}

// keepPepperDigest returns the digest that is kept, which is another's if
// another program was faster.
func (s *Service) keepPepperDigest(ctx context.Context, digest string) (kept string, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		if err := insertKeyCheck(ctx, tx, PepperName, digest); err != nil {
			return err
		}
		kept, err = selectKeyCheck(ctx, tx, PepperName)
		return err
	})
	return kept, err
}

// PepperDigest tells peppers apart, and tells nothing else about them.
func PepperDigest(pepper []byte) string {
	mac := hmac.New(sha256.New, pepper)
	mac.Write([]byte("sirenbase key check"))
	return hex.EncodeToString(mac.Sum(nil))
}
