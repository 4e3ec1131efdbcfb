package apptest

import (
	"bytes"
	"encoding/json"
	"regexp"
	"sync"
	"testing"
)

// logBook keeps what a server logs, and the secrets that passed through it:
// none of them may be found in the log.
type logBook struct {
	mu      sync.Mutex
	text    bytes.Buffer
	secrets map[string]bool
}

func (b *logBook) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(line)
}

func (b *logBook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *logBook) noteSecret(secret string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.secrets == nil {
		b.secrets = map[string]bool{}
	}
	b.secrets[secret] = true
}

// noteSecrets takes what must not be logged out of a request's body.
func (b *logBook) noteSecrets(body []byte) {
	var object map[string]any
	if json.Unmarshal(body, &object) != nil {
		return
	}
	for _, field := range []string{"partner_number", "pin", "current_pin", "new_pin", "setup_code"} {
		if secret, ok := object[field].(string); ok && len(secret) >= 4 {
			b.noteSecret(secret)
		}
	}
}

// ids are random hexadecimal digits, among which any PIN may turn up.
var ids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// checkSecrets fails the test if the log has a PIN, a token or a partner
// number in it, whatever the level.
func (b *logBook) checkSecrets(tb testing.TB) {
	tb.Helper()
	text := ids.ReplaceAllString(b.String(), "<id>")
	for secret := range b.secrets {
		whole := regexp.MustCompile(`(^|[^0-9A-Za-z.])` + regexp.QuoteMeta(secret) + `($|[^0-9A-Za-z])`)
		if found := whole.FindString(text); found != "" {
			tb.Errorf("the log has a secret in it: %q", secret)
		}
	}
}
