package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// fuzzed has a field of every kind, for bodies to be bound to.
type fuzzed struct {
	Name  string   `json:"name"`
	Count int      `json:"count" minimum:"0" maximum:"1000000"`
	Big   int      `json:"big,omitempty"`
	Ready bool     `json:"ready,omitempty"`
	Note  *string  `json:"note,omitempty" nullable:"true"`
	Words []string `json:"words,omitempty"`
	Parts []struct {
		Label  string `json:"label"`
		Amount int    `json:"amount"`
	} `json:"parts,omitempty"`
}

func fuzzedShape() *shape {
	installErrors()
	registry := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
	return compileShape(registry, registry.Schema(reflect.TypeFor[fuzzed](), true, ""))
}

func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `[]`, `null`, `{"name": " Oat ", "count": 3}`, `{"name": null, "count": 3.0, "big": 9223372036854775808}`,
		`{"name": "\ud800", "count": -0}`, `{"name": "a", "count": 1}{}`, `{"name": "a", "count": 1, "words": [1, "a", null]}`,
		`{"parts": [{"label": "", "amount": 1e3}, null]}`, `{"NAME": 1, "name": "x", "name": 2}`, "\xff", `{"note": null}`, `{"x": {}}`,
	} {
		f.Add([]byte(seed))
	}
	s := fuzzedShape()
	f.Fuzz(func(t *testing.T, raw []byte) {
		object, err := parseObject(raw)
		var reference map[string]any
		wanted := utf8.Valid(raw) && json.Unmarshal(raw, &reference) == nil && reference != nil
		if (err == nil) != wanted {
			t.Fatalf("parseObject(%q): %v; encoding/json says %t", raw, err, wanted)
		}
		if err != nil {
			return
		}
		fields := fault.Fields{}
		s.checkObject("", object, fields)
		var value fuzzed
		if err := bind(object, &value); err != nil {
			t.Fatalf("what was checked does not bind: %v in %q", err, raw)
		}
		if len(fields) > 0 {
			return
		}
		if value.Name != strings.TrimSpace(value.Name) || strings.ContainsAny(value.Name, "\x00\uFFFD") {
			t.Fatalf("%q was accepted as a string", value.Name)
		}
		if value.Count < 0 || value.Count > 1_000_000 {
			t.Fatalf("%d was accepted as a count", value.Count)
		}
		for name := range reference {
			if s.properties[name] == nil {
				t.Fatalf("unknown field %q was accepted", name)
			}
		}
		// Nothing is lost on the way: what encoding/json reads, trimmed.
		var strict fuzzed
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&strict); err != nil {
			t.Fatalf("%q was accepted; encoding/json says %v", raw, err)
		}
		if strict.Count != value.Count || strings.TrimSpace(strict.Name) != value.Name || len(strict.Parts) != len(value.Parts) {
			t.Fatalf("%q was read as %+v", raw, value)
		}
	})
}

func FuzzParseCursor(f *testing.F) {
	f.Add("")
	f.Add(Cursor{Time: time.Date(2026, 3, 4, 20, 0, 0, 123456000, time.UTC), ID: "x"}.Encode())
	f.Add(base64.RawURLEncoding.EncodeToString([]byte("0000-01-01T00:00:00.000000Zid")))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte("9999-12-31T23:59:59.999999Z\xff")))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte("2026-03-04T20:00:00,123456Za\x00b")))
	f.Add("MzA0NC0wMy0xN1QxMzo0Mzo0MCw0MzA0NzBa00") // an id that is not UTF-8
	f.Add("!!!")
	f.Fuzz(func(t *testing.T, text string) {
		cursor, err := ParseCursor(text)
		switch {
		case text == "":
			if cursor != nil || err != nil {
				t.Fatalf("an empty cursor is %v, %v", cursor, err)
			}
		case err != nil:
			var f *fault.Error
			if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Message != "Invalid cursor parameter" {
				t.Fatalf("refused with %v", err)
			}
		default:
			if !storable(cursor.Time) || strings.ContainsRune(cursor.ID, 0) || !utf8.ValidString(cursor.ID) {
				t.Fatalf("%q was accepted as %+v", text, cursor)
			}
			if cursor.ID == "" {
				t.Fatalf("%q was accepted without an id", text)
			}
			again, err := ParseCursor(cursor.Encode())
			if err != nil || *again != *cursor {
				t.Fatalf("%+v became %+v, %v", cursor, again, err)
			}
		}
	})
}

