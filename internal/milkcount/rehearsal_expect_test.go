package milkcount_test

import (
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/sirenbase/sirenbase/internal/milkcount"
)

func expectSession(t *rapid.T, s *sheet, got milkcount.Session) {
	t.Helper()
	want := milkcount.Session{
		ID: s.id, Date: milkcount.Date(s.date), Status: milkcount.Status(ledgerWords[s.step]), CreatedAt: s.begun,
		Saves: map[milkcount.Status]milkcount.Save{}, Reopened: s.corrected, CompletedAt: s.done,
	}
	for step, save := range s.signed {
		if save != nil {
			want.Saves[milkcount.Status(ledgerWords[step])] = *save
		}
	}
	// When the server heard of it is none of the ledger's business.
	if diff := gocmp.Diff(want, got, cmpopts.IgnoreFields(milkcount.Session{}, "ReceivedAt")); diff != "" {
		t.Fatalf("the session differs (-want +got):\n%s", diff)
	}
}

// visible is what can be seen of an entry.
type visible struct {
	Session, Milk, Name                      string
	FOH, BOH, CurrentBOH, Delivered, OnOrder *int
	Method                                   string
	Par                                      int
	Updated                                  time.Time
	By                                       *string
}

func (r *rehearsal) expectEntries(t *rapid.T, s *sheet, entries []milkcount.Entry) {
	t.Helper()
	var got, want []visible
	ids := map[string]bool{}
	for _, e := range entries {
		v := visible{
			Session: e.SessionID, Milk: e.MilkTypeID, Name: e.MilkTypeName,
			FOH: e.FOH, BOH: e.BOH, CurrentBOH: e.CurrentBOH, Delivered: e.Delivered(), OnOrder: e.OnOrder,
			Par: e.Par, Updated: e.UpdatedAt, By: e.UpdatedByName,
		}
		if e.Method != nil {
			v.Method = string(*e.Method)
		}
		got, ids[e.ID] = append(got, v), true
	}
	for _, milk := range r.countedOn(s) {
		on := s.lines[milk.id]
		v := visible{
			Session: s.id, Milk: milk.id, Name: milk.name,
			FOH: on.front, BOH: on.back, Method: on.method, CurrentBOH: on.current, Delivered: on.delivered(), OnOrder: on.coming,
			Par: parOn(on, milk), Updated: on.written, By: on.by,
		}
		want = append(want, v)
	}
	if diff := gocmp.Diff(want, got); diff != "" || len(ids) != len(entries) {
		t.Fatalf("the entries of %s differ, with %d ids (-want +got):\n%s", s.date, len(ids), diff)
	}
}

func (r *rehearsal) countedOn(s *sheet) []*ledgerMilk {
	return r.shelf(func(m *ledgerMilk) bool { return s.lines[m.id] != nil })
}

// parOn is the par of the time when the sheet was done, or today's.
func parOn(on *line, milk *ledgerMilk) int {
	if on.par != nil {
		return *on.par
	}
	return milk.par
}

func (r *rehearsal) expectSummary(t *rapid.T, s *sheet, entries []milkcount.Entry) {
	t.Helper()
	var want []milkcount.Row
	var sums milkcount.Totals
	for _, milk := range r.countedOn(s) {
		on := s.lines[milk.id]
		row := milkcount.Row{
			MilkType: milk.name, Category: milkcount.Dairy, FOH: number(on.front), BOH: number(on.back),
			Delivered: number(on.delivered()), OnOrder: number(on.coming), Par: parOn(on, milk),
		}
		row.Total = row.FOH + row.BOH + row.Delivered
		if missing := row.Par - row.Total - row.OnOrder; missing > 0 {
			row.Order = missing
		}
		if on.method == "boh_count" && on.current != nil && *on.current < row.BOH {
			row.UsedOvernight = row.BOH - *on.current
		}
		want = append(want, row)
		sums.FOH, sums.BOH, sums.Delivered = sums.FOH+row.FOH, sums.BOH+row.BOH, sums.Delivered+row.Delivered
		sums.OnOrder, sums.Inventory, sums.Order = sums.OnOrder+row.OnOrder, sums.Inventory+row.Total, sums.Order+row.Order
	}
	rows, totals := milkcount.Summarize(entries)
	if diff := gocmp.Diff(want, rows, cmpopts.EquateEmpty()) + gocmp.Diff(sums, totals); diff != "" {
		t.Fatalf("the summary of %s differs (-want +got):\n%s", s.date, diff)
	}
}
