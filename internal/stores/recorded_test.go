package stores_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestAStoreThatWasAddedOutOfReachIsOnRecordAtItsTime(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		at := func(text string) *apptest.Client { return s.Admin().With("X-Recorded-At", text) }
		for _, text := range []string{"yesterday", "2026-03-04", apptest.Noon.Add(-49 * time.Hour).Format(time.RFC3339)} {
			at(text).Post(storesPath, newShop("B-2")).ExpectError(http.StatusBadRequest, "Invalid X-Recorded-At")
		}
		id := at("2026-03-04T15:00:00Z").Post(storesPath, newShop("B-2")).ExpectStatus(http.StatusCreated).Text("store.id")
		if got := record(s, id).Text("activities.0.timestamp"); got != "2026-03-04T15:00:00.000000Z" {
			t.Errorf("it is on record at %s", got)
		}
	})
}
