package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

func tsTypes(d *document) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(generated)
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		s := d.Components.Schemas[name]
		tsComment(&b, "", s.Description)
		fmt.Fprintf(&b, "export type %s = %s;\n\n", name, tsType(s, ""))
	}
	return b.Bytes(), nil
}

func tsType(s *schema, indent string) string {
	out := tsBare(s.bare(), indent)
	if s.nullable() && !strings.HasSuffix(out, "null") {
		out += " | null"
	}
	return out
}

func tsBare(s *schema, indent string) string {
	if s.Ref != "" {
		return s.refName()
	}
	if len(s.OneOf) > 0 {
		var all []string
		for _, one := range s.OneOf {
			all = append(all, tsType(one, indent))
		}
		return strings.Join(all, " | ")
	}
	if len(s.Enum) > 0 {
		var all []string
		for _, one := range s.Enum {
			text, _ := json.Marshal(one) // a text, a number or null
			all = append(all, string(text))
		}
		return strings.Join(all, " | ")
	}
	switch s.kind() {
	case "string":
		return "string"
	case "integer", "number":
		return "number"
	case "boolean":
		return "boolean"
	case "array":
		if s.Items == nil {
			return "unknown[]"
		}
		return "(" + tsType(s.Items, indent) + ")[]"
	case "object":
		return tsObject(s, indent)
	}
	return "unknown"
}

func tsObject(s *schema, indent string) string {
	if len(s.Properties) == 0 {
		if s.Additional.schema != nil {
			return "Record<string, " + tsType(s.Additional.schema, indent) + ">"
		}
		return "Record<string, unknown>"
	}
	var b bytes.Buffer
	b.WriteString("{\n")
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		m, optional := s.Properties[name], "?"
		if slices.Contains(s.Required, name) {
			optional = ""
		}
		tsComment(&b, indent+"  ", m.Description)
		key, _ := json.Marshal(name) // a text
		fmt.Fprintf(&b, "%s  %s%s: %s;\n", indent, key, optional, tsType(m, indent+"  "))
	}
	b.WriteString(indent + "}")
	return b.String()
}

func tsComment(b *bytes.Buffer, indent, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, strings.ReplaceAll(text, "*/", "* /"))
	}
}

func tsOperations(d *document) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(generated + "import { Base, type Options } from \"./base.js\";\nimport type * as types from \"./types.gen.js\";\n\n")
	b.WriteString("/** Rapport asks a server for what the OpenAPI document has. */\nexport class Rapport extends Base {\n")
	for _, op := range d.operations() {
		tsOperation(&b, op)
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}

func tsOperation(b *bytes.Buffer, op *operation) {
	var args []string
	path := op.path
	for _, p := range op.in("path") {
		args = append(args, tsArg(p.Name)+": string")
		path = strings.ReplaceAll(path, "{"+p.Name+"}", "${encodeURIComponent("+tsArg(p.Name)+")}")
	}
	body, query := "undefined", "undefined"
	if s := op.body(); s != nil {
		args, body = append(args, "body: "+tsRef(s)), "body"
	}
	if params := op.in("query"); len(params) > 0 {
		var all []string
		needed := false
		for _, p := range params {
			optional := "?"
			if p.Required {
				optional, needed = "", true
			}
			all = append(all, fmt.Sprintf("%q%s: %s", p.Name, optional, tsRef(p.Schema)))
		}
		standing := " = {}"
		if needed {
			standing = ""
		}
		args, query = append(args, "query: { "+strings.Join(all, "; ")+" }"+standing), "query"
	}
	for _, p := range op.in("query") {
		if p.joined() && p.Schema.kind() == "array" {
			query = "this.joined(" + query + ", " + fmt.Sprintf("%q", p.Name) + ")"
		}
	}
	args = append(args, "options: Options = {}")
	result := "void"
	if s, _ := op.answer(); s != nil {
		result = tsRef(s)
	}
	tsComment(b, "  ", op.Summary)
	fmt.Fprintf(b, "  %s(%s): Promise<%s> {\n    return this.ask(%q, `%s`, %s, %s, options);\n  }\n\n", op.ID, strings.Join(args, ", "), result,
		op.method, path, query, body)
}

// tsRef is the type of a schema, in a file that has the types under a name.
func tsRef(s *schema) string {
	if s.Ref != "" {
		return "types." + s.refName()
	}
	if s.kind() == "array" && s.Items != nil && s.Items.Ref != "" {
		return "types." + s.Items.refName() + "[]"
	}
	return tsType(s, "  ")
}

func tsArg(name string) string {
	if name = camel(name); slices.Contains([]string{"body", "query", "options"}, name) {
		return name + "_"
	}
	return name
}
