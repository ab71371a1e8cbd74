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
	return &huma.Schema{Type: huma.TypeString, Format: "decimal", Pattern: `^[+-]?\d+(\.\d+)?$`,
		Description: "An exact decimal, as a string", Examples: []any{"12.50"}}
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
	op := &huma.Operation{OperationID: inCamels(c.name), Extensions: map[string]any{"x-command": c.name}, Method: c.method, Path: c.path, Tags: []string{c.docs.tag},
		Summary: c.docs.summary, Description: c.docs.description,
		RequestBody: &huma.RequestBody{Required: !c.bodiless, Content: map[string]*huma.MediaType{
			"application/json": {Schema: s.schemaNamed(inCapitals(c.name), c.schema(r)), Example: json.RawMessage(c.docs.example)}}},
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
	answer := s.schemaNamed(inCapitals(c.name)+"Answer", c.answerSchema())
	revision := &huma.Param{Schema: &huma.Schema{Type: huma.TypeString}, Description: "The new revision"}
	for status, words := range map[int]string{http.StatusCreated: "It was recorded", http.StatusOK: "It was so already"} {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: words,
			Headers: map[string]*huma.Param{"ETag": revision},
			Content: map[string]*huma.MediaType{"application/json": {Schema: answer, Example: c.answerExample()}}}
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

// answerExample is what a command may answer.
func (c *command) answerExample() json.RawMessage {
	named := ""
	for _, name := range []string{"customer_id", c.idField} {
		if c.answerSchema().Properties[name] != nil && !strings.Contains(named, name) {
			named += `"` + name + `":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11",`
		}
	}
	return json.RawMessage("{" + named + `"revision":12,"position":3456}`)
}

// inCapitals and inCamels write a command's name as schemas and operations are named: RecordPurchase, recordPurchase.
func inCapitals(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func inCamels(name string) string { return name[:1] + inCapitals(name)[1:] }

// commandLine is a command as a line of a batch: what its body has, its name, and what its own route takes in path and headers.
func (s *server) commandLine(c *command) *huma.Schema {
	r := s.huma.OpenAPI().Components.Schemas
	body := c.schema(r)
	text := &huma.Schema{Type: huma.TypeString}
	body.Properties["command"] = &huma.Schema{Type: huma.TypeString, Enum: []any{c.name}}
	body.Properties["idempotency_key"] = text
	body.Properties["if_revision"] = &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: ptr(0.0)}
	body.Required = append([]string{"command"}, body.Required...)
	if c.param == "customer_id" {
		body.Properties["customer_id"] = &huma.Schema{Type: huma.TypeString, Format: "uuid"}
		body.Required = append(body.Required, "customer_id")
	}
	return s.schemaNamed(inCapitals(c.name)+"Line", body)
}

// batchLine is a line of a batch, told apart by the command that it names.
func (s *server) batchLine() *huma.Schema {
	out := &huma.Schema{Description: "A line of a batch", Discriminator: &huma.Discriminator{PropertyName: "command", Mapping: map[string]string{}}}
	for _, c := range commandList {
		line := s.commandLine(c)
		out.OneOf = append(out.OneOf, line)
		out.Discriminator.Mapping[c.name] = line.Ref
	}
	return s.schemaNamed("BatchLine", out)
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
