package identity

import (
	"context"
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
//	scrypt:N:r:p$salt$key           Werkzeug 2.3 and later
//	pbkdf2:digest:iterations$salt$key   Werkzeug before that
//	$2b$cost$…                      bcrypt
//
// The salt is used as the text it is; the key is in hexadecimal.

// oldHash is one of them.
type oldHash interface {
	matches(pin string) (bool, error)
}

// A stored hash may not ask for more work than this.
const (
	maxScryptN          = 1 << 18
	maxScryptR          = 32
	maxScryptP          = 16
	maxScryptBytes      = 128 << 20 // of memory, for all lanes together
	maxPBKDF2Iterations = 4_000_000
	maxBcryptCost       = 14
)

var errOldHashUnreadable = errors.New("the stored PIN hash of the old system cannot be read")

// KnownHash says whether a PIN can be compared with a stored hash.
func KnownHash(encoded string) bool {
	_, err := parseOldHash(encoded)
	if errors.Is(err, errUnknownHash) {
		_, _, err = parseHash(encoded)
	}
	return err == nil
}

// verifyOld is verify for a hash of the old system. Every one is outdated.
func (h *pinHasher) verifyOld(ctx context.Context, old oldHash, pin string, err error) (ok, outdated bool, _ error) {
	if err != nil {
		return false, false, err
	}
	if err := h.acquire(ctx); err != nil {
		return false, false, err
	}
	defer h.release()
	ok, err = old.matches(pin)
	return ok, true, err
}

// parseOldHash fails with errUnknownHash if it is none of the old system's.
func parseOldHash(encoded string) (oldHash, error) {
	if strings.HasPrefix(encoded, "$2") {
		return parseBcrypt(encoded)
	}
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
	if parts[0] == "scrypt" {
		return parseScrypt(parts[1:], salt, key)
	}
	return parsePBKDF2(parts[1:], salt, key)
}

type scryptHash struct {
	n, r, p   int
	salt, key []byte
}

const scryptKeyBytes = 64

func parseScrypt(parameters []string, salt string, key []byte) (oldHash, error) {
	if len(parameters) != 3 || len(key) != scryptKeyBytes {
		return nil, errOldHashUnreadable
	}
	n, r, p := smallNumber(parameters[0]), smallNumber(parameters[1]), smallNumber(parameters[2])
	powerOfTwo := n > 1 && n&(n-1) == 0
	if !powerOfTwo || n > maxScryptN || r < 1 || r > maxScryptR || p < 1 || p > maxScryptP || 128*n*r*p > maxScryptBytes {
		return nil, errOldHashUnreadable
	}
	return scryptHash{n, r, p, []byte(salt), key}, nil
}

func (s scryptHash) matches(pin string) (bool, error) {
	key, err := scrypt.Key([]byte(pin), s.salt, s.n, s.r, s.p, len(s.key))
	return subtle.ConstantTimeCompare(key, s.key) == 1, err
}

type pbkdf2Hash struct {
	digest     func() hash.Hash
	iterations int
	salt, key  []byte
}

// digests are those that the old system's library could be told to use.
var digests = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}

func parsePBKDF2(parameters []string, salt string, key []byte) (oldHash, error) {
	if len(parameters) != 2 {
		return nil, errOldHashUnreadable
	}
	digest, iterations := digests[parameters[0]], smallNumber(parameters[1])
	if digest == nil || len(key) != digest().Size() || iterations < 1 || iterations > maxPBKDF2Iterations {
		return nil, errOldHashUnreadable
	}
	return pbkdf2Hash{digest, iterations, []byte(salt), key}, nil
}

func (p pbkdf2Hash) matches(pin string) (bool, error) {
	key, err := pbkdf2.Key(p.digest, pin, p.salt, p.iterations, len(p.key))
	return subtle.ConstantTimeCompare(key, p.key) == 1, err
}

type bcryptHash string

const bcryptLength = 60

func parseBcrypt(encoded string) (oldHash, error) {
	cost, err := bcrypt.Cost([]byte(encoded))
	if err != nil || cost > maxBcryptCost || len(encoded) != bcryptLength {
		return nil, errOldHashUnreadable
	}
	return bcryptHash(encoded), nil
}

func (b bcryptHash) matches(pin string) (bool, error) {
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
