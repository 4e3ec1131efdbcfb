package app_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/client"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// walkDisplay finds 2 wraps of 6 and all salads, fetches the 4 wraps, and is
// done.
func walkDisplay(t *testing.T, s *apptest.Server, staff, admin *client.Client) {
	ctx := t.Context()
	wrap := addToDisplay(t, s, admin, client.RTDENewItem{Name: "Turkey Wrap", ParLevel: 6, Icon: new("🌯")})
	salad := addToDisplay(t, s, admin, client.RTDENewItem{Name: "Green Salad", ParLevel: 3, Brand: new("House")})

	started, err := staff.StartRTDESessionWithResponse(ctx, client.RTDEStart{})
	must(t, err)
	id := started.JSON201.SessionID
	_, err = staff.StartRTDESessionWithResponse(ctx, client.RTDEStart{Action: new("resume")})
	must(t, err)
	_, err = admin.SaveRTDECountWithResponse(ctx, id, client.RTDECount{ItemID: wrap.ID})
	refused(t, err, http.StatusForbidden, "Unauthorized - not your session")

	one, err := staff.SaveRTDECountWithResponse(ctx, id, client.RTDECount{ItemID: wrap.ID, CountedQuantity: 2})
	must(t, err)
	same(t, "what was counted", one.JSON200.CountedQuantity, 2)
	rest, err := staff.SaveRTDECountsWithResponse(ctx, id, client.RTDECounts{
		Counts: []client.RTDECount{{ItemID: salad.ID, CountedQuantity: 3}},
	})
	must(t, err)
	same(t, "how many at once", rest.JSON200.Count, 1)
	active, err := staff.ActiveRTDESessionWithResponse(ctx)
	must(t, err)
	same(t, "counted so far", active.JSON200.Session.ItemsCounted, 2)

	fetchAndFinish(t, s, staff, id, wrap)
}

func addToDisplay(t *testing.T, s *apptest.Server, admin *client.Client, item client.RTDENewItem) client.RTDEItem {
	t.Helper()
	s.Clock.Advance(time.Second)
	added, err := admin.AddRTDEItemWithResponse(t.Context(), item)
	must(t, err)
	same(t, "the icon", added.JSON201.Item.Icon, item.Icon)
	same(t, "the brand", added.JSON201.Item.Brand, item.Brand)
	return added.JSON201.Item
}

func fetchAndFinish(t *testing.T, s *apptest.Server, staff *client.Client, id string, wrap client.RTDEItem) {
	ctx := t.Context()
	list, err := staff.RTDEPullListWithResponse(ctx, id, nil)
	must(t, err)
	line := client.RTDEPullLine{ItemID: wrap.ID, Name: wrap.Name, Icon: wrap.Icon, NeedQuantity: 4}
	same(t, "what to fetch", list.JSON200.PullList, []client.RTDEPullLine{line})
	_, err = staff.SaveRTDEPullWithResponse(ctx, id, client.RTDEPull{ItemID: wrap.ID, IsPulled: true})
	must(t, err)
	list, err = staff.RTDEPullListWithResponse(ctx, id, &client.RTDEPullListParams{CountedOnly: new(true)})
	must(t, err)
	line.IsPulled = true
	same(t, "what was fetched", list.JSON200.PullList, []client.RTDEPullLine{line})

	s.Clock.Advance(12 * time.Minute)
	_, err = staff.CompleteRTDESessionWithResponse(ctx, id)
	must(t, err)
	none, err := staff.ActiveRTDESessionWithResponse(ctx)
	must(t, err)
	if none.JSON200.Session != nil {
		t.Errorf("there is still a session: %v", none.JSON200.Session)
	}
	last, err := staff.LastCompletedRTDESessionWithResponse(ctx)
	must(t, err)
	saidAt(t, "last completed", last.JSON200.LastCompletedAt, s)
	history, err := staff.RTDEHistoryWithResponse(ctx, nil)
	must(t, err)
	record := history.JSON200.Sessions[0]
	same(t, "the record", []int{history.JSON200.Total, record.ItemsCounted, record.ItemsPulled, record.UnitsPulled, record.DurationSeconds},
		[]int{1, 2, 1, 4, 12 * 60})
}
