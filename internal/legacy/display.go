package legacy

import (
	"cmp"
	"slices"
	"time"

	"github.com/sirenbase/sirenbase/internal/rtde"
)

// moveDisplay: the items of the display, and the walks along it. Of a walk that
// was completed we keep a record and no counts. An unfinished one is kept with
// its counts, expired or not: the clock tells that, and the clean-up takes it
// away in its time. A partner has one of them at most, the newest.
func (m *mover) moveDisplay() {
	sessions := &table{
		name: "rtde_sessions", from: displaySessionsTable.name, read: len(m.old.displaySessions), store: "store_id",
		columns: columnsOf(`id user_id started_by status started_at:instant expires_at:instant completed_at:instant
			items_counted:number items_pulled:number units_pulled:number duration_seconds:number`),
	}
	kept := m.unfinished()
	counts, pars := m.countsBySession(), m.displayPars()
	dropped := 0
	for _, s := range m.old.displaySessions {
		switch {
		case s.status == string(rtde.Completed):
			completedAt := firstOf(s.expiresAt, s.completedAt)
			r := fold(counts[s.id], pars)
			sessions.add(s.id, s.userID, s.userID, string(rtde.Completed), s.startedAt, s.expiresAt, completedAt,
				r.ItemsCounted, r.ItemsPulled, r.UnitsPulled, int(max(0, completedAt.Sub(s.startedAt))/time.Second))
		case kept[s.id]:
			sessions.add(s.id, s.userID, s.userID, string(rtde.InProgress), s.startedAt, s.expiresAt, nil, 0, 0, 0, 0)
		case s.status == string(rtde.InProgress), s.status == string(rtde.Expired):
			dropped++
		default:
			m.problem(sessions.from, s.id, "the status %q is none", s.status)
		}
	}
	if dropped > 0 {
		m.note("Unfinished sessions of the display left out, whose partners had begun others since: %d.", dropped)
	}
	m.moveDisplayItems(kept)
	m.add(sessions)
	m.moveDisplayCounts(kept)
}

// unfinished are the sessions that are kept as they are: of each partner the
// one in progress, or else the one that expired last.
func (m *mover) unfinished() map[string]bool {
	open := slices.DeleteFunc(slices.Clone(m.old.displaySessions), func(s oldDisplaySession) bool {
		return s.status != string(rtde.InProgress) && s.status != string(rtde.Expired)
	})
	slices.SortStableFunc(open, func(a, b oldDisplaySession) int {
		return cmp.Or(
			boolCompare(a.status == string(rtde.Expired), b.status == string(rtde.Expired)),
			b.startedAt.Compare(a.startedAt), cmp.Compare(b.id, a.id),
		)
	})
	kept, has := map[string]bool{}, map[string]bool{}
	for _, s := range open {
		if !has[s.userID] {
			has[s.userID], kept[s.id] = true, true
		}
	}
	return kept
}

func (m *mover) countsBySession() map[string][]oldDisplayCount {
	counts := map[string][]oldDisplayCount{}
	for _, c := range m.old.displayCounts {
		counts[c.sessionID] = append(counts[c.sessionID], c)
	}
	return counts
}

func (m *mover) displayPars() map[string]int {
	pars := map[string]int{}
	for _, i := range m.old.displayItems {
		pars[i.id] = i.parLevel
	}
	return pars
}

// fold makes the record of what is left of a completed session's counts. The
// old system deleted them, so there is mostly nothing.
func fold(counts []oldDisplayCount, pars map[string]int) (r rtde.Record) {
	for _, c := range counts {
		r.ItemsCounted++
		if c.isPulled {
			r.ItemsPulled++
			r.UnitsPulled += max(0, pars[c.itemID]-c.quantity)
		}
	}
	return r
}

// moveDisplayItems: an item that a session which is gone counted can only be
// hidden with us, as it could only be there.
func (m *mover) moveDisplayItems(kept map[string]bool) {
	items := &table{
		name: "rtde_items", from: displayItemsTable.name, read: len(m.old.displayItems), store: "store_id",
		columns: columnsOf(`id name brand image_filename icon par_level:number display_order:number active:truth
			was_used:truth created_at:instant updated_at:instant`),
	}
	used := map[string]bool{}
	for _, c := range m.old.displayCounts {
		used[c.itemID] = used[c.itemID] || !kept[c.sessionID]
	}
	for _, i := range m.old.displayItems {
		if i.parLevel < 1 || i.parLevel > maxCount {
			m.problem("rtde_items", i.id, "par_level is %d, and not between 1 and %d", i.parLevel, maxCount)
		}
		m.checkOrder("rtde_items", i.id, i.displayOrder)
		items.add(i.id, i.name, orNull(i.brand), orNull(i.imageFilename), orNull(i.icon), i.parLevel, i.displayOrder,
			i.active, used[i.id], i.createdAt, i.updatedAt)
	}
	m.add(items)
}

func (m *mover) moveDisplayCounts(kept map[string]bool) {
	counts := &table{
		name: "rtde_session_counts", from: displayCountsTable.name, read: len(m.old.displayCounts), store: "store_id",
		columns: columnsOf("session_id item_id counted_quantity:number is_pulled:truth updated_at:instant"),
	}
	for _, c := range m.old.displayCounts {
		if !kept[c.sessionID] {
			continue
		}
		m.checkCounts(counts.from, c.sessionID, map[string]*int{"counted_quantity": &c.quantity})
		counts.add(c.sessionID, c.itemID, c.quantity, c.isPulled, c.updatedAt)
	}
	m.add(counts)
}
