package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/projections/queries"
)

// listOperation is a list, or one item of it, in the OpenAPI document.
type listOperation struct {
	*huma.Operation
	one bool
}

func (s *server) listOperation(l *queries.List, id, path string, own bool) *listOperation {
	op := &huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Tags: []string{l.Tag}, Summary: l.Summary, Description: l.About}
	if own {
		op.Summary += ": those of one customer"
	}
	op.Parameters = append(pathParameters(l, path), s.listParameters(l, own)...)
	items := &huma.Schema{Type: huma.TypeArray, Items: s.itemSchema(l), MaxItems: ptr(queries.MostItems)}
	page := s.schemaNamed(l.Item+"List", &huma.Schema{Type: huma.TypeObject, Required: []string{l.Member()}, AdditionalProperties: false,
		Properties: map[string]*huma.Schema{l.Member(): items,
			"next_cursor": {Type: huma.TypeString, Description: "Absent on the last page"}}})
	op.Responses = s.listResponses("A page", page, own)
	if l.Filter(queries.RuleFilter) {
		s.refuses(op, http.StatusUnprocessableEntity)
	}
	return &listOperation{op, false}
}

func (s *server) itemOperation(l *queries.List, id, path string, own bool) *listOperation {
	op := &huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Tags: []string{l.Tag}, Description: l.About,
		Summary: strings.Replace(l.Summary, "List", "See", 1) + ": one of them"}
	if l.Single {
		op.Summary = strings.Replace(l.Summary, "List", "See", 1) + ": of one customer"
	}
	op.Parameters = append(pathParameters(l, path), fieldsParameter(l), afterParameter())
	op.Responses = s.listResponses("The item", s.itemSchema(l), true)
	return &listOperation{op, true}
}

func ptr[T any](v T) *T { return &v }

func (s *server) listResponses(words string, schema *huma.Schema, named bool) map[string]*huma.Response {
	all := map[string]*huma.Response{"200": {Description: words, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
	statuses := []int{http.StatusBadRequest, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if named {
		statuses = append(statuses, http.StatusNotFound, http.StatusGone)
	}
	for _, status := range statuses {
		all[strconv.Itoa(status)] = problemResponse(s.huma.OpenAPI().Components.Schemas, status)
	}
	return all
}

// schemaNamed enters a schema under a name. Two under one are a fault of wiring.
func (s *server) schemaNamed(name string, schema *huma.Schema) *huma.Schema {
	known := s.huma.OpenAPI().Components.Schemas.Map()
	if known[name] == nil {
		known[name] = schema
		s.lists[name] = true
	} else if !s.lists[name] {
		panic("there is a schema " + name + " already")
	}
	return &huma.Schema{Ref: schemaPrefix + name}
}

func pathParameters(l *queries.List, path string) (all []*huma.Param) {
	for part := range strings.SplitSeq(path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		if name = strings.TrimSuffix(name, "}"); !ok {
			continue
		}
		schema := &huma.Schema{Type: huma.TypeString, Format: "uuid"}
		for _, c := range l.Columns() {
			if c.Name == name && name != "customer_id" {
				schema = columnSchema(c, false)
			}
		}
		about := schema.Description
		schema.Description = ""
		if name == "customer_id" {
			about = "Who; whoever was merged with them is the same"
		}
		all = append(all, &huma.Param{Name: name, In: "path", Required: true, Description: about, Schema: schema})
	}
	return all
}

func (s *server) listParameters(l *queries.List, own bool) (all []*huma.Param) {
	for _, f := range l.Filters {
		if f.Own && !own {
			continue
		}
		schema := columnSchema(queries.Column{Type: f.Type, Among: f.Among}, false)
		if f.Type == "text" && len(f.Among) == 0 {
			schema.MaxLength = ptr(1000)
		}
		about, param := f.About, &huma.Param{Name: f.Name, In: "query"}
		if f.Several() {
			schema = &huma.Schema{Type: huma.TypeArray, Items: schema, MaxItems: ptr(50)}
			param.Explode, about = ptr(true), about+". Given several times: any of them"
		}
		if f.Named {
			// Exploded, an object's members are parameters of their own.
			param.Name, param.Style, param.Explode = f.Name+"s", "form", ptr(true)
			schema = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: schema, Examples: []any{map[string]any{f.Name + ".income": "high"}}}
		}
		param.Description, param.Schema = about, schema
		all = append(all, param)
	}
	if sorts := l.Sorts(); len(sorts) > 0 {
		var names []any
		for _, name := range sorts {
			plain := strings.TrimPrefix(name, "-")
			names = append(names, plain, "-"+plain)
		}
		all = append(all, &huma.Param{Name: "sort", In: "query", Schema: &huma.Schema{Type: huma.TypeString, Enum: names},
			Description: "By what the list is sorted, downwards with a minus. What has no value there comes last. " + standing(l)})
	}
	return append(all,
		&huma.Param{Name: "cursor", In: "query", Description: "The next_cursor of the page before", Schema: &huma.Schema{Type: huma.TypeString}},
		&huma.Param{Name: "limit", In: "query", Description: "How many items at most",
			Schema: &huma.Schema{Type: huma.TypeInteger, Minimum: ptr(1.0), Maximum: ptr(float64(queries.MostItems)), Default: queries.FewItems}},
		fieldsParameter(l), afterParameter())
}

// standing says how a list comes where nobody says.
func standing(l *queries.List) string {
	if len(l.Orders) == 0 {
		return "By id without it"
	}
	return l.Orders[0] + " without it"
}

func fieldsParameter(l *queries.List) *huma.Param {
	var names []any
	for _, c := range l.Columns() {
		names = append(names, c.Name)
	}
	l.PartsOf(func(name, _, _ string, _ []queries.Column) { names = append(names, name) })
	return &huma.Param{Name: "fields", In: "query", Explode: ptr(false),
		Description: "The fields that items have, separated by commas; all without it. What names an item it always has",
		Schema:      &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Enum: names}}}
}

