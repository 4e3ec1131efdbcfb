package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/fault"
)

const (
	jsonType = "application/json"
)

// JSON is embedded in the input of an operation that takes a JSON object. Its
// Value is there, trimmed and checked, when the handler runs. If *T has a
// method Check(fault.Fields), what that adds is reported together with what
// the shape of the body already shows. If it has a method
// PlainFault(shape fault.Fields) error, that may say in one plain sentence what
// is wrong, in place of messages by field.
//
// huma's own validator is not used here: it takes 3.0 for an integer, stops
// distinguishing null from absent, and knows one message for each kind of
// fault where the contract has its own. Nor may the type be called Body: into
// a field of that name huma would decode the body itself.
type JSON[T any] struct {
	RawBody []byte
	Value   T
}

// bodyTaker is any input that embeds a JSON.
type bodyTaker interface{ bodyType() reflect.Type }

func (b *JSON[T]) bodyType() reflect.Type { return reflect.TypeFor[T]() }

// Resolve decodes and checks the body; huma calls it before the handler.
func (b *JSON[T]) Resolve(ctx huma.Context) []error {
	if len(b.RawBody) == 0 {
		return nil // huma has refused it already where a body is required
	}
	if mediaType, _, err := mime.ParseMediaType(ctx.Header("Content-Type")); err != nil || mediaType != jsonType {
		return []error{&Error{
			status: http.StatusUnsupportedMediaType, Detail: wrongType,
		}}
	}
	object, err := parseObject(b.RawBody)
	if err != nil {
		return []error{fault.New(fault.Invalid, notAnObject)}
	}
	fields := fault.Fields{}
	ctx.Operation().Metadata[shapeKey].(*shape).checkObject("", object, fields)
	if err := bind(object, &b.Value); err != nil {
		return []error{err}
	}
	if plain, ok := any(&b.Value).(interface{ PlainFault(fault.Fields) error }); ok {
		if err := plain.PlainFault(fields); err != nil {
			return []error{err}
		}
	}
	if checker, ok := any(&b.Value).(interface{ Check(fault.Fields) }); ok {
		rules := fault.Fields{}
		checker.Check(rules)
		fields.Merge(rules)
	}
	if err := fields.Err(); err != nil {
		return []error{err}
	}
	return nil
}

// parseObject reads one JSON object and nothing after it. Numbers stay text,
// since 3.0 is not an integer here.
func parseObject(raw []byte) (map[string]any, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("not UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		return nil, err
	}
	if object == nil {
		return nil, errors.New("null is not an object")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return object, nil
}

// bind fills the struct from what is left of the object once every value of a
// wrong shape is gone from it.
func bind(object map[string]any, value any) error {
	checked, err := json.Marshal(object)
	if err != nil {
		return err
	}
	return json.Unmarshal(checked, value)
}

// blameClient makes it the client's fault when the body breaks off.
func blameClient(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(r.Context())
		r.Body = clientBody{r.Body}
		next.ServeHTTP(w, r)
	})
}

type clientBody struct{ io.ReadCloser }

func (b clientBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = &fault.Error{Kind: fault.Invalid, Message: notAnObject, Cause: err}
	}
	return n, err
}
