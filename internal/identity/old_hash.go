package identity

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"hash"
	"strconv"
	"strings"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/scrypt"
)

// The PIN hashes of the old system, which came in with an import. Each lasts
// until its partner logs in, and is then replaced by one of ours.
//
//	scrypt:N:r:p$salt$key               Werkzeug 2.3 and later
//	pbkdf2:digest:iterations$salt$key   Werkzeug before that
//	$2b$cost$…                          bcrypt
//
// The salt is used as the text it is; the key is in hexadecimal. An import
// writes "keyed:" before the first two and an HMAC in the place of the key, so
// that they too are useless without the pepper; see KeyOldHash.

// oldHash is one of them.
type oldHash interface {
	matches(pin string, pepper []byte) (bool, error)
}

// A stored hash may not ask for more work than this.
const (
	maxScryptN          = 1 << 18
	maxScryptR          = 32
	maxScryptP          = 16
	maxScryptBytes      = 64 << 20 // of memory, for all lanes together
	maxPBKDF2Iterations = 2_000_000
	maxBcryptCost       = 14
)

var errOldHashUnreadable = errors.New("the stored PIN hash of the old system cannot be read")

const keyedPrefix = "keyed:"

// KnownHash says whether a PIN can be compared with a hash that another system
// stored.
func KnownHash(encoded string) bool {
	_, err := parseOldHash(encoded)
	if errors.Is(err, errUnknownHash) {
		_, _, err = parseHash(encoded)
	}
	return err == nil && !strings.HasPrefix(encoded, keyedPrefix)
}

// KeyOldHash makes a hash of the old system useless without SECRET_KEY. One
// that it cannot wrap, which is bcrypt's, stays as it is.
func (s *Service) KeyOldHash(encoded string) string {
	old, err := parseOldHash(encoded)
	derived, ok := old.(derivedHash)
	if err != nil || !ok || derived.keyed {
		return encoded
	}
	unkeyed := encoded[:strings.LastIndex(encoded, "$")+1]
	return keyedPrefix + unkeyed + hex.EncodeToString(keyed(derived.key, s.pins.pepper))
}

// keyed is what is stored of a derived key.
func keyed(key, pepper []byte) []byte {
	own := hmac.New(sha256.New, pepper)
	own.Write([]byte("sirenbase old pin"))
	mac := hmac.New(sha256.New, own.Sum(nil))
	mac.Write(key)
	return mac.Sum(nil)
}

// verifyOld is verify for a hash of the old system. Every one is outdated.
func (h *pinHasher) verifyOld(ctx context.Context, old oldHash, pin string, err error) (ok, outdated bool, _ error) {
	if err != nil {
		return false, false, err
	}
	if err := acquire(ctx, h.oldSlot); err != nil {
		return false, false, err
	}
	defer release(h.oldSlot)
	ok, err = old.matches(pin, h.pepper)
	return ok, true, err
}

// parseOldHash fails with errUnknownHash if it is none of the old system's.
func parseOldHash(encoded string) (oldHash, error) {
	if strings.HasPrefix(encoded, "$2") {
		return parseBcrypt(encoded)
	}
	encoded, isKeyed := strings.CutPrefix(encoded, keyedPrefix)
	method, rest, _ := strings.Cut(encoded, "$")
	parts := strings.Split(method, ":")
	if len(parts) < 2 || parts[0] != "scrypt" && parts[0] != "pbkdf2" {
		return nil, errUnknownHash
	}
	salt, keyText, _ := strings.Cut(rest, "$")
	key, err := hex.DecodeString(keyText)
	if err != nil || salt == "" {
		return nil, errOldHashUnreadable
	}
	from, err := parseDerivation(parts)
	if err != nil {
		return nil, err
	}
	size := from.size()
	if isKeyed {
		size = sha256.Size
	}
	if len(key) != size {
		return nil, errOldHashUnreadable
	}
	return derivedHash{from, []byte(salt), key, isKeyed}, nil
}

// derivedHash is one that keeps a key which is derived from the PIN, or what
// keyed makes of it.
type derivedHash struct {
	from      derivation
	salt, key []byte
	keyed     bool
}

func (d derivedHash) matches(pin string, pepper []byte) (bool, error) {
	key, err := d.from.derive(pin, d.salt)
	if d.keyed {
		key = keyed(key, pepper)
	}
	return err == nil && subtle.ConstantTimeCompare(key, d.key) == 1, err
}

// derivation is how a key of some size is derived.
type derivation interface {
	derive(pin string, salt []byte) ([]byte, error)
	size() int
}

func parseDerivation(parts []string) (derivation, error) {
	if parts[0] == "scrypt" {
		return parseScrypt(parts[1:])
	}
	return parsePBKDF2(parts[1:])
}

type scryptCost struct{ n, r, p int }

func parseScrypt(parameters []string) (derivation, error) {
	if len(parameters) != 3 {
		return nil, errOldHashUnreadable
	}
	n, r, p := smallNumber(parameters[0]), smallNumber(parameters[1]), smallNumber(parameters[2])
	powerOfTwo := n > 1 && n&(n-1) == 0
	if !powerOfTwo || n > maxScryptN || r < 1 || r > maxScryptR || p < 1 || p > maxScryptP || 128*n*r*p > maxScryptBytes {
		return nil, errOldHashUnreadable
	}
	return scryptCost{n, r, p}, nil
}

func (s scryptCost) derive(pin string, salt []byte) ([]byte, error) {
	return scrypt.Key([]byte(pin), salt, s.n, s.r, s.p, s.size())
}

func (scryptCost) size() int { return 64 }

type pbkdf2Cost struct {
	digest     func() hash.Hash
	iterations int
}

// digests are those that the old system's library could be told to use.
var digests = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}

func parsePBKDF2(parameters []string) (derivation, error) {
	if len(parameters) != 2 {
		return nil, errOldHashUnreadable
	}
	digest, iterations := digests[parameters[0]], smallNumber(parameters[1])
	if digest == nil || iterations < 1 || iterations > maxPBKDF2Iterations {
		return nil, errOldHashUnreadable
	}
	return pbkdf2Cost{digest, iterations}, nil
}

func (p pbkdf2Cost) derive(pin string, salt []byte) ([]byte, error) {
	return pbkdf2.Key(p.digest, pin, salt, p.iterations, p.size())
}

func (p pbkdf2Cost) size() int { return p.digest().Size() }

type bcryptHash string

const bcryptLength = 60

func parseBcrypt(encoded string) (oldHash, error) {
	cost, err := bcrypt.Cost([]byte(encoded))
	if err != nil || cost > maxBcryptCost || len(encoded) != bcryptLength {
		return nil, errOldHashUnreadable
	}
	return bcryptHash(encoded), nil
}

func (b bcryptHash) matches(pin string, _ []byte) (bool, error) {
	err := bcrypt.CompareHashAndPassword([]byte(b), []byte(pin))
	if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
		return false, nil
	}
	return err == nil, err
}

// smallNumber reads a number of one to seven digits without a sign or leading
// zeros; of anything else it makes 0.
func smallNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || len(text) > 7 || strconv.Itoa(n) != text {
		return 0
	}
	return max(n, 0)
}
