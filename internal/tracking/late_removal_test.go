package tracking_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// recorded is a phone that says that something was done that long ago.
func recorded(s *apptest.Server, ago time.Duration) *apptest.Client {
	return s.Staff().With("X-Recorded-At", s.Clock.Now().Add(-ago).Format(time.RFC3339Nano))
}

func expectThere(s *apptest.Server, name string) {
	s.TB.Helper()
	r := s.Staff().Get(itemsPath + "/4821").ExpectStatus(http.StatusOK)
	if r.Text("item.name") != name || r.Value("item.is_removed") != false {
		s.TB.Errorf("4821 is %s", r.Body)
	}
}

// Two partners took the same thing off the shelf; the phone of the second tells
// of it when the code is on something else.
func TestALateRemovalLeavesWhatHasTheCodeByNow(t *testing.T) {
	each(t, func(_ *testing.T, s *apptest.Server) {
		add(s.Staff(), "Mocha", "sauces", "4821")
		s.Clock.Advance(time.Hour)
		remove(s.Staff(), "4821")
		s.Clock.Advance(time.Hour)
		add(s.Staff(), "Oat", "other", "4821")
		recorded(s, time.Hour+30*time.Minute).Delete(itemsPath+"/4821").
			ExpectError(http.StatusBadRequest, "Item already removed")
		recorded(s, time.Hour+30*time.Minute).Post(removePath, object{"codes": []string{"4821"}}).
			ExpectError(http.StatusBadRequest, "Item already removed: 4821")
		expectThere(s, "Oat")
		recorded(s, 0).Delete(itemsPath + "/4821").ExpectStatus(http.StatusOK)
	})
}

func TestALateRemovalOfWhatWasNotThereFindsNothing(t *testing.T) {
	each(t, func(_ *testing.T, s *apptest.Server) {
		add(s.Staff(), "Oat", "other", "4821")
		recorded(s, time.Hour).Delete(itemsPath+"/4821").ExpectError(http.StatusNotFound, "Item not found")
		expectThere(s, "Oat")
		// Clocks differ by a little.
		recorded(s, 2*time.Minute).Delete(itemsPath + "/4821").ExpectStatus(http.StatusOK)
	})
}
