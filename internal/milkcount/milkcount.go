// Package milkcount is Tool 2: how much milk there is, and how much to order.
//
// There is one session for each store and business date, shared by all
// partners. The night shift counts the front (FOH) and the back (BOH) fridges;
// the next morning's shift counts what came, and says what is already on
// order; then the server works out what to order against par:
//
//	night_foh → night_boh → morning → on_order → completed
//
// No step can be skipped or done twice, but a saved step can be reopened. What
// is typed before a step is saved is kept as a draft, in the same entries.
package milkcount

import "time"

// Status is the step that a session waits for.
type Status string

// The steps, in their order.
const (
	NightFOH  Status = "night_foh"
	NightBOH  Status = "night_boh"
	Morning   Status = "morning"
	OnOrder   Status = "on_order"
	Completed Status = "completed"
)

var statuses = []Status{NightFOH, NightBOH, Morning, OnOrder, Completed}

// index is the place of a status in the order, or -1 for a word that is none.
func (s Status) index() int {
	for i, status := range statuses {
		if s == status {
			return i
		}
	}
	return -1
}

// next is the status once the step is saved.
func (s Status) next() Status { return statuses[s.index()+1] }

// stepNames are how the messages call a step.
var stepNames = map[Status]string{NightFOH: "FOH", NightBOH: "BOH", Morning: "morning count", OnOrder: "on order"}

// Session is the count of one business date.
type Session struct {
	ID        string
	Date      Date
	Status    Status
	CreatedAt time.Time
	// ReceivedAt is when the server last heard of a start or a save.
	ReceivedAt time.Time
	Saves      map[Status]Save // of the steps that are saved
	// Reopened: a step was opened again, so what is saved from now on is a
	// correction and goes to the audit log.
	Reopened    bool
	CompletedAt *time.Time
}

// Save is who saved a step, and when.
type Save struct {
	At       time.Time
	UserID   string
	UserName string
}

// Method is how the morning shift counts what was delivered.
type Method string

// The methods of the morning count.
const (
	// BOHCount: what is in the back now, less what was there at night.
	BOHCount Method = "boh_count"
	// DirectDelivered: the delivery itself.
	DirectDelivered Method = "direct_delivered"
)

// Entry is what was counted of one milk. A count is nil until it is entered.
type Entry struct {
	ID            string
	SessionID     string
	MilkTypeID    string
	MilkTypeName  string
	Category      string
	FOH           *int
	BOH           *int
	Method        *Method
	CurrentBOH    *int
	direct        *int // delivered, where it was entered itself
	OnOrder       *int
	Par           int // of the time of completion, or today's
	UpdatedAt     time.Time
	UpdatedByName *string
}

// Delivered is what came: as it was entered, or what the back fridge has more
// than at night.
func (e Entry) Delivered() *int {
	if e.Method == nil || *e.Method == DirectDelivered {
		return e.direct
	}
	if e.CurrentBOH == nil {
		return nil
	}
	delivered := max(0, *e.CurrentBOH-or0(e.BOH))
	return &delivered
}

// usedOvernight is milk that left the back fridge between the night's count
// and the morning's, which Delivered alone would hide.
func (e Entry) usedOvernight() int {
	if e.Method == nil || *e.Method != BOHCount || e.CurrentBOH == nil {
		return 0
	}
	return max(0, or0(e.BOH)-*e.CurrentBOH)
}

// total is what the store has.
func (e Entry) total() int { return or0(e.FOH) + or0(e.BOH) + or0(e.Delivered()) }

// Row is one milk in a summary.
type Row struct {
	MilkType      string
	Category      string
	FOH           int
	BOH           int
	Delivered     int
	OnOrder       int
	Total         int
	Par           int
	Order         int
	UsedOvernight int
}

// Totals are the sums of a summary.
type Totals struct {
	FOH, BOH, Delivered, OnOrder, Inventory, Order int
}

// Summarize works out what to order: what is missing to par, after what there
// is and what is already on order.
func Summarize(entries []Entry) ([]Row, Totals) {
	rows := make([]Row, len(entries))
	var totals Totals
	for i, e := range entries {
		row := Row{
			MilkType: e.MilkTypeName, Category: e.Category,
			FOH: or0(e.FOH), BOH: or0(e.BOH), Delivered: or0(e.Delivered()), OnOrder: or0(e.OnOrder),
			Total: e.total(), Par: e.Par, UsedOvernight: e.usedOvernight(),
		}
		row.Order = max(0, row.Par-row.Total-row.OnOrder)
		rows[i] = row
		totals.FOH += row.FOH
		totals.BOH += row.BOH
		totals.Delivered += row.Delivered
		totals.OnOrder += row.OnOrder
		totals.Inventory += row.Total
		totals.Order += row.Order
	}
	return rows, totals
}

func or0(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// reopenWindow is how long whoever saved a step may take it back.
const reopenWindow = 30 * time.Minute

// ownReopen says whether this partner may reopen a step as the one who saved
// it: while nobody has saved the next one, and for half an hour.
func (s Session) ownReopen(to Status, userID string, now time.Time) bool {
	save, saved := s.Saves[to]
	return saved && s.Status == to.next() && save.UserID == userID && now.Sub(save.At) <= reopenWindow
}
