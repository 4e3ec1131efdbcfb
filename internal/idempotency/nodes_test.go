package idempotency_test

import (
	"fmt"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// What each node knows of itself is not enough: they agree by the database.
func TestTheSameRequestToTwoNodesIsDoneOnce(t *testing.T) {
	settings := apptest.Settings(t, dbtest.URL(t, database.PostgreSQL))
	one := apptest.Start(t, settings)
	one.AddPartners()
	other := apptest.Start(t, settings)
	nodes := []*apptest.Client{one.Staff(), other.Staff()}
	for round := range 30 {
		key := fmt.Sprintf("k%d", round)
		answers := apptest.AtOnce(4, func(i int) *apptest.Response {
			return nodes[i%2].With("Idempotency-Key", key).Post(items, item)
		})
		done := 0
		for _, r := range answers {
			if r.ExpectOneOf(201, 409).Status == 201 && r.Header.Get("Idempotency-Replayed") == "" {
				done++
			}
		}
		if n := rows(t, one, "tracking_items"); done != 1 || n != round+1 {
			t.Fatalf("round %d: done %d times, %d items", round, done, n)
		}
	}
}
