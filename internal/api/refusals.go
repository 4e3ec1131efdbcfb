package api

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// Refusals are the sentences with which an operation refuses, by status. In a
// sentence {…} stands for what is named there. A status without a sentence has
// only messages by field.
type Refusals map[int][]string

// The sentences of the frame itself.
const (
	missingHeader = "Missing Authorization Header"
	badHeader     = "Bad Authorization Header. Expected 'Authorization: Bearer <JWT>'"
	adminRequired = "Admin access required"
	ownerRequired = "Owner access required"
	notAMember    = "Not a member of this store"
	notAnObject   = "Request body must be a JSON object"
	wrongType     = "Content-Type must be application/json"
	bodyTooLarge  = "Request body too large"
	bodyTooSlow   = "The request body took too long to arrive"
	internalError = "Internal server error"
	noDatabase    = "Database connection error. Please try again."
	tooMany       = "Too many requests. Try again in {n} seconds."
)

// Says lists the messages with which an operation may succeed.
func Says(op *huma.Operation) []string { return op.Metadata[opKey].(Op).Says }

// RefusalsOf lists every sentence that an operation may answer.
func RefusalsOf(op *huma.Operation) Refusals {
	refusals, _ := op.Metadata[refusalsKey].(Refusals)
	return refusals
}

func (r Refusals) add(status int, sentences ...string) {
	r[status] = append(r[status], sentences...)
}

// refusals adds to those of the operation what follows from its access, its
// parameters and its body.
func (op Op) refusals(takesBody bool) Refusals {
	all := Refusals{}
	if op.Access != Public {
		all.add(http.StatusUnauthorized, missingHeader, badHeader, "Invalid token", "Token has expired",
			"Token has been revoked", "Account is not active")
	}
	switch op.Access {
	case Admin:
		all.add(http.StatusForbidden, adminRequired)
	case Owner:
		all.add(http.StatusForbidden, ownerRequired)
	}
	if op.inStore() {
		all.add(http.StatusForbidden, notAMember)
	}
	if op.recordable() {
		all.add(http.StatusBadRequest, recordedInvalid)
	}
	if op.repeatable() {
		all.add(http.StatusBadRequest, keyInvalid)
		all.add(http.StatusConflict, KeyRunning)
		all.add(http.StatusUnprocessableEntity, KeyReused)
	}
	if takesBody {
		all.add(http.StatusBadRequest, notAnObject)
		all.add(http.StatusRequestTimeout, bodyTooSlow)
		all.add(http.StatusRequestEntityTooLarge, bodyTooLarge)
		all.add(http.StatusUnsupportedMediaType, wrongType)
	}
	for status, sentences := range op.Refusals {
		all.add(status, sentences...)
	}
	if !op.Unlimited {
		all.add(http.StatusTooManyRequests, tooMany)
	}
	all.add(http.StatusInternalServerError, internalError)
	all.add(http.StatusServiceUnavailable, noDatabase, fault.ServerBusy)
	return all
}

// describeRefusals writes what an operation refuses into its responses. Those
// that are the frame's alone are written once for all operations.
func describeRefusals(document *huma.OpenAPI, op *huma.Operation) {
	refusals := RefusalsOf(op)
	for _, p := range op.Parameters {
		if p.In == "query" && p.Schema.Type == huma.TypeInteger {
			refusals.add(http.StatusBadRequest, fmt.Sprintf("Invalid %s parameter", p.Name))
		}
	}
	own := op.Metadata[opKey].(Op).Refusals
	for status, sentences := range refusals {
		response := describeRefusal(status, sentences)
		if len(own[status]) == 0 && status != http.StatusBadRequest && status != http.StatusForbidden && status != http.StatusConflict {
			name := strings.ReplaceAll(http.StatusText(status), " ", "")
			document.Components.Responses[name] = response
			response = &huma.Response{Ref: responsesPath + name}
		}
		op.Responses[strconv.Itoa(status)] = response
	}
}

const responsesPath = "#/components/responses/"

func describeRefusal(status int, sentences []string) *huma.Response {
	content := &huma.MediaType{
		Schema: &huma.Schema{Ref: errorRef}, Examples: map[string]*huma.Example{},
	}
	for _, sentence := range slices.Compact(sentences) {
		body := map[string]any{"error": sentence}
		if status == http.StatusUnauthorized {
			body["msg"] = sentence
		}
		content.Examples[exampleName(sentence)] = &huma.Example{Summary: sentence, Value: body}
	}
	if status == http.StatusBadRequest {
		content.Examples["by_field"] = &huma.Example{
			Summary: "Messages by field", Value: map[string]any{"error": map[string]any{"name": []string{MissingField}}},
		}
	}
	response := &huma.Response{
		Description: http.StatusText(status), Content: map[string]*huma.MediaType{jsonType: content},
	}
	switch status {
	case http.StatusUnauthorized:
		response.Headers = map[string]*huma.Param{"WWW-Authenticate": header("How to log in: Bearer.", huma.TypeString)}
	case http.StatusTooManyRequests:
		response.Headers = map[string]*huma.Param{"Retry-After": header("Seconds to wait.", huma.TypeInteger)}
	}
	return response
}

func header(doc, kind string) *huma.Param {
	return &huma.Param{Description: doc, Schema: &huma.Schema{Type: kind}}
}

// exampleName makes a component name of a sentence: its letters and digits.
func exampleName(sentence string) string {
	words := strings.FieldsFunc(strings.ToLower(sentence), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "_")
}
