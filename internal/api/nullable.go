package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Nullable is an object of an answer that is null where there is none. A
// pointer would do the same, but huma would say that it is never null.
type Nullable[T any] struct{ Object *T }

// MarshalJSON writes the object, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.Object) }

// Schema is that of T, or null.
func (Nullable[T]) Schema(registry huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{
		registry.Schema(reflect.TypeFor[T](), true, ""), {Type: "null"},
	}}
}
