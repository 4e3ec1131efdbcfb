package identity

import (
	"context"
	"sync"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// turns lets one at a time do something under a name. Logins to one account
// from one address take turns: a phone that sends three at once shall not be
// taken for somebody who guesses.
type turns struct {
	mu    sync.Mutex
	lines map[string]*line
}

type line struct {
	free    chan struct{} // holds one token while it is nobody's turn
	waiting int
}

// take waits for its turn; leave must be called when it is over.
func (t *turns) take(ctx context.Context, name string) (leave func(), err error) {
	t.mu.Lock()
	if t.lines == nil {
		t.lines = map[string]*line{}
	}
	l := t.lines[name]
	if l == nil {
		l = &line{free: make(chan struct{}, 1)}
		l.free <- struct{}{}
		t.lines[name] = l
	}
	l.waiting++
	t.mu.Unlock()
	select {
	case <-l.free:
		return func() { l.free <- struct{}{}; t.quit(name, l) }, nil
	case <-ctx.Done():
		t.quit(name, l)
		return nil, fault.WaitedInVain(ctx)
	}
}

// quit forgets a line that nobody stands in.
func (t *turns) quit(name string, l *line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.waiting--; l.waiting == 0 {
		delete(t.lines, name)
	}
}
