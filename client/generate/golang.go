package main

import (
	"bytes"
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strings"
)

const generated = "// Code generated from the OpenAPI document by client/generate. DO NOT EDIT.\n\n"

// goWriter writes types, and those within them under names of their own.
type goWriter struct {
	bytes.Buffer
	inner []func()
	// sent reports that what is written is sent: there it matters whether a number is 0 or left out.
	sent bool
}

func goTypes(d *document) ([]byte, error) {
	w := &goWriter{}
	w.WriteString(generated + "package client\n\nimport (\n\t\"encoding/json\"\n\t\"time\"\n)\n\n")
	w.WriteString("// Some of these may not be in use.\nvar (\n\t_ time.Time\n\t_ json.RawMessage\n)\n\n")
	sent := d.sent()
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		w.sent = sent[name]
		w.define(pascal(name), d.Components.Schemas[name])
	}
	return format.Source(w.Bytes())
}

// define writes a type under a name.
func (w *goWriter) define(name string, s *schema) {
	comment(&w.Buffer, "", name, s.Description)
	if s.kind() == "object" && len(s.Properties) > 0 {
		fmt.Fprintf(w, "type %s struct {\n", name)
		for _, member := range slices.Sorted(maps.Keys(s.Properties)) {
			m := s.Properties[member]
			comment(&w.Buffer, "\t", "", m.Description)
			typ, option := w.goMember(name+pascal(member), m, slices.Contains(s.Required, member))
			fmt.Fprintf(w, "\t%s %s `json:\"%s%s\"`\n", pascal(member), typ, member, option)
		}
		w.WriteString("}\n\n")
	} else {
		fmt.Fprintf(w, "type %s %s\n\n", name, w.goType(name+"Item", s))
	}
	for len(w.inner) > 0 {
		next := w.inner[0]
		w.inner = w.inner[1:]
		next()
	}
}

// goMember returns the type of a member, and what its tag says beside the name.
func (w *goWriter) goMember(name string, s *schema, required bool) (typ, option string) {
	typ = w.goType(name, s.bare())
	plain := !strings.HasPrefix(typ, "[]") && !strings.HasPrefix(typ, "map[") && typ != "any" && typ != "json.RawMessage"
	switch {
	case s.nullable() && plain:
		typ = "*" + typ
	case !required && typ == "time.Time":
		return typ, ",omitzero"
	case !required && plain && typ != "string" && (w.sent || s.bare().Ref != ""):
		typ = "*" + typ
	}
	if !required {
		option = ",omitempty"
	}
	return typ, option
}

func (w *goWriter) goType(name string, s *schema) string {
	if s.Ref != "" {
		return pascal(s.refName())
	}
	switch s.kind() {
	case "string":
		if s.Format == "date-time" {
			return "time.Time"
		}
		return "string"
	case "integer":
		return "int64"
	case "number":
		return "float64"
	case "boolean":
		return "bool"
	case "array":
		if s.Items == nil {
			return "[]any"
		}
		item := w.goType(name+"Item", s.Items.bare())
		if s.Items.nullable() {
			item = "*" + item
		}
		return "[]" + item
	case "object":
		switch {
		case len(s.Properties) > 0:
			w.inner = append(w.inner, func() { w.define(name, s) })
			return name
		case s.Additional.schema != nil:
			return "map[string]" + w.goType(name+"Value", s.Additional.schema.bare())
		}
		return "map[string]any"
	}
	return "any"
}

// comment writes what a description says, as a comment.
func comment(b *bytes.Buffer, indent, name, text string) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "" && name == "":
		return
	case name == "":
	case text == "":
		text = name + " is as the OpenAPI document has it."
	default:
		text = name + ": " + strings.ToLower(text[:1]) + text[1:]
	}
	fmt.Fprintf(b, "%s// %s\n", indent, text)
}

func goOperations(d *document) ([]byte, error) {
	w := &goWriter{}
	w.WriteString(generated + "package client\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"net/http\"\n\t\"net/url\"\n)\n\n")
	for _, op := range d.operations() {
		w.operation(op)
	}
	return format.Source(w.Bytes())
}

