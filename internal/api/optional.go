package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Optional is a field of a request body that may be left out, or be null, and
// means something else each time. Tag it omitzero.
type Optional[T any] struct {
	Set   bool // it was there
	Value *T   // nil: it was null
}

// UnmarshalJSON is only called for a field that is there.
func (o *Optional[T]) UnmarshalJSON(raw []byte) error {
	o.Set = true
	return json.Unmarshal(raw, &o.Value)
}

// Schema is that of T, or null.
func (*Optional[T]) Schema(registry huma.Registry) *huma.Schema {
	schema := *registry.Schema(reflect.TypeFor[T](), true, "")
	schema.Nullable = true
	return &schema
}
