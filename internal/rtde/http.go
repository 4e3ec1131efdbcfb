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
	h := handlers{s}
	registerItems(a, h)
	registerSessions(a, h)
	registerWork(a, h)
}

func registerItems(a *api.API, h handlers) {
	const items = root + "/admin/items"
	api.Register(a, api.Op{
		ID: "list-rtde-items", Method: http.MethodGet, Path: items, Tag: tag, Access: api.Admin,
		Summary: "The items of the display, in its order",
	}, h.listItems)
	api.Register(a, api.Op{
		ID: "add-rtde-item", Method: http.MethodPost, Path: items, Tag: tag, Access: api.Admin,
		Summary: "Add an item at the end of the order", Status: http.StatusCreated,
	}, h.addItem)
	api.Register(a, api.Op{
		ID: "reorder-rtde-items", Method: http.MethodPut, Path: items + "/reorder", Tag: tag, Access: api.Admin,
		Summary: "Move items, all of them or none", Errors: []int{http.StatusNotFound},
	}, h.reorder)
	api.Register(a, api.Op{
		ID: "change-rtde-item", Method: http.MethodPut, Path: items + "/{id}", Tag: tag, Access: api.Admin,
		Summary: "Change an item", Errors: []int{http.StatusNotFound},
	}, h.changeItem)
	api.Register(a, api.Op{
		ID: "delete-rtde-item", Method: http.MethodDelete, Path: items + "/{id}", Tag: tag, Access: api.Admin,
		Summary: "Delete an item, or hide it if it was ever counted or pulled", Errors: []int{http.StatusNotFound},
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
		Status: http.StatusCreated, BodyOptional: true,
	}, h.start)
	api.Register(a, api.Op{
		ID: "get-rtde-session", Method: http.MethodGet, Path: byID, Tag: tag, Access: api.Partner,
		Summary: "My session with all items, in the order of the display",
		Errors:  []int{http.StatusForbidden, http.StatusNotFound},
	}, h.session)
	api.Register(a, api.Op{
		ID: "take-over-rtde-session", Method: http.MethodPost, Path: byID + "/take-over", Tag: tag,
		Access: api.Partner, Summary: "Go on with another partner's session",
		Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, h.takeOver)
	api.Register(a, api.Op{
		ID: "rtde-history", Method: http.MethodGet, Path: root + "/history", Tag: tag, Access: api.Partner,
		Summary: "Completed sessions, newest first", Errors: []int{http.StatusBadRequest},
	}, h.history)
}

func registerWork(a *api.API, h handlers) {
	work := func(id, method, path, summary string) api.Op {
		return api.Op{
			ID: id, Method: method, Path: byID + path, Tag: tag, Access: api.Partner, Summary: summary,
			Errors: []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
		}
	}
	api.Register(a, work("save-rtde-count", http.MethodPut, "/count", "Count one item"), h.saveCount)
	api.Register(a, work("save-rtde-counts", http.MethodPut, "/counts", "Count several items, or none"), h.saveCounts)
	api.Register(a, work("rtde-pull-list", http.MethodGet, "/pull-list", "What to fetch from the back"), h.pullList)
	api.Register(a, work("save-rtde-pull", http.MethodPut, "/pull", "Tick an item off, or take the tick back"), h.savePull)
	api.Register(a, work("complete-rtde-session", http.MethodPost, "/complete", "End the session"), h.complete)
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
