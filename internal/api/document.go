package api

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// Version is the semantic version of the API: it changes whenever the document
// does. The third number is raised for words, the second for an addition, the
// first for anything that a client of before would trip over.
const Version = "1.2.0"

const errorRef = schemasPath + "Error"

const schemasPath = "#/components/schemas/"

func newDocument() huma.Config {
	document := huma.DefaultConfig("SirenBase", Version)
	document.Info.Description = "Inventory tracking, milk count and ready to drink & eat (RTD&E) for a coffee store. " +
		"Times are RFC 3339 in UTC with microseconds, dates are those of the store's time zone, and lengths count " +
		"Unicode characters. Every answer has an X-Request-ID that finds it in the server's log."
	document.Info.License = &huma.License{Name: "MIT", Identifier: "MIT"}
	document.Servers = []*huma.Server{{URL: "/", Description: "The server that this document is from."}}
	document.OpenAPIPath, document.DocsPath, document.SchemasPath = "", "", ""
	document.CreateHooks = nil
	document.OnAddOperation = []huma.AddOpFunc{finishOperation}
	document.Components.Schemas = huma.NewMapRegistry(schemasPath, schemaName)
	document.Components.Schemas.Map()["Error"] = errorSchema()
	document.Components.Responses = map[string]*huma.Response{}
	document.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		bearerScheme: {Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: "The token of a login."},
	}
	return document
}

// Tag says what the operations under a tag are about.
func (a *API) Tag(name, description string) {
	document := a.huma.OpenAPI()
	document.Tags = append(document.Tags, &huma.Tag{Name: name, Description: description})
}

// finishOperation is called for every operation when huma has described it. It
// takes back what huma adds for a raw body and for errors that none of our
// operations answers, and adds what huma cannot know.
func finishOperation(document *huma.OpenAPI, operation *huma.Operation) {
	op := operation.Metadata[opKey].(Op)
	if operation.RequestBody != nil {
		delete(operation.RequestBody.Content, "application/octet-stream")
		operation.RequestBody.Required = !op.BodyOptional
	}
	for status := range operation.Responses {
		if status >= "400" {
			delete(operation.Responses, status)
		}
	}
	if op.Also != 0 {
		success := *operation.Responses[strconv.Itoa(operation.DefaultStatus)]
		success.Description = http.StatusText(op.Also)
		operation.Responses[strconv.Itoa(op.Also)] = &success
	}
	if op.Conditional != Unconditional {
		describeConditional(operation)
	}
	if op.Ticket {
		operation.Parameters = append(operation.Parameters, &huma.Param{
			Name: ticketParameter, In: "query", Schema: &huma.Schema{Type: huma.TypeString},
			Description: "A ticket in place of the Authorization header.",
		})
	}
	if op.repeatable() {
		operation.Parameters = append(operation.Parameters, &huma.Param{
			Name: keyHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString},
			Description: "1 to 255 visible ASCII characters. The first answer to a key is kept for 7 days and given again, " +
				"with " + replayedHeader + ": true, to whoever sends the same request again.",
		})
	}
	if op.recordable() {
		operation.Parameters = append(operation.Parameters, &huma.Param{
			Name: recordedHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString, Format: "date-time"},
			Description: "When it was really done, by a client that was out of reach: at most 48 hours ago and 2 minutes ahead.",
		})
	}
	if op.inStore() {
		operation.Parameters = append(operation.Parameters, &huma.Param{
			Name: storeHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString},
			Description: "The id of the store to act on; the home store if it is left out.",
		})
	}
	if op.RefreshCookie != NoRefreshCookie {
		describeRefreshCookie(document, operation, op.RefreshCookie)
	}
	describeRefusals(document, operation)
	describeExamples(document.Components.Schemas, operation, op.Says)
}

// inStore says whether the operation acts on a store.
func (op Op) inStore() bool { return op.Access >= Partner && !op.AnyStore }

func describeCSV(op *huma.Operation, registry huma.Registry, or any) {
	op.Responses = map[string]*huma.Response{
		strconv.Itoa(http.StatusOK): {
			Description: http.StatusText(http.StatusOK),
			Content: map[string]*huma.MediaType{
				jsonType: {Schema: registry.Schema(reflect.TypeOf(or), true, "")},
				csvType:  {Schema: &huma.Schema{Type: huma.TypeString}},
			},
		},
	}
}

// describeConditional documents what the middleware conditional does.
func describeConditional(op *huma.Operation) {
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: "If-None-Match", In: "header", Schema: &huma.Schema{Type: huma.TypeString},
		Description: "The ETag of the answer that the client has.",
	})
	tag := map[string]*huma.Param{"ETag": header("Names this very answer.", huma.TypeString)}
	op.Responses[strconv.Itoa(http.StatusOK)].Headers = tag
	op.Responses[strconv.Itoa(http.StatusNotModified)] = &huma.Response{Description: "The client has this answer already.", Headers: tag}
}

// describeFile documents an answer that is a file of one media type.
func describeFile(op *huma.Operation, mediaType string) {
	schema := &huma.Schema{Type: huma.TypeString, Examples: []any{"…"}}
	if mediaType == jsonType {
		schema = &huma.Schema{
			Type: huma.TypeObject, AdditionalProperties: true, Examples: []any{map[string]any{"openapi": "3.1.0"}},
		}
	}
	op.Responses = map[string]*huma.Response{
		strconv.Itoa(http.StatusOK): {
			Description: http.StatusText(http.StatusOK), Content: map[string]*huma.MediaType{mediaType: {Schema: schema}},
		},
	}
}
