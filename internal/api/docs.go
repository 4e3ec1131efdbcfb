package api

import (
	"context"
	"embed"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/swaggest/swgui/v5/static"
	"github.com/vearutop/statigz"
)

// docsPage is our frame around Swagger UI, whose own files come from a library.
//
//go:embed docs
var docsPage embed.FS

type fileAnswer struct {
	ContentType string `header:"Content-Type"`
	// Policy lets the page run and show nothing that is not from this server.
	Policy string `header:"Content-Security-Policy"`
	Body   []byte
}

// docsPolicy: Swagger UI sets styles from its script and draws icons from data.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// ServeDocument adds the operations that serve the document itself, and the
// page that shows it. The document is written at the first request, when all
// operations are there.
func (a *API) ServeDocument() {
	const tag = "Documentation"
	a.Tag(tag, "This document, and a page to read it on.")
	written := sync.OnceValues(func() ([]byte, error) { return json.Marshal(a.Document()) })
	Register(a, Op{
		ID: "openapi", Method: http.MethodGet, Path: "/api/openapi.json", Tag: tag,
		Summary: "This document, as OpenAPI 3.1", Conditional: ByContent, File: jsonType,
	}, func(context.Context, *struct{}) (*fileAnswer, error) {
		body, err := written()
		return &fileAnswer{ContentType: jsonType, Body: body}, err
	})
	Register(a, Op{
		ID: "docs", Method: http.MethodGet, Path: docsPath, Tag: tag,
		Summary: "A page that shows this document, and works without internet", Conditional: ByContent, File: htmlType,
	}, func(context.Context, *struct{}) (*fileAnswer, error) {
		body, err := docsPage.ReadFile("docs/index.html")
		return &fileAnswer{ContentType: htmlType + "; charset=utf-8", Policy: docsPolicy, Body: body}, err
	})
	noFile := statigz.OnNotFound(func(w http.ResponseWriter, _ *http.Request) { writeError(w, errNoRoute()) })
	a.mux.Handle("GET "+docsPath+"/swagger/{file}", http.StripPrefix(docsPath+"/swagger", statigz.FileServer(static.FS, noFile)))
	a.mux.Handle("GET "+docsPath+"/start.js", http.StripPrefix("/api", http.FileServerFS(docsPage)))
}

const (
	docsPath = "/api/docs"
	htmlType = "text/html"
)