func afterParameter() *huma.Param {
	return &huma.Param{Name: "after", In: "query", Description: "A position that a command answered: waits until the read models have reached it",
		Schema: &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: ptr(0.0)}}
}

// itemSchema is what an item of a list looks like. Only what names it is there whatever fields are asked for.
func (s *server) itemSchema(l *queries.List) *huma.Schema {
	out := &huma.Schema{Type: huma.TypeObject, Required: l.Keys(), Properties: map[string]*huma.Schema{}, AdditionalProperties: false,
		Description: l.About}
	for _, c := range l.Columns() {
		out.Properties[c.Name] = columnSchema(c, c.Nullable)
	}
	l.PartsOf(func(name, item, comment string, columns []queries.Column) {
		one := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false, Description: comment}
		for _, c := range columns {
			one.Properties[c.Name] = columnSchema(c, c.Nullable)
			one.Required = append(one.Required, c.Name)
		}
		out.Properties[name] = &huma.Schema{Type: huma.TypeArray, Items: s.schemaNamed(item, one)}
	})
	return s.schemaNamed(l.Item, out)
}

// columnSchema is what a column's value looks like.
func columnSchema(c queries.Column, nullable bool) *huma.Schema {
	out := &huma.Schema{Description: strings.TrimPrefix(c.Comment, "Personal: "), Nullable: nullable}
	switch c.Type {
	case "uuid":
		out.Type, out.Format = huma.TypeString, "uuid"
	case "date":
		out.Type, out.Format = huma.TypeString, "date"
	case "timestamp with time zone":
		out.Type, out.Format = huma.TypeString, "date-time"
	case "boolean":
		out.Type = huma.TypeBoolean
	case "integer":
		out.Type, out.Format = huma.TypeInteger, "int32"
	case "bigint":
		out.Type, out.Format = huma.TypeInteger, "int64"
	case "numeric":
		out.Type, out.Format = huma.TypeString, "decimal"
	case "double precision":
		out.Type, out.Format = huma.TypeNumber, "double"
	case "jsonb", "text[]":
		out.Type = huma.TypeArray
		out.Items = &huma.Schema{Type: huma.TypeString}
		if len(c.Pairs) > 0 {
			out.Items = &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, Required: c.Pairs}
			for _, name := range c.Pairs {
				out.Items.Properties[name] = &huma.Schema{Type: huma.TypeString}
			}
		}
	default:
		out.Type = huma.TypeString
		for _, one := range c.Among {
			out.Enum = append(out.Enum, one)
		}
		if nullable && len(c.Among) > 0 {
			out.Enum = append(out.Enum, nil)
		}
	}
	return out
}
