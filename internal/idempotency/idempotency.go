// Package idempotency does a request once, however often it is sent. A phone
// that did not see the answer sends its request again with the same key, and
// gets the answer of the first time.
//
// The answer is stored in the transaction of the change that it tells of, so that
// there is never one without the other.
package idempotency

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// keptFor is how long an answer is replayed.
const keptFor = 7 * 24 * time.Hour

// Service keeps answers.
type Service struct {
	db  *database.DB
	now clock.Clock

	mu      sync.Mutex
	running map[name]bool // in this process
}

// name is a key of a user's.
type name struct{ userID, key string }

// NewService returns the service on a database.
func NewService(db *database.DB, now clock.Clock) *Service {
	return &Service{db: db, now: now, running: map[name]bool{}}
}

// errNotKept undoes a request whose answer is not worth keeping: the next try
// may go better.
var errNotKept = errors.New("the answer is not kept")

// Do runs a request, or returns the answer that it got before.
func (s *Service) Do(
	ctx context.Context, r api.Repeatable, run func(context.Context) api.Answer,
) (answer api.Answer, replayed bool, err error) {
	n := name{r.UserID, r.Key}
	if !s.begin(n) {
		return answer, false, errRunning()
	}
	defer s.end(n)
	err = s.db.InOuterTx(ctx, func(ctx context.Context, tx *database.Handle) error {
		replayed = false
		if mine, err := lock(ctx, tx, n); err != nil || !mine {
			return errors.Join(err, errRunning())
		}
		found, err := selectAnswer(ctx, tx, n, s.now().Add(-keptFor))
		switch {
		case err == nil && found.fingerprint != r.Fingerprint:
			return fault.New(fault.Mismatch, "%s", api.KeyReused)
		case err == nil:
			answer, replayed = found.Answer, true
			return nil
		case !errors.Is(err, database.ErrNoRows):
			return err
		}
		if answer = run(ctx); !answer.Lasting {
			return errNotKept
		}
		return storeAnswer(ctx, tx, n, stored{answer, r.Fingerprint}, s.now())
	})
	if errors.Is(err, errNotKept) {
		err = nil
	}
	return answer, replayed, err
}

func errRunning() error {
	f := fault.New(fault.Conflict, "%s", api.KeyRunning)
	f.RetryAfter = time.Second
	return f
}

func (s *Service) begin(n name) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[n] {
		return false
	}
	s.running[n] = true
	return true
}

func (s *Service) end(n name) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, n)
}

// CleanUp deletes the answers that are kept no longer.
func (s *Service) CleanUp(ctx context.Context) (deleted int64, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		deleted, err = deleteAnswers(ctx, tx, s.now().Add(-keptFor))
		return err
	})
	return deleted, err
}
