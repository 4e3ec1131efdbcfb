package apptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/sirenbase/sirenbase/internal/api"
)

// conformer holds every answer of a server against its API document.
type conformer struct {
	api *api.API

	mu       sync.Mutex
	document any
	schemas  map[string]*jsonschema.Schema
}

// check fails the test where an answer has a status, a type, a body or a
// sentence that the document does not tell of.
func (c *conformer) check(tb testing.TB, request *http.Request, r *Response) {
	tb.Helper()
	op := c.api.Operation(request)
	if op == nil || request.Method == http.MethodHead {
		return // nothing is said about it
	}
	if err := c.conforms(op, r); err != nil {
		tb.Errorf("%s: the answer is not as documented: %v\n%d %s", r.name, err, r.Status, r.Body)
	}
}

func (c *conformer) conforms(op *huma.Operation, r *Response) error {
	status := strconv.Itoa(r.Status)
	documented := op.Responses[status]
	if documented == nil {
		return fmt.Errorf("%s has no status %s", op.OperationID, status)
	}
	if name, shared := strings.CutPrefix(documented.Ref, "#/components/responses/"); shared {
		documented = c.api.Document().Components.Responses[name]
	}
	mediaType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	content := documented.Content[mediaType]
	switch {
	case len(documented.Content) == 0 && len(r.Body) == 0:
		return nil
	case content == nil:
		return fmt.Errorf("%s has no content of type %q for %s", op.OperationID, mediaType, status)
	case mediaType != "application/json":
		return nil
	}
	schema, err := c.schema(op, status)
	if err != nil {
		return err
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(r.Body))
	if err != nil {
		return err
	}
	if err := schema.Validate(body); err != nil {
		return err
	}
	return sentenceIsDocumented(op, r.Status, body)
}

// schema compiles the schema of an answer out of the document as it is served.
func (c *conformer) schema(op *huma.Operation, status string) (*jsonschema.Schema, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	place := "openapi.json#/components/schemas/Error"
	if status < "400" {
		place = fmt.Sprintf("openapi.json#/paths/%s/%s/responses/%s/content/application~1json/schema",
			escape.Replace(op.Path), strings.ToLower(op.Method), status)
	}
	if known := c.schemas[place]; known != nil {
		return known, nil
	}
	if c.schemas == nil {
		c.schemas = map[string]*jsonschema.Schema{}
	}
	document, err := c.read()
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("openapi.json", document); err != nil {
		return nil, err
	}
	compiled, err := compiler.Compile(place)
	if err == nil {
		c.schemas[place] = compiled
	}
	return compiled, err
}

// read asks for the document as a client does.
func (c *conformer) read() (any, error) {
	if c.document != nil {
		return c.document, nil
	}
	raw, err := json.Marshal(c.api.Document())
	if err != nil {
		return nil, err
	}
	c.document, err = jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	return c.document, err
}

// sentenceIsDocumented holds the message of a success, or the sentence of an
// error, against those that the operation has.
func sentenceIsDocumented(op *huma.Operation, status int, body any) error {
	object, _ := body.(map[string]any)
	field, documented := "message", api.Says(op)
	if status >= 400 {
		field, documented = "error", api.RefusalsOf(op)[status]
	}
	sentence, plain := object[field].(string)
	if !plain {
		return nil
	}
	for _, known := range documented {
		pattern := placeholder.ReplaceAllString(regexp.QuoteMeta(known), `(?s:.*)`)
		if regexp.MustCompile("^" + pattern + "$").MatchString(sentence) {
			return nil
		}
	}
	return fmt.Errorf("%s has no sentence %q for %d", op.OperationID, sentence, status)
}

// placeholder is {…} in a sentence, as it looks once it is quoted.
var placeholder = regexp.MustCompile(`\\\{[^}]*\\\}`)
