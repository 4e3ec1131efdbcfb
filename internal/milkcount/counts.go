package milkcount

import (
	"fmt"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// Count is what a partner enters about one milk in one step. Only the values
// of that step count; nil clears.
type Count struct {
	MilkTypeID string  `json:"milk_type_id"`
	FOH        *int    `json:"foh_count,omitempty"`
	BOH        *int    `json:"boh_count,omitempty"`
	Method     *Method `json:"method,omitempty"`
	CurrentBOH *int    `json:"current_boh,omitempty"`
	Delivered  *int    `json:"delivered,omitempty"`
	OnOrder    *int    `json:"on_order,omitempty"`
}

// checkDuplicates refuses two counts of one milk.
func checkDuplicates(counts []Count) error {
	seen := make(map[string]bool, len(counts))
	for _, count := range counts {
		if seen[count.MilkTypeID] {
			return fault.New(fault.Invalid, "Duplicate milk type: %s", count.MilkTypeID)
		}
		seen[count.MilkTypeID] = true
	}
	return nil
}

// checkMorning reports what a morning count lacks. A draft may leave values
// open; a save may not.
func checkMorning(count Count, draft bool) error {
	if count.Method == nil {
		return nil // only drafts come here without one
	}
	switch *count.Method {
	case BOHCount:
		if count.CurrentBOH == nil && !draft {
			return fault.New(fault.Invalid, "current_boh required for boh_count method")
		}
	case DirectDelivered:
		if count.Delivered == nil && !draft {
			return fault.New(fault.Invalid, "delivered required for direct_delivered method")
		}
	default:
		return fault.New(fault.Invalid, "Invalid method: %s", *count.Method)
	}
	return nil
}

// describe is how the audit log calls a step of a session.
func (s Session) describe(step Status) string {
	return fmt.Sprintf("Session for %s: %s", s.Date, step)
}

func parDescription(milk MilkType) string { return fmt.Sprintf("%s: %d", milk.Name, milk.Par.Value) }

// entryDetails is what the audit log keeps of the counts, before a correction and after.
func entryDetails(entries []Entry) []Count {
	details := make([]Count, len(entries))
	for i, e := range entries {
		details[i] = Count{
			MilkTypeID: e.MilkTypeID, FOH: e.FOH, BOH: e.BOH, Method: e.Method,
			CurrentBOH: e.CurrentBOH, Delivered: e.Delivered(), OnOrder: e.OnOrder,
		}
	}
	return details
}
