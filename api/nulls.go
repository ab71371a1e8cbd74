package api

import (
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/govalues/decimal"
)

// huma says of some types only what is there when they are not null, and nothing of types that have a form of their own. The
// document has to say when null comes, or generated clients cannot read the answers.

const schemaPrefix = "#/components/schemas/"

// sayNulls completes the schemas that were made of Go types.
func sayNulls(r huma.Registry) {
	for name, schema := range r.Map() {
		if t := r.TypeFromRef(schemaPrefix + name); t != nil {
			sayNullsOf(schema, t)
		}
	}
}

func sayNullsOf(schema *huma.Schema, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || schema.Properties == nil {
		return
	}
	answered := strings.Contains(t.PkgPath(), "/projections") || strings.HasSuffix(t.PkgPath(), "/api")
	for i := range t.NumField() {
		f := t.Field(i)
		name := jsonName(f)
		if name == "" {
			sayNullsOf(schema, f.Type)
			continue
		}
		member := schema.Properties[name]
		if member == nil {
			continue
		}
		if answered && isDecimal(f.Type) { // it may be sent as a number, and is answered as a text
			member = &huma.Schema{Type: huma.TypeString, Format: "decimal", Description: member.Description}
		}
		_, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Type.Kind() == reflect.Pointer && !strings.Contains(options, "omit") {
			member = orNull(member)
		}
		if f.Type.Kind() == reflect.Slice && member.Type == huma.TypeArray && member.Nullable { // lists of nothing are []
			own := *member
			own.Nullable = false
			member = &own
		}
		schema.Properties[name] = member
	}
}

func isDecimal(t reflect.Type) bool {
	return t == reflect.TypeFor[decimal.Decimal]() || t == reflect.TypeFor[*decimal.Decimal]()
}

// orNull returns a schema that null meets too.
func orNull(s *huma.Schema) *huma.Schema {
	null := &huma.Schema{Type: "null"}
	switch {
	case s.Nullable:
		return s
	case s.Ref != "":
		return &huma.Schema{OneOf: []*huma.Schema{s, null}}
	}
	own := *s
	if len(s.OneOf) > 0 {
		own.OneOf = append(slices.Clone(s.OneOf), null)
		return &own
	}
	own.Nullable = true
	if len(s.Enum) > 0 {
		own.Enum = append(slices.Clone(s.Enum), nil)
	}
	return &own
}
