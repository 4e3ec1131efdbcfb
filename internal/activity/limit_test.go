package activity_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFeedIsAsLongAsAskedForAndAtMostTwenty(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.sam.Post(itemsPath+"/batch", object{"items": []object{{"name": "Oat Base", "category": "other", "quantity": 25}}}).
			ExpectStatus(http.StatusCreated)
		count := s.startCount(s.sam)
		for _, step := range []string{"night-foh", "night-boh", "morning", "on-order"} {
			s.save(s.sam, count, step)
		}
		s.restock(s.sam)
		all := s.ids(20)
		for query, want := range map[string]int{
			"": 8, "?limit=1": 1, "?limit=8": 8, "?limit=19": 19, "?limit=20": 20, "?limit=21": 20, "?limit=1000000": 20,
		} {
			if got := s.sam.Get(feedPath + query).ExpectStatus(http.StatusOK).Value("count"); got != float64(want) {
				t.Errorf("%q: the count is %v, want %d", query, got, want)
			}
		}
		// All of it was done at the same moment, and yet it is the same feed.
		for n := range all {
			if diff := cmp.Diff(all[:n+1], s.ids(n+1)); diff != "" {
				t.Errorf("the first %d are not the first of 20 (-want +got):\n%s", n+1, diff)
			}
		}
	})
}

func TestAFeedOfNoLengthIsRefused(t *testing.T) {
	eachShop(t, func(_ *testing.T, s *shop) {
		for _, limit := range []string{"0", "-1", "x", "", "1.5", "8x", "%208", "0x8", "null"} {
			s.sam.Get(feedPath+"?limit="+limit).ExpectError(http.StatusBadRequest, "Invalid limit parameter")
		}
	})
}
