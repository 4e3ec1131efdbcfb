package rtde

import (
	"net/http"

	"github.com/sirenbase/sirenbase/internal/api"
)

const (
	root = "/api/rtde"
	byID = root + "/sessions/{id}"
	tag  = "RTD&E"
)

// Register adds the operations of the tool.
func (s *Service) Register(a *api.API) {
	a.Tag(tag, "Ready to drink & eat: count the display against par, fetch what is missing, tick it off.")
	h := handlers{s}
	registerItems(a, h)
	registerSessions(a, h)
	registerWork(a, h)
}

func registerItems(a *api.API, h handlers) {
	const items = root + "/admin/items"
	api.Register(a, api.Op{
		ID: "list-rtde-items", Method: http.MethodGet, Path: items, Tag: tag, Access: api.Admin,
		Summary: "The items of the display, in its order", Conditional: api.ByRevision,
	}, h.listItems)
	api.Register(a, api.Op{
		ID: "add-rtde-item", Method: http.MethodPost, Path: items, Tag: tag, Access: api.Admin,
		Summary: "Add an item at the end of the order",
		Says:    []string{"Item created successfully"}, Status: http.StatusCreated,
	}, h.addItem)
	api.Register(a, api.Op{
		ID: "reorder-rtde-items", Method: http.MethodPut, Path: items + "/reorder", Tag: tag, Access: api.Admin,
		Summary: "Move items, all of them or none",
		Says:    []string{"Items reordered successfully"},
		Refusals: api.Refusals{
			http.StatusBadRequest: {"item_orders array required", "Each item must have id and display_order", "Duplicate item ID: {id}"},
			http.StatusNotFound:   {"Item ID not found"},
		},
	}, h.reorder)
	api.Register(a, api.Op{
		ID: "change-rtde-item", Method: http.MethodPut, Path: items + "/{id}", Tag: tag, Access: api.Admin,
		Summary: "Change an item",
		Says:    []string{"Item updated successfully"},
		Refusals: api.Refusals{
			http.StatusNotFound: {"Item not found"},
		},
	}, h.changeItem)
	api.Register(a, api.Op{
		ID: "delete-rtde-item", Method: http.MethodDelete, Path: items + "/{id}", Tag: tag, Access: api.Admin,
		Summary: "Delete an item, or hide it if it was ever counted or pulled",
		Says:    []string{"Item deleted permanently", "Item deactivated (has been used in sessions)"},
		Refusals: api.Refusals{
			http.StatusNotFound: {"Item not found"},
		},
	}, h.deleteItem)
}

func registerSessions(a *api.API, h handlers) {
	api.Register(a, api.Op{
		ID: "active-rtde-session", Method: http.MethodGet, Path: root + "/sessions/active", Tag: tag,
		Access: api.Partner, Summary: "My session that can be resumed, or null",
	}, h.active)
	api.Register(a, api.Op{
		ID: "list-rtde-sessions-in-progress", Method: http.MethodGet, Path: root + "/sessions/in-progress", Tag: tag,
		Access: api.Partner, Summary: "The sessions that partners of the store work on",
	}, h.inProgress)
	api.Register(a, api.Op{
		ID: "last-completed-rtde-session", Method: http.MethodGet, Path: root + "/sessions/last-completed", Tag: tag,
		Access: api.Partner, Summary: "When the display was last filled, and by whom",
	}, h.lastCompleted)
	api.Register(a, api.Op{
		ID: "start-rtde-session", Method: http.MethodPost, Path: root + "/sessions/start", Tag: tag,
		Access: api.Partner, Summary: "Begin a session (201), or go on with the one in progress (200)",
		Status: http.StatusCreated, Also: http.StatusOK, BodyOptional: true,
		Refusals: api.Refusals{
			http.StatusBadRequest: {"No active session to resume"},
		},
	}, h.start)
	api.Register(a, api.Op{
		ID: "get-rtde-session", Method: http.MethodGet, Path: byID, Tag: tag, Access: api.Partner,
		Summary: "My session with all items, in the order of the display",
		Refusals: api.Refusals{
			http.StatusForbidden: {"Unauthorized - not your session"},
			http.StatusNotFound:  {"Session not found"},
		},
	}, h.session)
	api.Register(a, api.Op{
		ID: "take-over-rtde-session", Method: http.MethodPost, Path: byID + "/take-over", Tag: tag,
		Access: api.Partner, Summary: "Go on with another partner's session",
		Refusals: api.Refusals{
			http.StatusNotFound: {"Session not found"},
			http.StatusConflict: {"Session is not in progress"},
		},
	}, h.takeOver)
	api.Register(a, api.Op{
		ID: "rtde-history", Method: http.MethodGet, Path: root + "/history", Tag: tag, Access: api.Partner,
		Summary: "Completed sessions, newest first",
	}, h.history)
}

func registerWork(a *api.API, h handlers) {
	work := func(id, method, path, summary, says string, refusals ...string) api.Op {
		op := api.Op{
			ID: id, Method: method, Path: byID + path, Tag: tag, Access: api.Partner, Summary: summary,
			Refusals: api.Refusals{
				http.StatusForbidden: {"Unauthorized - not your session"},
				http.StatusNotFound:  {"Session not found"},
			},
		}
		if method != http.MethodGet {
			op.Says = []string{says}
			op.Refusals[http.StatusConflict] = []string{"Session is already completed"}
		}
		if len(refusals) > 0 {
			op.Refusals[http.StatusBadRequest] = refusals
			op.Refusals[http.StatusNotFound] = []string{"Session not found", "Item not found"}
		}
		return op
	}
	api.Register(a, work("save-rtde-count", http.MethodPut, "/count", "Count one item", "Count updated successfully",
		"item_id and counted_quantity required", notACount), h.saveCount)
	api.Register(a, work("save-rtde-counts", http.MethodPut, "/counts", "Count several items, or none", "Counts updated successfully",
		"counts array required", notCounts, "Duplicate item: {id}"), h.saveCounts)
	api.Register(a, work("rtde-pull-list", http.MethodGet, "/pull-list", "What to fetch from the back", ""), h.pullList)
	api.Register(a, work("save-rtde-pull", http.MethodPut, "/pull", "Tick an item off, or take the tick back", "Pull status updated",
		"item_id and is_pulled required"), h.savePull)
	api.Register(a, work("complete-rtde-session", http.MethodPost, "/complete", "End the session",
		"RTD&E display restocking completed!"), h.complete)
}

type handlers struct{ service *Service }

// SessionPath names a session.
type SessionPath struct {
	ID string `path:"id"`
}

type messageAnswer struct{ Body api.Message }

func toMessage(err error, text string) (*messageAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &messageAnswer{api.Message{Message: text}}, nil
}
