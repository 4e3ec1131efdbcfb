package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// badValues are JSON values that some field, somewhere, does not expect. The
// first ones are tried in each field alone, all of them in all fields at once.
var badValues = []string{
	`null`, `9223372036854775808`, `"a\u0000b"`, `"\ud800"`, `"'; DROP TABLE users; --"`, `[null, {}]`, `{"\u0000": 1}`, `1e400`,
	`true`, `0`, `-1`, `-0`, `3.0`, `1e3`, `2147483648`, `-9223372036854775809`, `""`, `" "`, `"\u0000"`, `"１２３４"`, `"٣٣٣٣"`,
	`"%_\\"`, `"` + strings.Repeat("x", 5000) + `"`, `"` + strings.Repeat("🥛", 100) + `"`, `"\u202e"`, `"..\/..\/etc"`,
	`[]`, `[[]]`, `[1, "a", true]`, `["\u0000"]`, `{}`, `{"id": 1}`,
}

const triedAlone = 8

var badBodies = []string{
	``, ` `, `{}`, `[]`, `null`, `true`, `1`, `"x"`, `{`, `{"`, `{}{}`, "\x00", "\xff\xfe", "\xef\xbb\xbf{}", `{"a": {"b": [1]}}`,
	`{"\ud800": 1}`, `{"": ""}`, "<xml/>", "a=b", nested(1000), nested(20000), `{"RawBody": "e30="}`, `{"Value": {"name": 1}}`,
}

var badSegments = []string{
	"x", "0", "-1", "%00", "%ff", "%ed%a0%80", "%2e%2e", "a%2Fb", "%25", "%27%20OR%201=1", "%F0%9F%A5%9B", "%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94",
	strings.Repeat("9", 4000), "null", "%0a", "99999999999999999999",
}

var badQueries = []string{
	"", "x", "-1", "0", "1.5", "9223372036854775808", "%00", "%ff", "%zz", "'", "%25%5F%5C", "2026-02-30", "2026-13-01T00:00:00Z",
	"9999-12-31", "0000-01-01", "-0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59", "AAAA", "MDAwMA", "%F0%9F%A5%9B",
	strings.Repeat("a", 5000), "1&x;y", "true",
}

var leak = regexp.MustCompile(`(?i)select |insert into|pgconn|sqlite|sqlstate|panic|goroutine|\.go:|/internal/|/tmp/`)

// operation is one of the API document.
type operation struct {
	method, path string
	spec         *huma.Operation
}

func operations(s *apptest.Server) []operation {
	var all []operation
	for _, path := range slices.Sorted(maps.Keys(s.App.API.Document().Paths)) {
		item := s.App.API.Document().Paths[path]
		for method, spec := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete,
		} {
			if spec != nil {
				all = append(all, operation{method, path, spec})
			}
		}
	}
	return all
}

// at puts a segment in the place of every parameter of the path.
func (o operation) at(segment string) string {
	return regexp.MustCompile(`\{\w+\}`).ReplaceAllLiteralString(o.path, segment)
}

func TestNoBadInputIsTheServersFault(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		try := func(c *apptest.Client, o operation, path string, body any) {
			t.Helper()
			r := c.Do(o.method, path, body)
			switch {
			case r.Status >= 500, r.Status == 0:
				t.Errorf("%s %.200s with %.200q: %d %s", o.method, path, body, r.Status, r.Body)
			case leak.Match(r.Body):
				t.Errorf("%s %.200s with %.200q tells too much: %s", o.method, path, body, r.Body)
			case r.Status >= 400:
				expectErrorBody(t, r)
			}
		}
		for _, o := range operations(s) {
			for _, segment := range badSegments {
				try(s.Admin(), o, o.at(segment), nil)
			}
			for _, p := range o.spec.Parameters {
				if p.In == "query" {
					for _, value := range badQueries {
						try(s.Admin(), o, o.at("x")+"?"+p.Name+"="+value, nil)
					}
				}
			}
			for _, body := range badBodies {
				try(s.Admin(), o, o.at("x"), body)
			}
			for _, body := range brokenBodies(s, o) {
				try(s.Admin(), o, o.at("x"), body)
			}
			for _, header := range []string{"Accept", "If-None-Match", "Content-Type", "Idempotency-Key", "X-Recorded-At", "X-Store-ID", "Accept-Encoding", "Range"} {
				try(s.Admin().With(header, "\xff'\"; ,"), o, o.at("x"), `{}`)
			}
		}
	})
}

// brokenBodies has the fields of a body take the bad values.
func brokenBodies(s *apptest.Server, o operation) []string {
	if o.spec.RequestBody == nil {
		return nil
	}
	registry := s.App.API.Document().Components.Schemas
	resolve := func(schema *huma.Schema) *huma.Schema {
		if schema.Ref != "" {
			return registry.SchemaFromRef(schema.Ref)
		}
		return schema
	}
	example := func(p *huma.Schema) any {
		return map[string]any{
			huma.TypeString: "Anything", huma.TypeInteger: 1, huma.TypeBoolean: true, huma.TypeArray: []any{}, huma.TypeObject: map[string]any{},
		}[resolve(p).Type]
	}
	var bodies []string
	add := func(schema *huma.Schema, wrap func(object map[string]any) any) {
		try := func(value string, broken func(name string) bool) {
			object := map[string]any{}
			for name, property := range schema.Properties {
				if object[name] = example(property); broken(name) {
					object[name] = json.RawMessage(value)
				}
			}
			body, _ := json.Marshal(wrap(object)) // valid JSON by construction
			bodies = append(bodies, string(body))
		}
		for i, value := range badValues {
			try(value, func(string) bool { return true })
			for one := range schema.Properties {
				if i < triedAlone {
					try(value, func(name string) bool { return name == one })
				}
			}
		}
	}
	whole := resolve(o.spec.RequestBody.Content["application/json"].Schema)
	add(whole, func(object map[string]any) any { return object })
	for name, property := range whole.Properties {
		if p := resolve(property); p.Type == huma.TypeArray && resolve(p.Items).Type == huma.TypeObject {
			add(resolve(p.Items), func(object map[string]any) any { return map[string]any{name: []any{object}} })
		}
	}
	return bodies
}

// expectErrorBody fails the test unless the body has the form of every error.
func expectErrorBody(t *testing.T, r *apptest.Response) {
	t.Helper()
	var body struct {
		Error any    `json:"error"`
		Msg   string `json:"msg"`
	}
	r.Into(&body)
	switch e := body.Error.(type) {
	case string:
		if e == "" || r.Status == 401 && body.Msg != "" && body.Msg != e {
			t.Errorf("status %d with body %s", r.Status, r.Body)
		}
	case map[string]any:
		if r.Status != 400 || len(e) == 0 {
			t.Errorf("status %d with body %s", r.Status, r.Body)
		}
		for field, messages := range e {
			list, _ := messages.([]any)
			for _, message := range list {
				if text, _ := message.(string); text == "" {
					t.Errorf("no messages for %s in %s", field, r.Body)
				}
			}
			if len(list) == 0 {
				t.Errorf("no messages for %s in %s", field, r.Body)
			}
		}
	default:
		t.Errorf("status %d with body %s", r.Status, r.Body)
	}
}
