package app_test

// contract lists every operation that the contract has, in its order. Only
// GET /metrics is missing: it is off the public listener.
var contract = []string{
	"POST /api/auth/login",
	"POST /api/auth/signup",
	"GET /api/auth/me",
	"POST /api/auth/refresh",
	"POST /api/auth/logout",
	"PUT /api/auth/pin",

	"GET /api/admin/users",
	"POST /api/admin/users",
	"DELETE /api/admin/users/{id}",
	"GET /api/admin/users/{id}",
	"PUT /api/admin/users/{id}",
	"PUT /api/admin/users/{id}/pin",
	"GET /api/admin/activity",

	"GET /api/activity/recent",

	"GET /api/tracking/items",
	"POST /api/tracking/items",
	"DELETE /api/tracking/items/{code}",
	"GET /api/tracking/items/{code}",
	"POST /api/tracking/items/{code}/restore",
	"POST /api/tracking/items/batch",
	"POST /api/tracking/items/remove",
	"POST /api/tracking/codes",
	"DELETE /api/tracking/codes",
	"GET /api/tracking/items/search",
	"GET /api/tracking/history",

	"GET /api/milk-count/sessions/today",
	"POST /api/milk-count/sessions/start",
	"GET /api/milk-count/sessions/{id}",
	"PUT /api/milk-count/sessions/{id}/night-foh",
	"PUT /api/milk-count/sessions/{id}/night-boh",
	"PUT /api/milk-count/sessions/{id}/morning",
	"PUT /api/milk-count/sessions/{id}/on-order",
	"GET /api/milk-count/sessions/{id}/summary",
	"GET /api/milk-count/history",
	"GET /api/milk-count/milk-types",
	"GET /api/milk-count/admin/milk-types",
	"PUT /api/milk-count/admin/milk-types/{id}",
	"POST /api/milk-count/admin/milk-types",
	"GET /api/milk-count/admin/par-levels",
	"PUT /api/milk-count/admin/par-levels/{milk_type_id}",
	"PUT /api/milk-count/sessions/{id}/draft",
	"POST /api/milk-count/sessions/{id}/reopen",
	"GET /api/milk-count/usage",

	"GET /api/rtde/admin/items",
	"POST /api/rtde/admin/items",
	"PUT /api/rtde/admin/items/{id}",
	"DELETE /api/rtde/admin/items/{id}",
	"PUT /api/rtde/admin/items/reorder",
	"GET /api/rtde/sessions/active",
	"POST /api/rtde/sessions/start",
	"GET /api/rtde/sessions/{id}",
	"PUT /api/rtde/sessions/{id}/count",
	"GET /api/rtde/sessions/in-progress",
	"POST /api/rtde/sessions/{id}/take-over",
	"PUT /api/rtde/sessions/{id}/counts",
	"GET /api/rtde/sessions/{id}/pull-list",
	"PUT /api/rtde/sessions/{id}/pull",
	"POST /api/rtde/sessions/{id}/complete",
	"GET /api/rtde/sessions/last-completed",
	"GET /api/rtde/history",

	"GET /api/events",
	"POST /api/events/ticket",

	"GET /api/stores",
	"POST /api/stores",
	"PUT /api/stores/{id}",
	"PUT /api/admin/users/{id}/stores",

	"GET /healthz",
	"GET /readyz",
	"GET /api/openapi.json",
	"GET /api/docs",
	"GET /api/version",

	"GET /api/setup",
	"POST /api/setup",
}

// additions are operations that the contract does not have.
var additions = []string{}

// notYet is what of the contract is still to be built.
var notYet = []string{}
