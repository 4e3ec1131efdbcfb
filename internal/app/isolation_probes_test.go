package app_test

import "net/http"

// probe is a request to an operation. <…> in it stands for a thing of a store:
// of another one than the caller's, or of the caller's own, or of none. <own …>
// is the caller's own in any case, and <n> is a new number every time.
type probe struct {
	op     string
	id     string // what stands in the path
	query  string
	body   string
	accept string
	// foreign is the answer to somebody who names another store's things, and
	// own to who names their own; zero is any answer but a breakdown.
	foreign, own int
}

const (
	ok        = http.StatusOK
	created   = http.StatusCreated
	noContent = http.StatusNoContent
	bad       = http.StatusBadRequest
	forbidden = http.StatusForbidden
	notFound  = http.StatusNotFound
)

// probes has at least one request to every operation, in an order in which
// they can follow each other.
var probes = []probe{
	{op: "healthz"},
	{op: "readyz"},
	{op: "version"},
	{op: "openapi"},
	{op: "docs"},
	{op: "setup-needed"},
	{op: "set-up", body: `{"setup_code": "x", "partner_number": "BOSS1", "name": "Robin", "pin": "1234"}`, own: http.StatusGone},
	{op: "login", body: `{"partner_number": "<own staff number>", "pin": "4321"}`, own: ok},
	{op: "sign-up", body: `{"partner_number": "NEW<n>", "name": "Noor Haddad", "pin": "2468"}`, own: created},
	{op: "me", own: ok},
	{op: "change-pin", body: `{"current_pin": "4321", "new_pin": "4321"}`, own: ok},
	{op: "refresh", own: http.StatusUnauthorized}, // it wants another token, which leads nowhere else
	{op: "logout", own: noContent},

	{op: "event-ticket", own: created},
	{op: "events", own: ok},

	{op: "list-stores", own: ok},
	{op: "add-store", body: `{"name": "Pier 9", "number": "P<n>", "timezone": "UTC"}`, own: forbidden},
	{op: "change-store", id: "<store>", body: `{"name": "Mine"}`, foreign: forbidden, own: forbidden},

	{op: "list-users", query: "include_deleted=true", own: ok},
	{op: "list-users", query: "status=pending", own: ok},
	{op: "create-user", body: `{"partner_number": "MADE<n>", "name": "Kim Osei", "pin": "2468"}`, own: created},
	{op: "get-user", id: "<staff>", foreign: notFound, own: ok},
	{op: "get-user", id: "<gone>", foreign: notFound, own: ok},
	{op: "change-user", id: "<staff>", body: `{"name": "Sam R.", "role": "staff"}`, foreign: notFound, own: ok},
	{op: "change-user", id: "<gone>", body: `{"status": "active"}`, foreign: notFound, own: ok},
	{op: "change-user", id: "<admin>", body: `{"role": "staff"}`, foreign: notFound, own: forbidden},
	{op: "reset-pin", id: "<mate>", body: `{"pin": "9876"}`, foreign: notFound, own: ok},
	{op: "set-user-stores", id: "<mate>", body: `{"store_ids": ["<store>", "<own store>"], "home_store_id": "<own store>"}`, foreign: forbidden, own: forbidden},
	{op: "delete-user", id: "<admin>", foreign: notFound, own: forbidden},
	{op: "delete-user", id: "<mate>", foreign: notFound, own: ok},

	{op: "list-items", query: "include_removed=true", own: ok},
	{op: "list-items", query: "q=u", own: ok},
	{op: "list-items", query: "category=cups&limit=500&cursor=<items cursor>&include_removed=true", own: ok},
	{op: "search-names", query: "category=cups&q=cu&limit=15", own: ok},
	{op: "list-history", query: "limit=500", own: ok},
	{op: "list-history", query: "limit=500&cursor=<history cursor>", own: ok},
	{op: "list-history", query: "user_id=<staff>", foreign: ok, own: ok},
	{op: "list-history", query: "code=<code>&action=add", foreign: ok, own: ok},
	{op: "list-history", query: "from=2026-01-01&to=2027-01-01", own: ok},
	{op: "get-item", id: "<code>", foreign: notFound, own: ok},
	{op: "get-item", id: "<removed>", foreign: notFound, own: ok},
	{op: "get-item", id: "0101", own: ok},
	{op: "remove-item", id: "<code>", foreign: notFound, own: ok},
	{op: "remove-item", id: "<removed>", foreign: notFound, own: bad},
	{op: "restore-item", id: "<removed>", foreign: notFound, own: ok},
	{op: "remove-items", body: `{"codes": ["<spare>"]}`, foreign: notFound, own: ok},
	{op: "remove-items", body: `{"codes": ["<own shared code>", "<spare>"]}`, foreign: notFound},
	{op: "remove-item", id: "0101"},
	{op: "restore-item", id: "0101"},
	{op: "lease-codes", body: `{"count": 2}`, own: created},
	{op: "return-codes", body: `{"codes": ["<leased>"]}`, foreign: noContent, own: noContent},
	{op: "add-item", body: `{"name": "Oat Lids", "category": "lids"}`, own: created},
	{op: "add-items", body: `{"items": [{"name": "Oat Cups", "category": "cups", "quantity": 2}]}`, own: created},
	{op: "add-item", body: `{"name": "Oat Cups", "category": "cups", "code": "<leased>"}`},

	{op: "todays-milk-session", own: ok},
	{op: "start-milk-session"},
	{op: "list-milk-sessions", query: "limit=100", own: ok},
	{op: "list-milk-sessions", query: "status=completed", own: ok},
	{op: "milk-usage", own: ok},
	{op: "milk-usage", query: "from=2026-02-01&to=2026-12-01", own: ok},
	{op: "list-milk-types", own: ok},
	{op: "list-all-milk-types", query: "include_inactive=true", own: ok},
	{op: "list-milk-pars", own: ok},
	{op: "get-milk-session", id: "<completed>", foreign: notFound, own: ok},
	{op: "get-milk-session", id: "<night_foh>", foreign: notFound, own: ok},
	{op: "milk-summary", id: "<completed>", foreign: notFound, own: ok},
	{op: "milk-summary", id: "<completed before>", accept: "text/csv", foreign: notFound, own: ok},
	{op: "milk-summary", id: "<morning>", foreign: notFound, own: ok},
	{op: "save-milk-draft", id: "<night_foh>", body: `{"counts": [{"milk_type_id": "<milk>", "foh_count": 1}]}`, foreign: notFound, own: ok},
	{op: "save-milk-draft", id: "<own night_foh>", body: `{"counts": [{"milk_type_id": "<milk>", "foh_count": 1}]}`, foreign: bad, own: ok},
	{op: "save-milk-draft", id: "<night_foh>", body: `{"counts": []}`, foreign: notFound, own: ok},
	{op: "save-milk-foh", id: "<own night_foh>", body: `{"counts": [{"milk_type_id": "<milk>", "foh_count": 1}]}`, foreign: bad, own: ok},
	{op: "save-milk-foh", id: "<night_foh>", body: `{"counts": [{"milk_type_id": "<own milk>", "foh_count": 1}]}`, foreign: notFound, own: bad},
	{op: "save-milk-boh", id: "<own night_boh>", body: `{"counts": [{"milk_type_id": "<milk>", "boh_count": 1}]}`, foreign: bad, own: ok},
	{op: "save-milk-boh", id: "<night_boh>", body: `{"counts": []}`, foreign: notFound, own: bad},
	{op: "save-milk-morning", id: "<own morning>", body: `{"counts": [{"milk_type_id": "<milk>", "method": "direct_delivered", "delivered": 1}]}`, foreign: bad, own: ok},
	{op: "save-milk-morning", id: "<morning>", body: `{"counts": []}`, foreign: notFound, own: bad},
	{op: "save-milk-on-order", id: "<own on_order>", body: `{"on_orders": [{"milk_type_id": "<milk>", "on_order": 1}]}`, foreign: bad, own: ok},
	{op: "save-milk-on-order", id: "<on_order>", body: `{"on_orders": []}`, foreign: notFound, own: bad},
	{op: "reopen-milk-session", id: "<completed>", body: `{"status": "night_foh", "reason": "miscounted"}`, foreign: notFound, own: ok},
	{op: "add-milk-type", body: `{"name": "Milk <n>", "category": "dairy"}`, own: created},
	{op: "change-milk-type", id: "<milk>", body: `{"name": "Hemp", "display_order": 1, "active": false}`, foreign: notFound, own: ok},
	{op: "set-milk-par", id: "<milk>", body: `{"par_value": 3}`, foreign: notFound, own: ok},

	{op: "list-rtde-items", query: "include_inactive=true", own: ok},
	{op: "list-rtde-sessions-in-progress", own: ok},
	{op: "last-completed-rtde-session", own: ok},
	{op: "rtde-history", query: "limit=100", own: ok},
	{op: "start-rtde-session", body: `{"action": "resume"}`},
	{op: "start-rtde-session", own: created},
	{op: "get-rtde-session", id: "<display completed>", foreign: notFound, own: forbidden},
	{op: "take-over-rtde-session", id: "<display completed>", foreign: notFound, own: http.StatusConflict},
	{op: "take-over-rtde-session", id: "<display>", foreign: notFound, own: ok},
	{op: "active-rtde-session", own: ok},
	{op: "get-rtde-session", id: "<display>", foreign: notFound, own: ok},
	{op: "save-rtde-count", id: "<display>", body: `{"item_id": "<wrap>", "counted_quantity": 1}`, foreign: notFound, own: ok},
	{op: "save-rtde-counts", id: "<display>", body: `{"counts": [{"item_id": "<wrap>", "counted_quantity": 2}]}`, foreign: notFound, own: ok},
	{op: "save-rtde-pull", id: "<display>", body: `{"item_id": "<wrap>", "is_pulled": true}`, foreign: notFound, own: ok},
	{op: "save-rtde-pull", id: "<display>", body: `{"item_id": "<wrap>", "is_pulled": false}`, foreign: notFound, own: ok},
	{op: "rtde-pull-list", id: "<display>", foreign: notFound, own: ok},
	{op: "complete-rtde-session", id: "<display>", foreign: notFound, own: ok},
	{op: "add-rtde-item", body: `{"name": "Turkey Wrap", "par_level": 2}`, own: created},
	{op: "change-rtde-item", id: "<wrap>", body: `{"name": "Turkey Wrap", "par_level": 3}`, foreign: notFound, own: ok},
	{op: "reorder-rtde-items", body: `{"item_orders": [{"id": "<wrap>", "display_order": 1}]}`, foreign: notFound, own: ok},
	{op: "reorder-rtde-items", body: `{"item_orders": [{"id": "<own wrap>", "display_order": 1}, {"id": "<wrap>", "display_order": 2}]}`, foreign: notFound, own: bad},
	{op: "delete-rtde-item", id: "<wrap>", foreign: notFound, own: ok},
	{op: "delete-rtde-item", id: "<unused>", foreign: notFound, own: ok},

	{op: "recent-activity", query: "limit=20", own: ok},
	{op: "admin-activity", query: "limit=30", own: ok},
}
