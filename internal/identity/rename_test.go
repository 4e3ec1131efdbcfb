package identity_test

import (
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// A name stands in every store: each rename has something to tell all of them.
func TestPartnersOfManyStoresAreRenamedAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		owner := s.Admin()
		var users []string
		for i := range 6 {
			number := fmt.Sprint(100 + i)
			store := owner.Post("/api/stores", map[string]string{"name": "Pier " + number, "number": number, "timezone": "UTC"}).
				ExpectStatus(201).Text("store.id")
			for j := range 2 {
				users = append(users, owner.With("X-Store-ID", store).
					Post("/api/admin/users", account(fmt.Sprintf("NEW%d%d", i, j), "Nia", "2468")).ExpectStatus(201).Text("user.id"))
			}
		}
		const rounds = 5
		answers := together(rounds*len(users), func(i int) *apptest.Response {
			return owner.Put("/api/admin/users/"+users[i%len(users)], map[string]string{"name": fmt.Sprintf("Nia %d", i)})
		})
		for _, r := range answers {
			r.ExpectStatus(200)
		}
	})
}
