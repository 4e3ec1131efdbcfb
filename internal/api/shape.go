package api

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// The messages of the contract for values of the wrong shape. A field may have
// a message of its own for when it is missing, in its tag missing.
const (
	UnknownField = "Unknown field."
	MissingField = "Missing data for required field."
	NullField    = "Field may not be null."
	NotAList     = "Not a valid list."
)

// maxReported is how many fields of a request are told what is wrong with them;
// a request of a million unknown fields gets no answer of a million lines.
const maxReported = 100

func report(fields fault.Fields, path, message string) {
	if len(fields) < maxReported {
		fields.Add(path, message)
	}
}

// shape is a schema of the API document, compiled for checking request bodies.
type shape struct {
	kind               string
	nullable           bool
	required           []string
	missing            string // what to say when it is
	properties         map[string]*shape
	items              *shape
	minimum, maximum   int64
	minItems, maxItems int
}

func compileShape(registry huma.Registry, schema *huma.Schema) *shape {
	if schema.Ref != "" {
		schema = registry.SchemaFromRef(schema.Ref)
	}
	s := &shape{
		kind:     schema.Type,
		nullable: schema.Nullable,
		required: schema.Required,
		minimum:  math.MinInt64, maximum: math.MaxInt64,
		maxItems: math.MaxInt,
		missing:  MissingField,
	}
	if schema.Minimum != nil {
		s.minimum = int64(*schema.Minimum)
	}
	if schema.Maximum != nil {
		s.maximum = int64(*schema.Maximum)
	}
	if schema.MinItems != nil {
		s.minItems = *schema.MinItems
	}
	if schema.MaxItems != nil {
		s.maxItems = *schema.MaxItems
	}
	if schema.Items != nil {
		s.items = compileShape(registry, schema.Items)
	}
	if len(schema.Properties) > 0 {
		s.properties = make(map[string]*shape, len(schema.Properties))
		for name, property := range schema.Properties {
			s.properties[name] = compileShape(registry, property)
		}
	}
	return s
}

// nameMissing takes the messages for missing fields from the body's type.
func (s *shape) nameMissing(body reflect.Type) {
	for field := range body.Fields() {
		if message := field.Tag.Get("missing"); message != "" {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			s.properties[name].missing = message
		}
	}
}

// checkObject reports what is wrong with the members of an object, trims its
// strings, and takes out what is wrong so that the rest can be bound.
func (s *shape) checkObject(path string, object map[string]any, fields fault.Fields) {
	for name, value := range object {
		property, known := s.properties[name]
		if !known {
			report(fields, path+name, UnknownField)
			delete(object, name)
			continue
		}
		if checked, ok := property.check(path+name, value, fields); ok {
			object[name] = checked
		} else {
			delete(object, name)
		}
	}
	for _, name := range s.required {
		if _, there := object[name]; !there && len(fields[path+name]) == 0 {
			report(fields, path+name, s.properties[name].missing)
		}
	}
}

// check returns the value as it is to be bound, or reports why it is not.
func (s *shape) check(path string, value any, fields fault.Fields) (any, bool) {
	if value == nil {
		if !s.nullable {
			report(fields, path, NullField)
		}
		return nil, s.nullable
	}
	switch s.kind {
	case huma.TypeString:
		return checkString(path, value, fields)
	case huma.TypeInteger:
		return s.checkInteger(path, value, fields)
	case huma.TypeBoolean:
		if _, ok := value.(bool); !ok {
			report(fields, path, "Not a valid boolean.")
			return nil, false
		}
		return value, true
	case huma.TypeArray:
		return value, s.checkArray(path, value, fields)
	case huma.TypeObject:
		object, ok := value.(map[string]any)
		if !ok {
			report(fields, path, "Not a valid object.")
			return nil, false
		}
		s.checkObject(path+".", object, fields)
		return object, true
	default:
		panic("no check for a body field of type " + s.kind)
	}
}

// checkString refuses what cannot be stored or is the mark of a broken
// encoding: NUL, and the character that a lone surrogate is read as.
func checkString(path string, value any, fields fault.Fields) (string, bool) {
	text, ok := value.(string)
	if !ok || strings.ContainsAny(text, "\x00\uFFFD") {
		report(fields, path, "Not a valid string.")
		return "", false
	}
	return strings.TrimSpace(text), true
}

// checkInteger clamps a number below all integers where the schema has no
// minimum: the rule that refuses it has a message of its own.
func (s *shape) checkInteger(path string, value any, fields fault.Fields) (any, bool) {
	number, ok := value.(json.Number)
	if !ok || strings.ContainsAny(number.String(), ".eE") {
		report(fields, path, "Not a valid integer.")
		return nil, false
	}
	n, err := strconv.ParseInt(number.String(), 10, 64) // clamps what is out of range
	switch {
	case n < s.minimum:
		report(fields, path, fmt.Sprintf("Must be greater than or equal to %d.", s.minimum))
	case n > s.maximum || (err != nil && n > 0):
		report(fields, path, fmt.Sprintf("Must be less than or equal to %d.", s.maximum))
	default:
		return json.Number(strconv.FormatInt(n, 10)), true
	}
	return nil, false
}

func (s *shape) checkArray(path string, value any, fields fault.Fields) bool {
	array, ok := value.([]any)
	if !ok {
		report(fields, path, NotAList)
		return false
	}
	if len(array) < s.minItems || len(array) > s.maxItems {
		report(fields, path, fmt.Sprintf("Length must be between %d and %d.", s.minItems, s.maxItems))
		return false
	}
	for i, element := range array {
		checked, ok := s.items.check(fmt.Sprintf("%s.%d", path, i), element, fields)
		if !ok {
			checked = nil // holds its place, so that the others keep their index
		}
		array[i] = checked
	}
	return true
}