func FuzzBearerToken(f *testing.F) {
	for _, seed := range []string{"Bearer a.b.c", "bearer  x ", "Bearer", "Bearer ", "Basic eA==", "", "BEARER\tx", "Bearer a b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		token, ok := bearerToken(header)
		switch {
		case !ok && token != "":
			t.Fatalf("%q was refused, and gave %q", header, token)
		case ok && (token == "" || token != strings.TrimSpace(token) || !strings.HasSuffix(strings.TrimSpace(header), token)):
			t.Fatalf("%q gave %q", header, token)
		case ok && !strings.EqualFold(header[:len("bearer ")], "bearer "):
			t.Fatalf("%q was taken for a bearer token", header)
		}
	})
}

func FuzzParseMoment(f *testing.F) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "2026-03-08", "2026-11-01", "2026-03-04T20:00:00Z", "2026-03-04T20:00:00.123456789-08:00", "0001-01-01", "9998-12-31",
		"9999-12-31", "0000-12-31T23:59:59Z", "2026-02-30", "2026-3-4", "9998-12-31T23:59:59.999999999Z", "2026-01-01T24:00:00Z",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		begin, end, err := ParseMoment("from", text, zone)
		switch {
		case text == "" && (begin != nil || end != nil || err != nil):
			t.Fatalf("an absent moment is %v, %v, %v", begin, end, err)
		case text == "":
		case err != nil:
			if begin != nil || end != nil || err.Error() != "Invalid from parameter" {
				t.Fatalf("refused with %v, %v, %v", begin, end, err)
			}
		case !begin.Before(*end):
			t.Fatalf("%q ends before it begins: %v, %v", text, begin, end)
		case end.Sub(*begin) > 25*time.Hour:
			t.Fatalf("%q lasts %v", text, end.Sub(*begin))
		case begin.UTC().Year() < 1, end.UTC().Year() > 9999:
			t.Fatalf("%q cannot be stored: %v, %v", text, begin, end)
		}
	})
}

func FuzzCleanQuery(f *testing.F) {
	for _, seed := range []string{"", "a=b", "a", "a=%00", "a=%zz&b=1", "a;b", "%ff=%ff", "&=&", "a=1&a=2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		cleaned := cleanQuery(query)
		if again := cleanQuery(cleaned); again != cleaned {
			t.Fatalf("%q became %q, then %q", query, cleaned, again)
		}
		values, err := url.ParseQuery(cleaned)
		if err != nil {
			t.Fatalf("%q became %q: %v", query, cleaned, err)
		}
		for _, texts := range values { // names need no cleaning: no operation has such a one
			for _, text := range texts {
				if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
					t.Fatalf("%q became %q", query, cleaned)
				}
			}
		}
	})
}

func FuzzRequestID(f *testing.F) {
	f.Add("")
	f.Add("abc-1.2_3")
	f.Add(strings.Repeat("x", 129))
	f.Add("\r\nSet-Cookie: x")
	f.Fuzz(func(t *testing.T, given string) {
		id := requestID(given)
		if id == "" || len(id) > 128 || strings.ContainsFunc(id, func(c rune) bool {
			return c > 'z' || c < '-' || strings.ContainsRune("/:;<=>?@[\\]^`", c)
		}) {
			t.Fatalf("%q became %q", given, id)
		}
	})
}

// A body that breaks off is the client's fault; its end is none at all.
func TestTheEndOfABodyIsNoFault(t *testing.T) {
	if _, err := io.ReadAll(clientBody{io.NopCloser(strings.NewReader("whole"))}); err != nil {
		t.Error(err)
	}
	broken := io.NopCloser(io.MultiReader(strings.NewReader("half"), errReader{io.ErrUnexpectedEOF}))
	_, err := io.ReadAll(clientBody{broken})
	if got := answerTo(err); got.status != 400 || got.Detail != notAnObject || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v is answered %d %v", err, got.status, got.Detail)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }
