package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// HashCost is what one PIN hash costs whoever computes it.
type HashCost struct {
	MemoryKiB uint32
	Passes    uint32
}

// DefaultHashCost is the first choice of the OWASP password storage cheat
// sheet for argon2id: about 25 ms and 19 MiB a hash.
var DefaultHashCost = HashCost{MemoryKiB: 19 * 1024, Passes: 2}

const (
	hashThreads = 1
	saltBytes   = 16
	hashBytes   = 32
)

// RandomPIN is a PIN for somebody who did not choose one.
func RandomPIN() string {
	n, _ := rand.Int(rand.Reader, big.NewInt(10_000)) // never fails: the program stops without randomness
	return fmt.Sprintf("%04d", n)
}

// pinHasher turns PINs into hashes that are useless without the pepper: four
// digits alone would be tried through in minutes, whatever the hash.
type pinHasher struct {
	pepper []byte
	cost   HashCost
	slots  chan struct{} // one for each hash that may run at once
	// oldSlot is for the old system's, which take more memory: one at a time.
	oldSlot chan struct{}
	decoy   string // see waste
}

func newPINHasher(pepper []byte, cost HashCost) *pinHasher {
	return &pinHasher{
		pepper: pepper, cost: cost,
		slots:   make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		oldSlot: make(chan struct{}, 1),
		decoy:   format(cost, randomBytes(saltBytes), randomBytes(hashBytes)),
	}
}

// hash returns the PIN's hash in PHC string format.
func (h *pinHasher) hash(ctx context.Context, pin string) (string, error) {
	if err := acquire(ctx, h.slots); err != nil {
		return "", err
	}
	defer release(h.slots)
	return h.encode(pin, h.cost, randomBytes(saltBytes)), nil
}

// verify says whether the PIN is the hashed one, and whether the hash was made
// at another cost than today's, or in another way.
func (h *pinHasher) verify(ctx context.Context, encoded, pin string) (ok, outdated bool, err error) {
	if old, err := parseOldHash(encoded); !errors.Is(err, errUnknownHash) {
		return h.verifyOld(ctx, old, pin, err)
	}
	cost, salt, err := parseHash(encoded)
	if err != nil {
		return false, false, err
	}
	if err := acquire(ctx, h.slots); err != nil {
		return false, false, err
	}
	defer release(h.slots)
	ok = subtle.ConstantTimeCompare([]byte(h.encode(pin, cost, salt)), []byte(encoded)) == 1
	return ok, cost != h.cost, nil
}

// waste does the work of verify for a partner number that nobody has, so that
// the time an answer takes does not tell which numbers exist. The decoy looks
// like a hash and is none, so that not even the first time takes longer.
func (h *pinHasher) waste(ctx context.Context, pin string) error {
	_, _, err := h.verify(ctx, h.decoy, pin)
	return err
}

func (h *pinHasher) encode(pin string, cost HashCost, salt []byte) string {
	mac := hmac.New(sha256.New, h.pepper)
	mac.Write([]byte("sirenbase pin\x00" + pin))
	key := argon2.IDKey(mac.Sum(nil), salt, cost.Passes, cost.MemoryKiB, hashThreads, hashBytes)
	return format(cost, salt, key)
}

// prefix is what a hash begins with.
func (c HashCost) prefix() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, c.MemoryKiB, c.Passes, hashThreads)
}

func format(cost HashCost, salt, key []byte) string {
	return cost.prefix() + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// A stored hash may not ask for more than this: argon2 takes the memory it is
// told to, and panics without a pass.
const (
	minMemoryKiB, maxMemoryKiB = 8, 64 << 10
	maxPasses                  = 8
)

var errUnknownHash = errors.New("the stored PIN hash is of no known kind")

// parseHash takes exactly what format writes.
func parseHash(encoded string) (cost HashCost, salt []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return cost, nil, errUnknownHash
	}
	_, err = fmt.Sscanf(parts[3], "m=%d,t=%d", &cost.MemoryKiB, &cost.Passes)
	if err != nil || !strings.HasPrefix(encoded, cost.prefix()) ||
		cost.MemoryKiB < minMemoryKiB || cost.MemoryKiB > maxMemoryKiB || cost.Passes < 1 || cost.Passes > maxPasses {
		return cost, nil, errors.New("the stored PIN hash has unreadable parameters")
	}
	salt, saltErr := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) == 0 || len(key) != hashBytes || encoded != format(cost, salt, key) {
		return cost, nil, errors.New("the stored PIN hash has an unreadable salt or key")
	}
	return cost, salt, nil
}

func randomBytes(n int) []byte {
	random := make([]byte, n)
	_, _ = rand.Read(random) // never fails: the program stops without randomness
	return random
}

func acquire(ctx context.Context, slots chan struct{}) error {
	select {
	case slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.WaitedInVain(ctx)
	}
}

func release(slots chan struct{}) { <-slots }
