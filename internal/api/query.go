package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// Flag is a boolean query parameter: "true" in any case, and anything else is
// false.
type Flag struct{ On bool }

// UnmarshalText never fails.
func (f *Flag) UnmarshalText(text []byte) error {
	f.On = strings.EqualFold(string(text), "true")
	return nil
}

// Schema describes the parameter in the OpenAPI document.
func (*Flag) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeBoolean} }

// InvalidParameter is the fault of a query parameter that cannot be read.
func InvalidParameter(name string) error {
	return fault.New(fault.Invalid, "Invalid %s parameter", name)
}

// checkQuery refuses integer parameters that are none or below their minimum.
// huma reads a parameter without a value as absent; here it is not an integer.
func (a *API) checkQuery(ctx huma.Context, next func(huma.Context)) {
	url := ctx.URL()
	query := url.Query()
	for _, p := range ctx.Operation().Parameters {
		if p.In != "query" || p.Schema.Type != huma.TypeInteger || !query.Has(p.Name) {
			continue
		}
		n, err := strconv.ParseInt(query.Get(p.Name), 10, 64)
		if err != nil || (p.Schema.Minimum != nil && n < int64(*p.Schema.Minimum)) {
			_ = huma.WriteErr(a.huma, ctx, http.StatusInternalServerError, "", InvalidParameter(p.Name))
			return
		}
	}
	next(ctx)
}

// bearerToken takes the token out of an Authorization header.
func bearerToken(header string) (string, bool) {
	scheme, token, found := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !found || !strings.EqualFold(scheme, bearerScheme) || token == "" {
		return "", false
	}
	return token, true
}

// Message is the body of an answer that only says that something was done.
type Message struct {
	Message string `json:"message" example:"Done"`
}
