package app_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/client"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// The walks go through a whole day of each tool with the published Go client:
// what it is generated from, and what the server does, must be the same.

func TestTheClientWalksThroughEveryTool(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := walkIn(t, s, apptest.StaffNumber, apptest.StaffPIN)
		admin := walkIn(t, s, apptest.AdminNumber, apptest.AdminPIN)
		walkInventory(t, s, staff)
		walkDisplay(t, s, staff, admin)
		walkMilk(t, s, staff, admin)
		walkFeeds(t, staff, admin)
	})
}

func TestTheClientTellsWhyItWasRefused(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		stranger, err := client.New(s.URL)
		must(t, err)
		_, err = stranger.MeWithResponse(t.Context())
		refused(t, err, http.StatusUnauthorized, "Missing Authorization Header")
		_, err = stranger.Login(t.Context(), apptest.StaffNumber, "0000")
		refused(t, err, http.StatusUnauthorized, "Invalid credentials")

		staff := walkIn(t, s, apptest.StaffNumber, apptest.StaffPIN)
		_, err = staff.ListUsersWithResponse(t.Context(), nil)
		refused(t, err, http.StatusForbidden, "Admin access required")
		_, err = staff.AddItemWithResponse(t.Context(), client.TrackingNewItem{Name: "x", Category: "syrups"})
		fields := refused(t, err, http.StatusBadRequest, "").Fields
		if len(fields["name"]) != 1 || len(fields) != 1 {
			t.Errorf("messages by field: %v", fields)
		}
	})
}

// walkIn logs a partner in with a client of its own.
func walkIn(t *testing.T, s *apptest.Server, number, pin string) *client.Client {
	t.Helper()
	c, err := client.New(s.URL)
	must(t, err)
	session, err := c.Login(t.Context(), number, pin)
	must(t, err)
	me, err := c.MeWithResponse(t.Context())
	must(t, err)
	same(t, "who is logged in", me.JSON200.User, session.User)
	return c
}

func walkFeeds(t *testing.T, staff, admin *client.Client) {
	feed, err := staff.RecentActivityWithResponse(t.Context(), &client.RecentActivityParams{Limit: new(7)})
	must(t, err)
	var types []client.ActivityEntryType
	for _, entry := range feed.JSON200.Activities {
		types = append(types, entry.Type)
		same(t, "who did it", entry.UserName, apptest.StaffName)
	}
	same(t, "the feed, newest first", types, []client.ActivityEntryType{
		client.ActivityEntryTypeMilkCountCompleted, client.ActivityEntryTypeMilkCountMorning,
		client.ActivityEntryTypeMilkCountBOH, client.ActivityEntryTypeMilkCountFOH,
		client.ActivityEntryTypeRTDECompleted,
		client.ActivityEntryTypeInventoryAdd, client.ActivityEntryTypeInventoryRemove,
	})
	log, err := admin.AdminActivityWithResponse(t.Context(), &client.AdminActivityParams{Limit: new(2)})
	must(t, err)
	var changes []string
	for _, entry := range log.JSON200.Activities {
		changes = append(changes, entry.AdminName+" "+entry.Type)
	}
	same(t, "the record of the admins", changes, []string{
		apptest.AdminName + " milk_par_updated", apptest.AdminName + " rtde_item_created",
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused fails the test unless a call came back with this refusal.
func refused(t *testing.T, err error, status int, sentence string) client.Error {
	t.Helper()
	refusal, ok := errors.AsType[*client.Error](err)
	if !ok || refusal.Status != status || refusal.Sentence != sentence {
		t.Fatalf("got %v, want %d with %q", err, status, sentence)
	}
	if refusal.RequestID == "" {
		t.Errorf("%v: no request id", err)
	}
	return *refusal
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// saidAt fails the test unless an instant is told, and is that of the clock.
func saidAt(t *testing.T, what string, got *time.Time, s *apptest.Server) {
	t.Helper()
	if got == nil || !got.Equal(s.Clock.Now()) {
		t.Errorf("%s at %v, want %v", what, got, s.Clock.Now())
	}
}
