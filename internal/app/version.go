package app

import (
	"context"
	"net/http"

	"github.com/sirenbase/sirenbase/internal/api"
)

// VersionBody says which program this is, and which API it speaks.
type VersionBody struct {
	Version    string `json:"version" example:"v1.4.0"`
	Commit     string `json:"commit" example:"9fceb02d0ae598e95dc970b74767f19372d61af8"`
	APIVersion string `json:"api_version" example:"1.0.0" doc:"Semantic version of the API; changes whenever its document does."`
}

type versionAnswer struct{ Body VersionBody }

func registerVersion(a *api.API, options Options) {
	api.Register(a, api.Op{
		ID: "version", Method: http.MethodGet, Path: "/api/version", Tag: operations, Access: api.Public,
		Summary: "Which version of the program and of the API this is",
	}, func(context.Context, *struct{}) (*versionAnswer, error) {
		return &versionAnswer{VersionBody{options.Version, options.Commit, api.Version}}, nil
	})
}
