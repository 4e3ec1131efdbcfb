package tracking

import (
	"net/http"

	"github.com/sirenbase/sirenbase/internal/api"
)

// Register adds the operations of the tool.
func (s *Service) Register(a *api.API) {
	const tag = "Inventory"
	a.Tag(tag, "Every thing in the basement has a four-digit code written on it; add it, find it, remove it by code.")
	h := handlers{s}
	api.Register(a, api.Op{
		ID: "list-items", Method: http.MethodGet, Path: "/api/tracking/items", Tag: tag, Access: api.Partner,
		Summary: "List items, newest first", Conditional: api.ByRevision,
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Invalid cursor parameter"},
		},
	}, h.listItems)
	api.Register(a, api.Op{
		ID: "add-item", Method: http.MethodPost, Path: "/api/tracking/items", Tag: tag, Access: api.Partner,
		Summary: "Add an item, with a given code or a free one",
		Says:    []string{"Item created successfully"}, Status: http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusConflict: {"All item codes are in use"},
		},
	}, h.addItem)
	api.Register(a, api.Op{
		ID: "add-items", Method: http.MethodPost, Path: "/api/tracking/items/batch", Tag: tag, Access: api.Partner,
		Summary: "Add several items, or none",
		Says:    []string{"Items created successfully"}, Status: http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusConflict: {"All item codes are in use"},
		},
	}, h.addItems)
	api.Register(a, api.Op{
		ID: "remove-items", Method: http.MethodPost, Path: "/api/tracking/items/remove", Tag: tag, Access: api.Partner,
		Summary: "Remove the items with these codes, or none",
		Says:    []string{"Items removed successfully"},
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Item already removed: {codes}"},
			http.StatusNotFound:   {"Item not found: {codes}"},
		},
	}, h.removeItems)
	api.Register(a, api.Op{
		ID: "search-names", Method: http.MethodGet, Path: "/api/tracking/items/search", Tag: tag, Access: api.Partner,
		Summary: "Suggest names for a new item",
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Category parameter required"},
		},
	}, h.suggest)
	api.Register(a, api.Op{
		ID: "get-item", Method: http.MethodGet, Path: "/api/tracking/items/{code}", Tag: tag, Access: api.Partner,
		Summary: "The item with a code, and the story of the code",
		Refusals: api.Refusals{
			http.StatusNotFound: {"Item not found"},
		},
	}, h.getItem)
	api.Register(a, api.Op{
		ID: "remove-item", Method: http.MethodDelete, Path: "/api/tracking/items/{code}", Tag: tag, Access: api.Partner,
		Summary: "Remove the item with a code",
		Says:    []string{"Item removed successfully"},
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Item already removed"},
			http.StatusNotFound:   {"Item not found"},
		},
	}, h.removeItem)
	api.Register(a, api.Op{
		ID: "restore-item", Method: http.MethodPost, Path: "/api/tracking/items/{code}/restore", Tag: tag,
		Access: api.Partner, Summary: "Undo the last removal of a code",
		Says: []string{"Item restored successfully"},
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Item is not removed"},
			http.StatusNotFound:   {"Item not found"},
			http.StatusConflict:   {"Code already in use"},
		},
	}, h.restoreItem)
	api.Register(a, api.Op{
		ID: "lease-codes", Method: http.MethodPost, Path: "/api/tracking/codes", Tag: tag, Access: api.Partner,
		Summary: "Hold free codes for a while", Status: http.StatusCreated, BodyOptional: true,
		Refusals: api.Refusals{
			http.StatusConflict:        {"All item codes are in use"},
			http.StatusTooManyRequests: {"Too many reserved codes"},
		},
	}, h.leaseCodes)
	api.Register(a, api.Op{
		ID: "return-codes", Method: http.MethodDelete, Path: "/api/tracking/codes", Tag: tag, Access: api.Partner,
		Summary: "Give codes back that were held and not used",
	}, h.returnCodes)
	api.Register(a, api.Op{
		ID: "list-history", Method: http.MethodGet, Path: "/api/tracking/history", Tag: tag, Access: api.Partner,
		Summary: "What was added, removed and restored, newest first",
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Limit must be at least 1", "Limit cannot exceed 500", "Invalid action. Must be ADD or REMOVE", "Invalid from parameter", "Invalid to parameter", "Invalid cursor parameter"},
		},
	}, h.listHistory)
}

type handlers struct{ service *Service }

// ItemBody is an item as the API shows one.
type ItemBody struct {
	ID            string    `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Name          string    `json:"name" example:"Vanilla Syrup"`
	Category      string    `json:"category" example:"syrups"`
	Code          string    `json:"code" example:"4821"`
	AddedBy       string    `json:"added_by" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"User id."`
	AddedByName   string    `json:"added_by_name" example:"Sam Rivera"`
	AddedAt       api.Time  `json:"added_at"`
	IsRemoved     bool      `json:"is_removed"`
	RemovedAt     *api.Time `json:"removed_at" nullable:"true"`
	RemovedBy     *string   `json:"removed_by" doc:"User id."`
	RemovedByName *string   `json:"removed_by_name"`
}

func toItemBody(i Item) ItemBody {
	return ItemBody{
		ID: i.ID, Name: i.Name, Category: i.Category, Code: i.Code,
		AddedBy: i.AddedBy, AddedByName: i.AddedByName, AddedAt: api.Time(i.AddedAt),
		IsRemoved: i.IsRemoved, RemovedAt: api.NullTime(i.RemovedAt),
		RemovedBy: i.RemovedBy, RemovedByName: i.RemovedByName,
	}
}

func toItemBodies(items []Item) []ItemBody {
	bodies := make([]ItemBody, len(items))
	for n, i := range items {
		bodies[n] = toItemBody(i)
	}
	return bodies
}

// HistoryBody is one line of the record.
type HistoryBody struct {
	ID         string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Action     string   `json:"action" enum:"ADD,REMOVE,RESTORE"`
	ItemName   string   `json:"item_name" example:"Vanilla Syrup"`
	ItemCode   string   `json:"item_code" example:"4821"`
	UserID     string   `json:"user_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	UserName   string   `json:"user_name" example:"Sam Rivera"`
	Timestamp  api.Time `json:"timestamp" doc:"When it was done."`
	ReceivedAt api.Time `json:"received_at" doc:"When the server heard of it; later for a phone that was out of reach."`
	Notes      *string  `json:"notes" example:"Added Vanilla Syrup (Code: 4821)"`
}

func toHistoryBodies(entries []HistoryEntry) []HistoryBody {
	bodies := make([]HistoryBody, len(entries))
	for n, e := range entries {
		bodies[n] = HistoryBody{
			ID: e.ID, Action: string(e.Action), ItemName: e.ItemName, ItemCode: e.ItemCode,
			UserID: e.UserID, UserName: e.UserName, Timestamp: api.Time(e.Timestamp), Notes: e.Notes,
			ReceivedAt: api.Time(e.ReceivedAt),
		}
	}
	return bodies
}
