package activity_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/activity"
	"github.com/sirenbase/sirenbase/internal/actor"
)

// record is a source that has its entries at hand, the newest first.
type record []activity.Entry

func (r record) Recent(_ context.Context, storeID string, limit int) ([]activity.Entry, error) {
	if storeID != "here" {
		return nil, errors.New("asked for the store " + storeID)
	}
	return r[:min(limit, len(r))], nil
}

var somebody = actor.Actor{Store: actor.Store{ID: "here"}}

// drawRecord makes few moments, so that many entries share one.
func drawRecord(t *rapid.T, tool string) record {
	moments := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 30).Draw(t, tool)
	slices.SortFunc(moments, func(a, b int) int { return b - a })
	r := record{}
	for i, moment := range moments {
		r = append(r, activity.Entry{
			ID: fmt.Sprintf("%s-%d", tool, i), Tool: tool, Timestamp: time.UnixMicro(int64(moment)).UTC(),
		})
	}
	return r
}

func newestFirst(a, b activity.Entry) int { return b.Timestamp.Compare(a.Timestamp) }

func TestTheFeedIsTheNewestOfEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sources, all := []activity.Source{}, []activity.Entry{}
		for i := range rapid.IntRange(0, 4).Draw(t, "sources") {
			one := drawRecord(t, fmt.Sprintf("tool %d", i))
			sources, all = append(sources, one), append(all, one...)
		}
		limit := rapid.IntRange(1, 20).Draw(t, "limit")
		got, err := activity.NewService(sources...).Recent(context.Background(), somebody, limit)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortStableFunc(all, newestFirst)
		if diff := cmp.Diff(all[:min(limit, len(all))], got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// broken is a source that cannot be asked.
type broken struct{ err error }

func (b broken) Recent(context.Context, string, int) ([]activity.Entry, error) { return nil, b.err }

func TestAFeedWithoutOneOfItsSourcesIsAnError(t *testing.T) {
	down := errors.New("down")
	got, err := activity.NewService(record{{ID: "1"}}, broken{down}).Recent(t.Context(), somebody, 8)
	if !errors.Is(err, down) || got != nil {
		t.Errorf("%v, %v", got, err)
	}
}
