package app_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/client"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func walkInventory(t *testing.T, s *apptest.Server, staff *client.Client) {
	ctx := t.Context()
	drawn, err := staff.AddItemWithResponse(ctx, client.TrackingNewItem{Name: "Vanilla Syrup", Category: "syrups"})
	must(t, err)
	syrup := drawn.JSON201.Item
	saidAt(t, "added", &syrup.AddedAt, s)
	s.Clock.Advance(time.Minute)
	written, err := staff.AddItemWithResponse(ctx, client.TrackingNewItem{Name: "Oat Cups", Category: "cups", Code: new("9021")})
	must(t, err)
	cups := written.JSON201.Item
	same(t, "the code that was written on it", cups.Code, "9021")
	_, err = staff.AddItemWithResponse(ctx, client.TrackingNewItem{Name: "Tea Cups", Category: "cups", Code: new("9021")})
	fields := refused(t, err, http.StatusBadRequest, "").Fields
	same(t, "why not", fields, map[string][]string{"code": {"Code already in use"}})

	listItems(t, staff, syrup, cups)
	searchNames(t, staff)

	s.Clock.Advance(time.Minute)
	removed, err := staff.RemoveItemWithResponse(ctx, cups.Code)
	must(t, err)
	saidAt(t, "removed", removed.JSON200.Item.RemovedAt, s)
	same(t, "removed by", *removed.JSON200.Item.RemovedByName, apptest.StaffName)
	_, err = staff.RemoveItemWithResponse(ctx, cups.Code)
	refused(t, err, http.StatusBadRequest, "Item already removed")

	s.Clock.Advance(time.Minute)
	restored, err := staff.RestoreItemWithResponse(ctx, cups.Code)
	must(t, err)
	same(t, "restored", restored.JSON200.Item, cups)
	readHistory(t, staff, cups.Code)
}

func listItems(t *testing.T, staff *client.Client, syrup, cups client.TrackingItem) {
	found, err := staff.ListItemsWithResponse(t.Context(), &client.ListItemsParams{Q: new("OAT")})
	must(t, err)
	same(t, "what has oat in it", found.JSON200.Items, []client.TrackingItem{cups})

	page, err := staff.ListItemsWithResponse(t.Context(), &client.ListItemsParams{Limit: new(1)})
	must(t, err)
	rest, err := staff.ListItemsWithResponse(t.Context(), &client.ListItemsParams{
		Limit: new(1), Cursor: page.JSON200.NextCursor,
	})
	must(t, err)
	same(t, "both pages", append(page.JSON200.Items, rest.JSON200.Items...), []client.TrackingItem{cups, syrup})
	if rest.JSON200.NextCursor != nil {
		t.Errorf("there is a third page: %s", *rest.JSON200.NextCursor)
	}

	again, err := staff.ListItemsWithResponse(t.Context(), &client.ListItemsParams{
		Q: new("OAT"), IfNoneMatch: found.Headers200.ETag,
	})
	must(t, err)
	same(t, "asked again", again.StatusCode(), http.StatusNotModified)
}

func searchNames(t *testing.T, staff *client.Client) {
	names, err := staff.SearchNamesWithResponse(t.Context(), &client.SearchNamesParams{
		Q: new("oat c"), Category: "cups", Limit: new(2),
	})
	must(t, err)
	same(t, "names for the next one", names.JSON200.Suggestions, []client.TrackingSuggestion{
		{Name: "Oat Cups", Source: client.TrackingSuggestionSourceExisting, Code: new("9021")},
	})
}

func readHistory(t *testing.T, staff *client.Client, code string) {
	history, err := staff.ListHistoryWithResponse(t.Context(), &client.ListHistoryParams{Code: &code})
	must(t, err)
	var actions []client.TrackingHistoryAction
	for _, entry := range history.JSON200.History {
		actions = append(actions, entry.Action)
		same(t, "the item", entry.ItemName, "Oat Cups")
	}
	same(t, "what happened to the code, newest first", actions, []client.TrackingHistoryAction{
		client.TrackingHistoryActionRESTORE, client.TrackingHistoryActionREMOVE, client.TrackingHistoryActionADD,
	})
	story, err := staff.GetItemWithResponse(t.Context(), code)
	must(t, err)
	same(t, "the story of the code", story.JSON200.History, history.JSON200.History)
}
