package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Operation is what the API document says about the operation that a request
// is for, or nil where there is none.
func (a *API) Operation(r *http.Request) *huma.Operation {
	if !tidy(r) {
		return nil
	}
	_, pattern := a.mux.Handler(r)
	method, path, _ := strings.Cut(pattern, " ")
	item := a.Document().Paths[path]
	if item == nil {
		return nil
	}
	switch method {
	case http.MethodGet:
		return item.Get
	case http.MethodPost:
		return item.Post
	case http.MethodPut:
		return item.Put
	case http.MethodDelete:
		return item.Delete
	default:
		return nil
	}
}
