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
	a.Tag(tag, "The night shift counts the fridges, the morning shift what came; the server works out what to order.")
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
		Conditional: api.ByRevision, Besides: dayOfWork,
	}, h.today)
	api.Register(a, api.Op{
		ID: "start-milk-session", Method: http.MethodPost, Path: root + "/sessions/start", Tag: tag,
		Access: api.Partner, Summary: "Begin the session of the business date",
		Says: []string{"Session started"}, Status: http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Session already exists for today"},
		},
	}, h.start)
	api.Register(a, api.Op{
		ID: "get-milk-session", Method: http.MethodGet, Path: bySID, Tag: tag,
		Access: api.Partner, Summary: "A session and its entries, in the order of the shelf",
		Conditional: api.ByRevision,
		Refusals: api.Refusals{
			http.StatusNotFound: {"Session not found"},
		},
	}, h.session)
	api.Register(a, api.Op{
		ID: "milk-summary", Method: http.MethodGet, Path: bySID + "/summary", Tag: tag,
		Access: api.Partner, Summary: "What there is and what to order, as JSON or CSV", CSVOr: SummaryBody{},
		Refusals: api.Refusals{
			http.StatusNotFound: {"Session not found"},
		},
	}, h.summary)
	api.Register(a, api.Op{
		ID: "list-milk-sessions", Method: http.MethodGet, Path: root + "/history", Tag: tag,
		Access: api.Partner, Summary: "Sessions by date, newest first",
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Invalid status parameter"},
		},
	}, h.history)
	api.Register(a, api.Op{
		ID: "milk-usage", Method: http.MethodGet, Path: root + "/usage", Tag: tag,
		Access: api.Partner, Summary: "How much of each milk is used, and the par that would cover it",
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Invalid from parameter", "Invalid to parameter"},
		},
	}, h.usage)
}

func registerSteps(a *api.API, h handlers) {
	operation := func(id, path, summary, says string, refusals ...string) api.Op {
		return api.Op{
			ID: id, Method: http.MethodPut, Path: bySID + path, Tag: tag, Access: api.Partner, Summary: summary,
			Says: []string{says},
			Refusals: api.Refusals{
				http.StatusBadRequest: append(refusals, "Unknown milk type: {id}", "Duplicate milk type: {id}"),
				http.StatusNotFound:   {"Session not found"},
			},
		}
	}
	save := func(id, path, summary, says string, step Status) api.Op {
		return operation(id, path, summary, says, forms[step].refusals(step)...)
	}
	api.Register(a, save("save-milk-foh", "/night-foh", "Save the count of the front fridges",
		"FOH counts saved", NightFOH), h.saveFOH)
	api.Register(a, save("save-milk-boh", "/night-boh", "Save the count of the back fridges",
		"BOH counts saved - night count complete", NightBOH), h.saveBOH)
	api.Register(a, save("save-milk-morning", "/morning", "Save what was delivered",
		"Morning count saved - continue to on order", Morning), h.saveMorning)
	api.Register(a, save("save-milk-on-order", "/on-order", "Save what is already on order, and complete",
		"On order saved - session complete", OnOrder),
		h.saveOnOrder)
	api.Register(a, operation("save-milk-draft", "/draft", "Keep counts of the current step without saving the step",
		"Draft saved", draftRefusals()...), h.draft)
	api.Register(a, api.Op{
		ID: "reopen-milk-session", Method: http.MethodPost, Path: bySID + "/reopen", Tag: tag, Access: api.Partner,
		Summary: "Take a session back to a step that was saved",
		Says:    []string{"Session reopened"},
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Cannot reopen to {step} - session status is {status}"},
			http.StatusForbidden:  {onlyWhoSaved},
			http.StatusNotFound:   {"Session not found"},
		},
	}, h.reopen)
}

func registerCatalog(a *api.API, h handlers) {
	api.Register(a, api.Op{
		ID: "list-milk-types", Method: http.MethodGet, Path: root + "/milk-types", Tag: tag, Access: api.Partner,
		Summary: "The milks that are counted, in the order of the shelf", Conditional: api.ByRevision,
	}, h.milkTypes)
	api.Register(a, api.Op{
		ID: "list-all-milk-types", Method: http.MethodGet, Path: root + "/admin/milk-types", Tag: tag,
		Access: api.Admin, Summary: "The milks, hidden ones too if asked for",
	}, h.allMilkTypes)
	api.Register(a, api.Op{
		ID: "add-milk-type", Method: http.MethodPost, Path: root + "/admin/milk-types", Tag: tag,
		Access: api.Admin, Summary: "Add a milk",
		Says: []string{"Milk type created successfully"}, Status: http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusConflict: {"Milk type already exists"},
		},
	}, h.addMilkType)
	api.Register(a, api.Op{
		ID: "change-milk-type", Method: http.MethodPut, Path: root + "/admin/milk-types/{id}", Tag: tag,
		Access: api.Admin, Summary: "Rename, move, hide or show a milk",
		Says: []string{"Milk type updated successfully"},
		Refusals: api.Refusals{
			http.StatusNotFound: {"Milk type not found"},
			http.StatusConflict: {"Milk type already exists"},
		},
	}, h.changeMilkType)
	api.Register(a, api.Op{
		ID: "list-milk-pars", Method: http.MethodGet, Path: root + "/admin/par-levels", Tag: tag,
		Access: api.Admin, Summary: "The par of each milk",
	}, h.pars)
	api.Register(a, api.Op{
		ID: "set-milk-par", Method: http.MethodPut, Path: root + "/admin/par-levels/{milk_type_id}", Tag: tag,
		Access: api.Admin, Summary: "Change the par of a milk",
		Says: []string{"Par level updated successfully"},
		Refusals: api.Refusals{
			http.StatusNotFound: {"Milk type not found"},
		},
	}, h.setPar)
}

type handlers struct{ service *Service }