func (w *goWriter) operation(op *operation) {
	name := pascal(op.ID)
	args, path := "ctx context.Context", fmt.Sprintf("%q", op.path)
	for _, p := range op.in("path") {
		args += ", " + goArg(p.Name) + " string"
		path = strings.ReplaceAll(path, "{"+p.Name+"}", `" + url.PathEscape(`+goArg(p.Name)+`) + "`)
	}
	path = strings.ReplaceAll(path, ` + ""`, "")
	query, body := "nil", "nil"
	if params := op.in("query"); len(params) > 0 {
		w.query(name, params)
		args, query = args+", q "+name+"Query", "q.values()"
	}
	if s := op.body(); s != nil {
		args, body = args+", body "+w.goType(name+"Body", s), "body"
	}
	args += ", options ...Option"
	result, out := "error", ""
	answer, _ := op.answer()
	if answer != nil {
		out = w.goType(name+"Answer", answer)
		result = "(out " + out + ", err error)"
	}
	fmt.Fprintf(w, "// %s asks to: %s\nfunc (c *Client) %s(%s) %s {\n", name, strings.ToLower(op.Summary[:1])+op.Summary[1:], name, args, result)
	if answer != nil {
		fmt.Fprintf(w, "\terr = c.do(ctx, http.Method%s, %s, %s, %s, &out, options)\n\treturn out, err\n}\n\n", title(op.method), path, query, body)
	} else {
		fmt.Fprintf(w, "\treturn c.do(ctx, http.Method%s, %s, %s, %s, nil, options)\n}\n\n", title(op.method), path, query, body)
	}
	for len(w.inner) > 0 {
		next := w.inner[0]
		w.inner = w.inner[1:]
		next()
	}
}

func title(method string) string { return method[:1] + strings.ToLower(method[1:]) }

// goArg names an argument, which must not be a word of the language.
func goArg(name string) string {
	if name = camel(name); slices.Contains([]string{"type", "range", "func", "map", "options", "body", "q"}, name) {
		return name + "_"
	}
	return name
}

// query writes the parameters of a query. What is empty is left out, unless it must be there.
func (w *goWriter) query(op string, params []parameter) {
	fmt.Fprintf(w, "// %sQuery are the parameters of %s; what is empty is left out.\ntype %sQuery struct {\n", op, op, op)
	for _, p := range params {
		comment(&w.Buffer, "\t", "", p.Description)
		fmt.Fprintf(w, "\t%s %s\n", pascal(p.Name), goParam(p))
	}
	fmt.Fprintf(w, "}\n\nfunc (q %sQuery) values() url.Values {\n\tv := url.Values{}\n", op)
	for _, p := range params {
		field := "q." + pascal(p.Name)
		switch typ := goParam(p); {
		case typ == "[]string" && p.joined():
			fmt.Fprintf(w, "\tif len(%s) > 0 {\n\t\tv.Set(%q, joined(%s))\n\t}\n", field, p.Name, field)
		case typ == "[]string":
			fmt.Fprintf(w, "\tfor _, one := range %s {\n\t\tv.Add(%q, one)\n\t}\n", field, p.Name)
		case typ == "map[string]string":
			fmt.Fprintf(w, "\tfor name, one := range %s {\n\t\tv.Set(name, one)\n\t}\n", field)
		case typ == "*bool":
			fmt.Fprintf(w, "\tif %s != nil {\n\t\tv.Set(%q, fmt.Sprint(*%s))\n\t}\n", field, p.Name, field)
		case p.Required:
			fmt.Fprintf(w, "\tv.Set(%q, fmt.Sprint(%s))\n", p.Name, field)
		case typ == "string":
			fmt.Fprintf(w, "\tif %s != \"\" {\n\t\tv.Set(%q, %s)\n\t}\n", field, p.Name, field)
		default:
			fmt.Fprintf(w, "\tif %s != 0 {\n\t\tv.Set(%q, fmt.Sprint(%s))\n\t}\n", field, p.Name, field)
		}
	}
	w.WriteString("\treturn v\n}\n\n")
}

func goParam(p parameter) string {
	switch p.Schema.kind() {
	case "integer":
		return "int64"
	case "number":
		return "float64"
	case "boolean":
		return "*bool"
	case "array":
		return "[]string"
	case "object":
		return "map[string]string"
	}
	return "string"
}
