package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// Forms of values whose Go type does not tell what they look like on the wire.
type (
	decimalForm struct{}
	idForm      struct{}
	dayForm     struct{}
)

func (decimalForm) Schema(huma.Registry) *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString, Pattern: `^[+-]?\d+(\.\d+)?$`}
	return &huma.Schema{OneOf: []*huma.Schema{text, {Type: huma.TypeNumber}},
		Description: "An exact decimal, as a string or a number", Examples: []any{"12.50"}}
}

func (idForm) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}

func (dayForm) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date"}
}

func registerForms(r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[decimalForm]())
	r.RegisterTypeAlias(reflect.TypeFor[uuid.UUID](), reflect.TypeFor[idForm]())
	r.RegisterTypeAlias(reflect.TypeFor[domain.Day](), reflect.TypeFor[dayForm]())
}

// schemaName names a schema by its type, with the package where that belongs to it: customer.Line is
// CustomerLine.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	_, noun, ok := strings.Cut(t.PkgPath(), "/domain/")
	if !ok {
		return name
	}
	noun = strings.ToUpper(noun[:1]) + noun[1:]
	if strings.HasPrefix(name, noun) {
		return name
	}
	return noun + name
}

// operation is a command in the OpenAPI document.
func (s *server) operation(c *command) *huma.Operation {
	r := s.huma.OpenAPI().Components.Schemas
	op := &huma.Operation{OperationID: c.name, Method: c.method, Path: c.path, Tags: []string{c.docs.tag},
		Summary: c.docs.summary, Description: c.docs.description,
		RequestBody: &huma.RequestBody{Required: !c.bodiless, Content: map[string]*huma.MediaType{
			"application/json": {Schema: c.schema(r), Example: json.RawMessage(c.docs.example)}}},
		Responses: map[string]*huma.Response{}}
	if c.param != "" {
		form := &huma.Schema{Type: huma.TypeString}
		if c.param == "customer_id" {
			form.Format = "uuid"
		}
		op.Parameters = append(op.Parameters, &huma.Param{Name: c.param, In: "path", Required: true, Schema: form})
	}
	if c.second != "" {
		form := &huma.Schema{Type: huma.TypeString}
		if c.second == "revision" {
			form = &huma.Schema{Type: huma.TypeInteger, Format: "int64"}
		}
		op.Parameters = append(op.Parameters, &huma.Param{Name: c.second, In: "path", Required: true, Schema: form})
	}
	op.Parameters = append(op.Parameters,
		&huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: huma.TypeString},
			Description: "Makes the command safe to repeat: it is carried out once and answered alike each time"},
		&huma.Param{Name: "If-Match", In: "header", Schema: &huma.Schema{Type: huma.TypeString},
			Description: `The revision that the caller knows, such as "12": anything newer refuses the command`})
	answer := c.answerSchema()
	revision := &huma.Param{Schema: &huma.Schema{Type: huma.TypeString}, Description: "The new revision"}
	for status, words := range map[int]string{http.StatusCreated: "It was recorded", http.StatusOK: "It was so already"} {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: words,
			Headers: map[string]*huma.Param{"ETag": revision},
			Content: map[string]*huma.MediaType{"application/json": {Schema: answer}}}
	}
	for _, status := range []int{400, 404, 409, 410, 412, 413, 415, 422, 500, 503} {
		op.Responses[strconv.Itoa(status)] = problemResponse(r, status)
	}
	return op
}

func problemResponse(r huma.Registry, status int) *huma.Response {
	return &huma.Response{Description: http.StatusText(status), Content: map[string]*huma.MediaType{
		problemType: {Schema: r.Schema(reflect.TypeFor[Problem](), true, "Problem")}}}
}

func (c *command) answerSchema() *huma.Schema {
	out := &huma.Schema{Type: huma.TypeObject, Required: []string{"revision", "position"}}
	out.Properties = map[string]*huma.Schema{
		"revision": {Type: huma.TypeInteger, Format: "int64", Description: "Of the command's last event in its stream"},
		"position": {Type: huma.TypeInteger, Format: "int64", Description: "In the log: pass it to a query as after"},
	}
	if c.param == "customer_id" || slices.Contains([]string{registerCustomer.name, registerCustomerBy.name}, c.name) {
		out.Properties["customer_id"] = &huma.Schema{Type: huma.TypeString, Format: "uuid"}
	}
	if c.idField != "" {
		out.Properties[c.idField] = &huma.Schema{Type: huma.TypeString, Format: "uuid",
			Description: "Present where it was made here"}
	}
	return out
}

// schema is that of the body: the command's own members, and those common to all.
func (c *command) schema(r huma.Registry) *huma.Schema {
	out := huma.SchemaFromType(r, c.docs.body)
	common := huma.SchemaFromType(r, reflect.TypeFor[circumstances]())
	for name, member := range common.Properties {
		out.Properties[name] = member
	}
	if c == registerCustomer {
		out.Properties["customer_id"] = &huma.Schema{Type: huma.TypeString, Format: "uuid"}
	}
	out.Required = slices.DeleteFunc(out.Required, func(name string) bool { return name == c.idField || name == c.param || name == c.second })
	for path, text := range c.docs.fields {
		member := at(r, out, path)
		if member == nil {
			panic(c.name + " describes " + path + ", which it does not have")
		}
		member.Description = text
	}
	return out
}

// at finds the schema of a member by its path.
func at(r huma.Registry, s *huma.Schema, path string) *huma.Schema {
	for name := range strings.SplitSeq(path, ".") {
		s = resolved(r, s)
		name, array := strings.CutSuffix(name, "[]")
		if s = s.Properties[name]; s == nil {
			return nil
		}
		if array {
			s = s.Items
		}
	}
	return s
}

func resolved(r huma.Registry, s *huma.Schema) *huma.Schema {
	if s.Ref != "" {
		return r.SchemaFromRef(s.Ref)
	}
	return s
}
