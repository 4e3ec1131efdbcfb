package api

import (
	"github.com/danielgtaylor/huma/v2"
)

// describeExamples gives the bodies of an operation examples that are made of
// those of their fields, so that an example cannot lack a field.
func describeExamples(registry huma.Registry, op *huma.Operation, says []string) {
	if op.RequestBody != nil {
		addExample(registry, op.RequestBody.Content[jsonType])
	}
	for status, response := range op.Responses {
		content := response.Content[jsonType]
		if status >= "300" || content == nil {
			continue
		}
		addExample(registry, content)
		if body, ok := content.Example.(map[string]any); ok && len(says) > 0 {
			body["message"] = says[0]
		}
	}
}

func addExample(registry huma.Registry, content *huma.MediaType) {
	content.Example = exampleOf(registry, content.Schema)
}

func exampleOf(registry huma.Registry, schema *huma.Schema) any {
	if schema.Ref != "" {
		schema = registry.SchemaFromRef(schema.Ref)
	}
	switch {
	case len(schema.Examples) > 0:
		return schema.Examples[0]
	case schema.Default != nil:
		return schema.Default
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	case len(schema.AnyOf) > 0:
		return exampleOf(registry, schema.AnyOf[0])
	case schema.Nullable:
		return nil
	}
	switch schema.Type {
	case huma.TypeObject:
		object := map[string]any{}
		for name, property := range schema.Properties {
			object[name] = exampleOf(registry, property)
		}
		return object
	case huma.TypeArray:
		return []any{exampleOf(registry, schema.Items)}
	case huma.TypeBoolean:
		return false
	case huma.TypeInteger, huma.TypeNumber:
		if schema.Minimum != nil {
			return *schema.Minimum
		}
		return 0
	default:
		return ""
	}
}
