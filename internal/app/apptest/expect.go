package apptest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"github.com/google/go-cmp/cmp"
)

// ExpectStatus fails the test if the status is another one.
func (r *Response) ExpectStatus(status int) *Response {
	r.TB.Helper()
	if r.Status != status {
		r.TB.Fatalf("%s: status %d, want %d; body %s", r.name, r.Status, status, r.Body)
	}
	return r
}

// patterns stand in an expected body for values that differ every time.
var patterns = map[string]*regexp.Regexp{
	"<any>":  regexp.MustCompile(`(?s).*`),
	"<id>":   regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`),
	"<time>": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`),
	"<code>": regexp.MustCompile(`^[0-9]{4}$`),
	"<jwt>":  regexp.MustCompile(`^[\w-]+\.[\w-]+\.[\w-]+$`),
}

// Expect fails the test unless the answer has this status and exactly this
// JSON body. In the expected body "<id>", "<time>", "<code>", "<jwt>" and
// "<any>" stand for any value of that kind.
func (r *Response) Expect(status int, body string) *Response {
	r.TB.Helper()
	r.ExpectStatus(status)
	var got, want any
	r.Into(&got)
	if err := json.Unmarshal([]byte(body), &want); err != nil {
		r.TB.Fatalf("the expected body is no JSON: %v in %s", err, body)
	}
	if diff := cmp.Diff(settle(want, got), got); diff != "" {
		r.TB.Fatalf("%s: body differs (-want +got):\n%s", r.name, diff)
	}
	return r
}

// ExpectError is Expect for a body that has only a sentence.
func (r *Response) ExpectError(status int, sentence string) *Response {
	r.TB.Helper()
	text, _ := json.Marshal(sentence) // a string always encodes
	if status == 401 && sentence != "Invalid credentials" {
		return r.Expect(status, fmt.Sprintf(`{"error": %s, "msg": %s}`, text, text))
	}
	return r.Expect(status, fmt.Sprintf(`{"error": %s}`, text))
}

// ExpectFields is Expect for a 400 with messages by field.
func (r *Response) ExpectFields(messages map[string]string) *Response {
	r.TB.Helper()
	fields := map[string][]string{}
	for field, message := range messages {
		fields[field] = []string{message}
	}
	body, _ := json.Marshal(map[string]any{"error": fields}) // strings always encode
	return r.Expect(400, string(body))
}

// ExpectOneOf fails the test unless the status is one of these.
func (r *Response) ExpectOneOf(statuses ...int) *Response {
	r.TB.Helper()
	if !slices.Contains(statuses, r.Status) {
		r.TB.Fatalf("%s: status %d, want one of %v; body %s", r.name, r.Status, statuses, r.Body)
	}
	return r
}

// settle puts what was got in the place of every pattern that it matches.
func settle(want, got any) any {
	switch w := want.(type) {
	case string:
		pattern, isPattern := patterns[w]
		text, isText := got.(string)
		if isPattern && (w == "<any>" || isText && pattern.MatchString(text)) {
			return got
		}
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			for key, value := range w {
				w[key] = settle(value, g[key])
			}
		}
	case []any:
		if g, ok := got.([]any); ok {
			for i := range min(len(w), len(g)) {
				w[i] = settle(w[i], g[i])
			}
		}
	}
	return want
}
