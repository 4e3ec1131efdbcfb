package app_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/client"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// walkMilk counts 5 in front and 8 in the back of every milk, gets 4, has 1 on
// order, and wants 20 of the first.
func walkMilk(t *testing.T, s *apptest.Server, staff, admin *client.Client) {
	ctx := t.Context()
	types, err := staff.ListMilkTypesWithResponse(ctx, nil)
	must(t, err)
	milks := types.JSON200.MilkTypes
	s.Clock.Advance(time.Second)
	par, err := admin.SetMilkParWithResponse(ctx, milks[0].ID, client.MilkcountSetPar{ParValue: 20})
	must(t, err)
	same(t, "the new par", par.JSON200.ParLevel.ParValue, 20)

	none, err := staff.TodaysMilkSessionWithResponse(ctx, nil)
	must(t, err)
	if none.JSON200.Session != nil {
		t.Fatalf("somebody counted already: %v", none.JSON200.Session)
	}
	s.Clock.Set(time.Date(2026, time.March, 5, 6, 0, 0, 0, time.UTC)) // ten at night in the store
	started, err := staff.StartMilkSessionWithResponse(ctx)
	must(t, err)
	session := started.JSON201.Session
	same(t, "the business date", session.Date.String(), "2026-03-04")
	same(t, "the first step", session.Status, client.MilkcountSessionStatusNightFOH)
	_, err = staff.StartMilkSessionWithResponse(ctx)
	if _, ok := refused(t, err, http.StatusBadRequest, "Session already exists for today").Details["session"]; !ok {
		t.Error("the refusal does not tell of the session that there is")
	}
	countMilk(t, s, staff, session.ID, milks)
	checkMilk(t, staff, session.ID, len(milks))
}

func countMilk(t *testing.T, s *apptest.Server, staff *client.Client, id string, milks []client.MilkcountMilkType) {
	ctx := t.Context()
	var foh client.MilkcountFOH
	var boh client.MilkcountBOH
	var morning client.MilkcountMorning
	var onOrder client.MilkcountOnOrder
	for _, milk := range milks {
		foh.Counts = append(foh.Counts, client.MilkcountFOHCount{MilkTypeID: milk.ID, FOHCount: 5})
		boh.Counts = append(boh.Counts, client.MilkcountBOHCount{MilkTypeID: milk.ID, BOHCount: 8})
		morning.Counts = append(morning.Counts, client.MilkcountMorningCount{
			MilkTypeID: milk.ID, Method: "boh_count", CurrentBOH: new(12),
		})
		onOrder.OnOrders = append(onOrder.OnOrders, client.MilkcountOnOrderCount{MilkTypeID: milk.ID, OnOrder: 1})
	}

	front, err := staff.SaveMilkFOHWithResponse(ctx, id, foh)
	must(t, err)
	saidAt(t, "the front counted", front.JSON200.Session.NightFOHSavedAt, s)
	_, err = staff.SaveMilkFOHWithResponse(ctx, id, foh)
	refused(t, err, http.StatusBadRequest, "Cannot save FOH - session status is night_boh")
	s.Clock.Advance(10 * time.Minute)
	back, err := staff.SaveMilkBOHWithResponse(ctx, id, boh)
	must(t, err)
	saidAt(t, "the back counted", back.JSON200.Session.NightBOHSavedAt, s)

	s.Clock.Advance(7 * time.Hour) // the next morning, still that session
	today, err := staff.TodaysMilkSessionWithResponse(ctx, nil)
	must(t, err)
	same(t, "today's session in the morning", *today.JSON200.Session, back.JSON200.Session)
	delivered, err := staff.SaveMilkMorningWithResponse(ctx, id, morning)
	must(t, err)
	same(t, "the step after the morning", delivered.JSON200.Session.Status, client.MilkcountSessionStatusOnOrder)
	s.Clock.Advance(10 * time.Minute)
	done, err := staff.SaveMilkOnOrderWithResponse(ctx, id, onOrder)
	must(t, err)
	same(t, "the last step", done.JSON200.Session.Status, client.MilkcountSessionStatusCompleted)
	saidAt(t, "completed", done.JSON200.Session.CompletedAt, s)
}

func checkMilk(t *testing.T, staff *client.Client, id string, milks int) {
	summary, err := staff.MilkSummaryWithResponse(t.Context(), id)
	must(t, err)
	same(t, "how many milks", len(summary.JSON200.Summary), milks)
	first := summary.JSON200.Summary[0]
	first.MilkType, first.Category = "", ""
	same(t, "the first milk", first, client.MilkcountSummaryRow{
		FOH: 5, BOH: 8, Delivered: 4, OnOrder: 1, Total: 17, Par: 20, Order: 2,
	})
	same(t, "the total in front", summary.JSON200.Totals.TotalFOH, 5*milks)

	entries, err := staff.GetMilkSessionWithResponse(t.Context(), id, nil)
	must(t, err)
	same(t, "delivered, of the count in the back", entries.JSON200.Entries[0].Delivered, new(4))
	history, err := staff.ListMilkSessionsWithResponse(t.Context(), &client.ListMilkSessionsParams{
		Status: new(client.ListMilkSessionsParamsStatusCompleted),
	})
	must(t, err)
	same(t, "the completed sessions", history.JSON200.Sessions, []client.MilkcountSession{summary.JSON200.Session})
}
