package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// document is as much of an OpenAPI document as clients need.
type document struct {
	Paths      map[string]map[string]*operation `json:"paths"`
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	ID          string      `json:"operationId"`
	Summary     string      `json:"summary"`
	Parameters  []parameter `json:"parameters"`
	RequestBody *struct {
		Required bool             `json:"required"`
		Content  map[string]media `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Content map[string]media `json:"content"`
	} `json:"responses"`

	method, path string
}

type parameter struct {
	Name        string  `json:"name"`
	In          string  `json:"in"`
	Required    bool    `json:"required"`
	Description string  `json:"description"`
	Explode     *bool   `json:"explode"`
	Schema      *schema `json:"schema"`
}

// joined reports whether a list is written with commas.
func (p parameter) joined() bool { return p.Explode != nil && !*p.Explode }

type media struct {
	Schema *schema `json:"schema"`
}

type schema struct {
	Ref         string             `json:"$ref"`
	Type        types              `json:"type"`
	Format      string             `json:"format"`
	Description string             `json:"description"`
	Enum        []any              `json:"enum"`
	OneOf       []*schema          `json:"oneOf"`
	Items       *schema            `json:"items"`
	Properties  map[string]*schema `json:"properties"`
	Required    []string           `json:"required"`
	Additional  additional         `json:"additionalProperties"`
}

// types are those that a value may have: one, or one and null.
type types []string

func (t *types) UnmarshalJSON(text []byte) error {
	if text[0] == '[' {
		return json.Unmarshal(text, (*[]string)(t))
	}
	*t = types{""}
	return json.Unmarshal(text, &(*t)[0])
}

// additional is the schema of members that have no name of their own; open where they may be anything.
type additional struct {
	schema *schema
	open   bool
}

func (a *additional) UnmarshalJSON(text []byte) error {
	if text[0] != '{' {
		return json.Unmarshal(text, &a.open)
	}
	return json.Unmarshal(text, &a.schema)
}

// kind is what a value is that is not null.
func (s *schema) kind() string {
	for _, t := range s.Type {
		if t != "null" {
			return t
		}
	}
	return ""
}

// nullable reports whether null comes too, and bare returns the schema of what else comes.
func (s *schema) nullable() bool {
	return slices.Contains(s.Type, "null") || slices.ContainsFunc(s.OneOf, (*schema).isNull)
}

func (s *schema) isNull() bool { return len(s.Type) == 1 && s.Type[0] == "null" }

func (s *schema) bare() *schema {
	if rest := slices.DeleteFunc(slices.Clone(s.OneOf), (*schema).isNull); len(rest) == 1 {
		return rest[0]
	}
	return s
}

func (s *schema) refName() string { return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:] }

// operations returns those that are asked for and answered in JSON, by their names.
func (d *document) operations() (all []*operation) {
	for path, item := range d.Paths {
		for method, op := range item {
			op.method, op.path = strings.ToUpper(method), path
			if _, answers := op.answer(); answers && (op.RequestBody == nil || op.body() != nil) {
				all = append(all, op)
			}
		}
	}
	slices.SortFunc(all, func(a, b *operation) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// body returns the schema of what is sent; nil where that is nothing, or no JSON.
func (o *operation) body() *schema {
	if o.RequestBody == nil {
		return nil
	}
	return o.RequestBody.Content["application/json"].Schema
}

// answer returns the schema of what comes back; nil where that is nothing.
func (o *operation) answer() (*schema, bool) {
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		if status[0] != '2' {
			continue
		}
		content := o.Responses[status].Content
		if len(content) == 0 {
			return nil, true
		}
		m, ok := content["application/json"]
		return m.Schema, ok
	}
	return nil, false
}

// sent returns the names of the schemas of what is sent.
func (d *document) sent() map[string]bool {
	all := map[string]bool{}
	var visit func(*schema)
	visit = func(s *schema) {
		if s == nil {
			return
		}
		if s.Ref != "" {
			if name := s.refName(); !all[name] {
				all[name] = true
				visit(d.Components.Schemas[name])
			}
		}
		visit(s.Items)
		visit(s.Additional.schema)
		for _, one := range s.OneOf {
			visit(one)
		}
		for _, one := range s.Properties {
			visit(one)
		}
	}
	for _, op := range d.operations() {
		visit(op.body())
	}
	return all
}

func (o *operation) in(where string) (all []parameter) {
	for _, p := range o.Parameters {
		if p.In == where {
			all = append(all, p)
		}
	}
	return all
}

// pascal writes a name as Go and TypeScript name types: purchase_id is PurchaseID in Go.
func pascal(name string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune("_-. /", r) }) {
		switch upper := strings.ToUpper(word); upper {
		case "ID", "URL", "SKU", "CLV", "RFM", "CSAT", "NPS", "IP":
			b.WriteString(upper)
		default:
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

func camel(name string) string {
	out := pascal(name)
	if out == strings.ToUpper(out) {
		return strings.ToLower(out)
	}
	return strings.ToLower(out[:1]) + out[1:]
}
