package identity

import (
	"sync"
	"time"
)

// goodTokens remembers tokens that were found to be good, since a phone sends the
// same one with each request: what the token itself can tell stays true until it
// expires. Whether its session still stands is asked of the database every time.
type goodTokens struct {
	mu    sync.RWMutex
	known map[string]claims
}

// maxGoodTokens takes about 5 MB.
const maxGoodTokens = 10_000

func (g *goodTokens) get(token, kind string, now time.Time) (claims, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	c, found := g.known[token]
	return c, found && c.Type == kind && now.Before(c.ExpiresAt.Time)
}

// put begins anew when there are too many.
func (g *goodTokens) put(token string, c claims) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.known == nil || len(g.known) >= maxGoodTokens {
		g.known = map[string]claims{}
	}
	g.known[token] = c
}
