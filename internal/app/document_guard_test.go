package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// operations lists those of the document: "GET /api/auth/me".
func operations(document *huma.OpenAPI) map[string]*huma.Operation {
	all := map[string]*huma.Operation{}
	for path, item := range document.Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete,
			"PATCH": item.Patch, "HEAD": item.Head, "OPTIONS": item.Options, "TRACE": item.Trace,
		} {
			if op != nil {
				all[method+" "+path] = op
			}
		}
	}
	return all
}

func document(t *testing.T) *huma.OpenAPI {
	t.Helper()
	return apptest.New(t, database.SQLite).App.API.Document()
}

func TestTheDocumentHasEveryOperationOfTheContractAndNoOther(t *testing.T) {
	got := slices.Sorted(maps.Keys(operations(document(t))))
	want := slices.Concat(contract, additions)
	slices.Sort(want)
	for _, op := range want {
		if later := slices.Contains(notYet, op); later == slices.Contains(got, op) {
			t.Errorf("%s: in the document: %t, still to be built: %t", op, !later, later)
		}
	}
	for _, op := range got {
		if !slices.Contains(want, op) {
			t.Errorf("%s is in no contract", op)
		}
	}
}

// open are the operations that need no login.
var open = []string{
	"POST /api/auth/login", "POST /api/auth/signup", "GET /api/setup", "POST /api/setup",
	"GET /healthz", "GET /readyz", "GET /api/version", "GET /api/openapi.json", "GET /api/docs",
}

// neverLimited are the operations that any number of requests may be made to.
var neverLimited = []string{"GET /api/auth/me", "GET /healthz", "GET /readyz"}

func TestEveryOperationSaysWhoMayCallItAndWhatItRefuses(t *testing.T) {
	for name, op := range operations(document(t)) {
		public := slices.Contains(open, name)
		if public != (len(op.Security) == 0) {
			t.Errorf("%s: security is %v", name, op.Security)
		}
		want := []string{"500", "503"}
		if !public {
			want = append(want, "401")
		}
		switch unlimited := slices.Contains(neverLimited, name); {
		case !unlimited:
			want = append(want, "429")
		case op.Responses["429"] != nil:
			t.Errorf("%s has no limit, and tells of one", name)
		}
		if strings.Contains(name, "/admin/") {
			want = append(want, "403")
		}
		if op.RequestBody != nil {
			want = append(want, "400", "408", "413", "415")
		}
		if strings.Contains(name, "{") {
			want = append(want, "404")
		}
		for _, status := range want {
			if op.Responses[status] == nil {
				t.Errorf("%s does not tell of status %s", name, status)
			}
		}
	}
}

func TestEveryOperationIsDescribed(t *testing.T) {
	document := document(t)
	var tags []string
	for _, tag := range document.Tags {
		tags = append(tags, tag.Name)
		if tag.Description == "" {
			t.Errorf("tag %s says nothing", tag.Name)
		}
	}
	ids := map[string]bool{}
	for name, op := range operations(document) {
		if op.OperationID == "" || ids[op.OperationID] || len(op.Summary) < 10 {
			t.Errorf("%s: id %q, summary %q", name, op.OperationID, op.Summary)
		}
		ids[op.OperationID] = true
		if len(op.Tags) != 1 || !slices.Contains(tags, op.Tags[0]) {
			t.Errorf("%s: tags %q, of which there are %q", name, op.Tags, tags)
		}
		if op.RequestBody != nil {
			expectExamples(t, name, op.RequestBody.Content)
		}
		for status, response := range op.Responses {
			if response.Description == "" && response.Ref == "" {
				t.Errorf("%s: status %s says nothing", name, status)
			}
			expectExamples(t, name+" "+status, response.Content)
		}
	}
}

func expectExamples(t *testing.T, name string, content map[string]*huma.MediaType) {
	t.Helper()
	for mediaType, body := range content {
		if mediaType == "application/json" && body.Example == nil && len(body.Examples) == 0 {
			t.Errorf("%s has no example", name)
		}
	}
}

// A client that is generated from the document needs a name for every object,
// and lists that are lists.
func TestEverySchemaHasANameAndNoListIsNull(t *testing.T) {
	document := document(t)
	for name, op := range operations(document) {
		if op.RequestBody != nil {
			for _, body := range op.RequestBody.Content {
				expectNamed(t, name, body.Schema)
			}
		}
		for _, response := range op.Responses {
			for _, body := range response.Content {
				expectNamed(t, name, body.Schema)
			}
		}
	}
	for name, schema := range document.Components.Schemas.Map() {
		for field, property := range schema.Properties {
			expectNamed(t, name+"."+field, property)
		}
	}
}

func expectNamed(t *testing.T, name string, schema *huma.Schema) {
	t.Helper()
	if schema == nil || schema.Ref != "" {
		return
	}
	if schema.Type == huma.TypeObject && len(schema.Properties) > 0 {
		t.Errorf("%s has a schema without a name", name)
	}
	if schema.Type == huma.TypeArray {
		if schema.Nullable {
			t.Errorf("%s is a list that may be null", name)
		}
		expectNamed(t, name, schema.Items)
	}
}

// An example made of empty texts would show nothing.
func TestEveryTextHasAnExample(t *testing.T) {
	for name, schema := range document(t).Components.Schemas.Map() {
		for field, property := range schema.Properties {
			plain := property.Type == huma.TypeString && !property.Nullable
			if plain && len(property.Examples) == 0 && len(property.Enum) == 0 && property.Default == nil {
				t.Errorf("%s.%s has no example", name, field)
			}
		}
	}
}

func TestEveryRefusalIsASentence(t *testing.T) {
	for name, op := range operations(document(t)) {
		for status, sentences := range api.RefusalsOf(op) {
			for _, sentence := range sentences {
				if len(sentence) < 8 {
					t.Errorf("%s %d: %q", name, status, sentence)
				}
			}
		}
	}
}
