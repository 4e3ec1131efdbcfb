package idempotency_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// Of four digits there are few: whoever reads the table could try them all.
func TestWhatIsKeptOfARequestGivesNoPINAway(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		path := "/api/admin/users/" + s.Staff().UserID + "/pin"
		body := func(pin string) string { return fmt.Sprintf(`{"pin": %q}`, pin) }
		s.Admin().With("Idempotency-Key", "k").Put(path, body("8642")).ExpectStatus(200)
		kept, err := database.Value[string](t.Context(), s.DB.Read(), `SELECT fingerprint FROM idempotency_answers`)
		if err != nil {
			t.Fatal(err)
		}
		store := s.Admin().Get("/api/stores").Text("stores.0.id")
		if len(kept) != hex.EncodedLen(sha256.Size) {
			t.Errorf("kept is %q", kept)
		}
		for pin := range 10_000 {
			sum := sha256.Sum256([]byte("PUT " + path + "?\n" + store + "\n" + body(fmt.Sprintf("%04d", pin))))
			if hex.EncodeToString(sum[:]) == kept {
				t.Fatalf("the PIN is %04d", pin)
			}
		}
	})
}
