package bench

import "net/http"

// scenario is one thing that partners do all day.
type scenario struct {
	name string
	// target is what is to be reached of the floor's rate; zero where nothing is
	// said of it.
	target float64
	// seconds is how long a round takes at most, where it may not go on for long.
	seconds int
	request func(p partner, s shop) request
}

// request is one HTTP request of a partner.
type request struct {
	method, path, tag, body string
	status                  int
}

func get(path string) func(partner, shop) request {
	return func(partner, shop) request { return request{method: http.MethodGet, path: path, status: http.StatusOK} }
}

var scenarios = []scenario{
	{name: "GET /api/auth/me", target: 0.45, request: get("/api/auth/me")},
	{name: "GET /api/tracking/items, 200 items", target: 0.35, request: get("/api/tracking/items")},
	{name: "the same, unchanged: 304", request: func(p partner, _ shop) request {
		return request{method: http.MethodGet, path: "/api/tracking/items", tag: p.itemsTag, status: http.StatusNotModified}
	}},
	{name: "GET milk summary, 9 types", target: 0.40, request: func(_ partner, s shop) request {
		return request{method: http.MethodGet, path: "/api/milk-count/sessions/" + s.milkSession + "/summary", status: http.StatusOK}
	}},
	{name: "PUT RTD&E count", target: 0.55, request: func(p partner, s shop) request {
		return request{
			method: http.MethodPut, path: "/api/rtde/sessions/" + p.id + "/count", status: http.StatusOK,
			body: `{"item_id": "` + s.displayItem + `", "counted_quantity": 3}`,
		}
	}},
	{name: "POST item: item, history, event", target: 0.50, seconds: 3, request: func(partner, shop) request {
		return request{
			method: http.MethodPost, path: "/api/tracking/items", status: http.StatusCreated,
			body: `{"name": "Measured", "category": "cups"}`,
		}
	}},
}
