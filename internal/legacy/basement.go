package legacy

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/tracking"
)

var codeForm = regexp.MustCompile(`^[0-9]{4}$`)

// moveItems: the things in the basement, and the codes that they have or gave
// back. A code that the old system never gave out again is free with us once
// its item is removed.
func (m *mover) moveItems() {
	items := &table{
		name: "tracking_items", from: itemsTable.name, read: len(m.old.items), store: "store_id",
		columns: columnsOf(`id name name_key category code added_by added_at:instant is_removed:truth removed_at:instant
			removed_by`),
	}
	holders := map[string]string{}
	freed := map[string]time.Time{}
	for _, i := range m.old.items {
		if !codeForm.MatchString(i.code) {
			m.problem("tracking_items", i.id, "the code %q is not four digits", i.code)
		}
		var removedAt, removedBy any
		if i.isRemoved {
			at := firstOf(i.addedAt, i.removedAt)
			removedAt, removedBy = at, orNull(i.removedBy)
			if at.After(freed[i.code]) {
				freed[i.code] = at
			}
		} else {
			if other, taken := holders[i.code]; taken {
				m.problem("tracking_items", i.id, "the code %s is also that of %s, and neither is removed", i.code, other)
			}
			holders[i.code] = i.id
		}
		items.add(i.id, i.name, tracking.NameKey(i.name), i.category, i.code, i.addedBy, i.addedAt, i.isRemoved,
			removedAt, removedBy)
	}
	m.add(items)
	m.add(codesTable(holders, freed))
}

// codesTable is what the store's codes must be afterwards.
func codesTable(holders map[string]string, freed map[string]time.Time) *table {
	codes := &table{
		name: "tracking_codes", store: "store_id", follows: true,
		columns: columnsOf("code in_use:truth freed_at:instant"),
	}
	for n := range 10_000 {
		code := fmt.Sprintf("%04d", n)
		_, inUse := holders[code]
		var freedAt any
		if at, was := freed[code]; was {
			freedAt = at
		}
		codes.add(code, inUse, freedAt)
	}
	return codes
}

// moveHistory: every line as it is.
func (m *mover) moveHistory() {
	history := &table{
		name: "tracking_history", from: historyTable.name, read: len(m.old.history), store: "store_id",
		columns: columnsOf("id action item_name item_code user_id timestamp:instant notes"),
	}
	for _, e := range m.old.history {
		action := tracking.Action(strings.ToUpper(e.action))
		if action != tracking.Added && action != tracking.Removed {
			m.problem("tracking_history", e.id, "the action %q is neither ADD nor REMOVE", e.action)
		}
		history.add(e.id, string(action), e.itemName, e.itemCode, e.userID, e.at, orNull(e.notes))
	}
	m.add(history)
}

// moveSuggestions: the names that are offered, in the place of those that a
// store begins with.
func (m *mover) moveSuggestions() {
	templates := &table{
		name: "tracking_name_templates", from: suggestionsTable.name, read: len(m.old.suggestions), store: "store_id",
		replaces: true,
		columns:  columnsOf("id name name_key category created_at:instant updated_at:instant"),
	}
	for _, s := range m.old.suggestions {
		templates.add(s.id, s.name, tracking.NameKey(s.name), s.category, s.createdAt, s.updatedAt)
	}
	m.add(templates)
}
