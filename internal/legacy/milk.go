package legacy

import (
	"slices"
	"time"

	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// moveMilkTypes: the milks and their pars, in the place of those that a store
// begins with. Every milk has a par with us; one that had none gets 0. Places
// begin with 1.
func (m *mover) moveMilkTypes() {
	types := &table{
		name: "milk_types", from: m.old.milk + milkTypesTable.name, read: len(m.old.milkTypes), store: "store_id",
		replaces: true,
		columns: columnsOf(`id name name_key category display_order:number active:truth created_at:instant
			updated_at:instant`),
	}
	named := map[string]string{}
	shift := 0
	for _, t := range m.old.milkTypes {
		shift = max(shift, 1-t.displayOrder)
	}
	for _, t := range m.old.milkTypes {
		key := milkcount.NameKey(t.name)
		if other, taken := named[key]; taken {
			m.problem(types.from, t.id, "the name %q is the same as that of %s", t.name, other)
		}
		named[key] = t.id
		if !slices.Contains(milkCategories, t.category) {
			m.problem(types.from, t.id, "the category %q is neither dairy nor non_dairy", t.category)
		}
		m.checkOrder(types.from, t.id, t.displayOrder)
		types.add(t.id, t.name, key, t.category, t.displayOrder+shift, t.active, t.createdAt, t.updatedAt)
	}
	m.add(types)
	m.movePars()
}

var milkCategories = []string{"dairy", "non_dairy"}

func (m *mover) movePars() {
	pars := &table{
		name: "milk_par_levels", from: m.old.milk + parsTable.name, read: len(m.old.pars), store: "store_id",
		replaces: true,
		columns:  columnsOf("milk_type_id id par_value:number updated_at:instant updated_by"),
	}
	byType := map[string]oldPar{}
	for _, p := range m.old.pars {
		m.checkCounts(pars.from, p.id, map[string]*int{"par_value": &p.value})
		byType[p.milkTypeID] = p
		pars.add(p.milkTypeID, p.id, p.value, p.updatedAt, orNull(p.updatedBy))
	}
	for _, t := range m.old.milkTypes {
		if _, found := byType[t.id]; !found {
			pars.add(t.id, derivedID("par of milk", t.id), 0, t.createdAt, nil)
		}
	}
	m.add(pars)
}

// moveMilkSessions: the counts. Where we know more than the old system did, it
// is left open: who counted the back, who typed an entry.
func (m *mover) moveMilkSessions() {
	sessions := &table{
		name: "milk_sessions", from: m.old.milk + milkSessionsTable.name, read: len(m.old.milkSessions), store: "store_id",
		columns: columnsOf(`id session_date:date status
			night_foh_saved_at:instant night_foh_user_id night_boh_saved_at:instant night_boh_user_id
			morning_saved_at:instant morning_user_id on_order_saved_at:instant on_order_user_id
			completed_at:instant created_at:instant`),
	}
	completed := map[string]bool{}
	dates, storeDates := map[string]string{}, m.milkDates()
	for _, s := range m.old.milkSessions {
		if !slices.Contains(milkStatuses, milkcount.Status(s.status)) {
			m.problem(sessions.from, s.id, "the status %q is none", s.status)
		}
		if other, taken := dates[s.date]; taken {
			m.problem(sessions.from, s.id, "the date %s is also that of %s", s.date, other)
		}
		dates[s.date] = s.id
		completed[s.id] = s.status == string(milkcount.Completed)
		row := []any{s.id, storeDates[s.id], s.status}
		for _, step := range []struct {
			at *time.Time
			by *string
		}{
			{s.fohSavedAt, s.nightUser},
			{s.bohSavedAt, s.nightUser},
			{s.morningSavedAt, s.morningUser},
			{s.onOrderSavedAt, s.morningUser},
		} {
			if step.at == nil { // then nobody did it, whoever is named for the other step
				step.by = nil
			}
			row = append(row, orNull(step.at), orNull(step.by))
		}
		sessions.add(append(row, s.completion(), s.createdAt)...)
	}
	m.add(sessions)
	m.moveMilkEntries(completed)
}

var milkStatuses = []milkcount.Status{
	milkcount.NightFOH, milkcount.NightBOH, milkcount.Morning, milkcount.OnOrder, milkcount.Completed,
}

// completion is when a session was completed; nil if it was not.
func (s oldMilkSession) completion() any {
	if s.status != string(milkcount.Completed) {
		return nil
	}
	return firstOf(s.createdAt, s.completedAt, s.onOrderSavedAt, s.morningSavedAt, s.bohSavedAt, s.fohSavedAt)
}

// moveMilkEntries: what was counted. What was delivered is what was entered as
// that; where the back fridge was counted it is worked out from the counts, as
// it was. The old summaries went by the par of the day they were looked at, so
// those that are completed keep the par of today.
func (m *mover) moveMilkEntries(completed map[string]bool) {
	entries := &table{
		name: "milk_entries", from: m.old.milk + milkEntriesTable.name, read: len(m.old.milkEntries), store: "store_id",
		columns: columnsOf(`session_id milk_type_id id foh_count:number boh_count:number morning_method
			current_boh:number delivered:number on_order:number par_value:number updated_at:instant`),
	}
	pars := map[string]int{}
	for _, p := range m.old.pars {
		pars[p.milkTypeID] = p.value
	}
	for _, e := range m.old.milkEntries {
		delivered := e.delivered
		if e.method != nil {
			switch milkcount.Method(*e.method) {
			case milkcount.BOHCount:
				delivered = nil
			case milkcount.DirectDelivered:
			default:
				m.problem(entries.from, e.id, "the method %q is none", *e.method)
			}
		}
		m.checkCounts(entries.from, e.id, map[string]*int{
			"foh_count": e.foh, "boh_count": e.boh, "current_boh": e.currentBOH, "delivered": delivered, "on_order": e.onOrder,
		})
		var par any
		if completed[e.sessionID] {
			par = pars[e.milkTypeID]
		}
		entries.add(e.sessionID, e.milkTypeID, e.id, orNull(e.foh), orNull(e.boh), orNull(e.method), orNull(e.currentBOH),
			orNull(delivered), orNull(e.onOrder), par, e.updatedAt)
	}
	m.add(entries)
}
