package milkcount

import (
	"net/http"

	"github.com/sirenbase/sirenbase/internal/api"
)

const (
	root  = "/api/milk-count"
	bySID = root + "/sessions/{id}"
)

// Register adds the operations of the tool.
func (s *Service) Register(a *api.API) {
	h := handlers{s}
	registerSessions(a, h)
	registerSteps(a, h)
	registerCatalog(a, h)
}

const tag = "Milk count"

func registerSessions(a *api.API, h handlers) {
	api.Register(a, api.Op{
		ID: "todays-milk-session", Method: http.MethodGet, Path: root + "/sessions/today", Tag: tag,
		Access: api.Partner, Summary: "The session to work on now, or null",
	}, h.today)
	api.Register(a, api.Op{
		ID: "start-milk-session", Method: http.MethodPost, Path: root + "/sessions/start", Tag: tag,
		Access: api.Partner, Summary: "Begin the session of the business date", Status: http.StatusCreated,
		Errors: []int{http.StatusBadRequest},
	}, h.start)
	api.Register(a, api.Op{
		ID: "get-milk-session", Method: http.MethodGet, Path: bySID, Tag: tag,
		Access: api.Partner, Summary: "A session and its entries, in the order of the shelf",
		Errors: []int{http.StatusNotFound},
	}, h.session)
	api.Register(a, api.Op{
		ID: "milk-summary", Method: http.MethodGet, Path: bySID + "/summary", Tag: tag,
		Access: api.Partner, Summary: "What there is and what to order, as JSON or CSV",
		Errors: []int{http.StatusNotFound}, CSVOr: SummaryBody{},
	}, h.summary)
	api.Register(a, api.Op{
		ID: "list-milk-sessions", Method: http.MethodGet, Path: root + "/history", Tag: tag,
		Access: api.Partner, Summary: "Sessions by date, newest first",
		Errors: []int{http.StatusBadRequest},
	}, h.history)
	api.Register(a, api.Op{
		ID: "milk-usage", Method: http.MethodGet, Path: root + "/usage", Tag: tag,
		Access: api.Partner, Summary: "How much of each milk is used, and the par that would cover it",
		Errors: []int{http.StatusBadRequest},
	}, h.usage)
}

func registerSteps(a *api.API, h handlers) {
	step := func(id, path, summary string) api.Op {
		return api.Op{
			ID: id, Method: http.MethodPut, Path: bySID + path, Tag: tag, Access: api.Partner, Summary: summary,
			Errors: []int{http.StatusNotFound},
		}
	}
	api.Register(a, step("save-milk-foh", "/night-foh", "Save the count of the front fridges"), h.saveFOH)
	api.Register(a, step("save-milk-boh", "/night-boh", "Save the count of the back fridges"), h.saveBOH)
	api.Register(a, step("save-milk-morning", "/morning", "Save what was delivered"), h.saveMorning)
	api.Register(a, step("save-milk-on-order", "/on-order", "Save what is already on order, and complete"), h.saveOnOrder)
	api.Register(a, step("save-milk-draft", "/draft", "Keep counts of the current step without saving the step"), h.draft)
	api.Register(a, api.Op{
		ID: "reopen-milk-session", Method: http.MethodPost, Path: bySID + "/reopen", Tag: tag, Access: api.Partner,
		Summary: "Take a session back to a step that was saved",
		Errors:  []int{http.StatusForbidden, http.StatusNotFound},
	}, h.reopen)
}

func registerCatalog(a *api.API, h handlers) {
	api.Register(a, api.Op{
		ID: "list-milk-types", Method: http.MethodGet, Path: root + "/milk-types", Tag: tag, Access: api.Partner,
		Summary: "The milks that are counted, in the order of the shelf",
	}, h.milkTypes)
	api.Register(a, api.Op{
		ID: "list-all-milk-types", Method: http.MethodGet, Path: root + "/admin/milk-types", Tag: tag,
		Access: api.Admin, Summary: "The milks, hidden ones too if asked for",
	}, h.allMilkTypes)
	api.Register(a, api.Op{
		ID: "add-milk-type", Method: http.MethodPost, Path: root + "/admin/milk-types", Tag: tag,
		Access: api.Admin, Summary: "Add a milk", Status: http.StatusCreated,
		Errors: []int{http.StatusConflict},
	}, h.addMilkType)
	api.Register(a, api.Op{
		ID: "change-milk-type", Method: http.MethodPut, Path: root + "/admin/milk-types/{id}", Tag: tag,
		Access: api.Admin, Summary: "Rename, move, hide or show a milk",
		Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, h.changeMilkType)
	api.Register(a, api.Op{
		ID: "list-milk-pars", Method: http.MethodGet, Path: root + "/admin/par-levels", Tag: tag,
		Access: api.Admin, Summary: "The par of each milk",
	}, h.pars)
	api.Register(a, api.Op{
		ID: "set-milk-par", Method: http.MethodPut, Path: root + "/admin/par-levels/{milk_type_id}", Tag: tag,
		Access: api.Admin, Summary: "Change the par of a milk",
		Errors: []int{http.StatusNotFound},
	}, h.setPar)
}

type handlers struct{ service *Service }
