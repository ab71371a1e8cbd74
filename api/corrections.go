package api

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/customer"
)

// correction is customer.CorrectFact as it is asked for: as is a line of a batch.
type correction struct {
	Revision uint64 `json:"revision,omitempty"`
	Reason   string `json:"reason,omitempty"`
	As       retold `json:"as"`

	told customer.Command // what As says
}

// retold is a command within another one. What it says beside its name is looked at when the command is known.
type retold struct {
	Command string `json:"command"`
	text    jsontext.Value
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (r *retold) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	value, err := d.ReadValue()
	switch {
	case err != nil:
		return err
	case value.Kind() == 'n':
		return nil
	case value.Kind() != '{':
		return errors.New("not an object")
	}
	r.text = value.Clone()
	var named struct {
		Command string `json:"command"`
	}
	err = json.Unmarshal(r.text, &named)
	r.Command = named.Command
	return err
}

// Schema implements huma.SchemaProvider.
func (retold) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Required: []string{"command"}, AdditionalProperties: true,
		Properties: map[string]*huma.Schema{"command": {Type: huma.TypeString,
			Description: "Name of the command that records such a fact, as in a batch"}},
		Examples: []any{map[string]any{"command": "record_interaction", "kind": "call", "direction": "outbound"}}}
}

// Needs and Decide are those of the domain's command.
func (c correction) Needs() customer.Needs { return c.command().Needs() }

func (c correction) Decide(s *customer.State, g customer.Given) ([]customer.Event, error) {
	return c.command().Decide(s, g)
}

func (c correction) command() customer.CorrectFact {
	return customer.CorrectFact{Revision: c.Revision, Reason: c.Reason, As: c.told}
}

var correctFact = corrects(declare(customers, ofFact(declaration[correction]{
	Name: "correct_fact", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/facts/{revision}/corrected",
	Summary: "Correct a fact that was recorded by mistake",
	Description: "Voids the fact, as `void_fact` does, and records it anew as `as` tells it, both at once or not at all. It " +
		"happened when the corrected one happened, unless `occurred_at` says otherwise. In a batch, revision may be left " +
		"out: it is then the fact that begins what `as` names.",
	Fields: map[string]string{
		"revision": "Of the fact in the stream of the customer whom the path names, as timeline and history have it",
		"reason":   "Why",
		"as": "What should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same " +
			"kind of fact. Give its id again, or it gets a new one",
	},
	Example: `{"reason":"the price was wrong","as":{"command":"record_interaction","kind":"call","direction":"outbound"}}`,
}, func(c *correction) *uint64 { return &c.Revision })))

// corrects makes a command of corrections read what is corrected to.
func corrects(c *command) *command {
	read, line := c.read, c.line
	c.read = func(text []byte, on conditions, param string) (*call, error) {
		out, err := read(text, on, param)
		if err != nil {
			return nil, err
		}
		return out, out.tellAnew(on)
	}
	c.line = func(text []byte, on conditions) (*call, error) {
		out, err := line(text, on)
		if err != nil {
			return nil, err
		}
		on.key = out.request.(commands.Request[customer.State, customer.Needs]).IdempotencyKey
		return out, out.tellAnew(on)
	}
	return c
}

// tellAnew reads the command within a correction. What that says of the circumstances goes before what the correction says.
func (c *call) tellAnew(on conditions) error {
	r := c.request.(commands.Request[customer.State, customer.Needs])
	said := r.Command.(correction)
	name := said.As.Command
	known := on.named(name)
	switch {
	case known == nil:
		return malformed("body.as.command", "command_unknown", "there is no such command")
	case known.tell == nil:
		return problem(http.StatusUnprocessableEntity, "fact_not_voidable", "what %s records is not corrected by another fact", name).
			at("body.as.command")
	case !known.roles.IncludeAny(on.caller.roles):
		return forbidden(known.roles)
	}
	of, _ := customer.IDOf(r.Stream)
	on.caller.name = "" // who corrects it is no actor of the fact unless it says so
	inner, err := known.tell(said.As.text, of, on)
	if err != nil {
		return withinAs(err)
	}
	told := inner.request.(commands.Request[customer.State, customer.Needs])
	m, more := &r.Metadata, &told.Metadata
	m.Actor, m.Department = cmp.Or(more.Actor, m.Actor), cmp.Or(more.Department, m.Department)
	m.Channel, m.Source = cmp.Or(more.Channel, m.Channel), cmp.Or(more.Source, m.Source)
	if !more.OccurredAt.IsZero() {
		m.OccurredAt = more.OccurredAt
	}
	r.Command = customer.CorrectFact{Revision: said.Revision, Reason: said.Reason, As: told.Command}
	c.request = r
	if inner.made != uuid.Nil {
		c.made, c.idField = inner.made, inner.idField
	}
	return nil
}

// withinAs says of a problem with a command that it stands within a correction.
func withinAs(err error) error {
	var p *Problem
	if !errors.As(err, &p) {
		return err
	}
	moved := *p
	moved.Errors = make([]Fault, len(p.Errors))
	for i, f := range p.Errors {
		if rest, ok := strings.CutPrefix(f.Location, "body"); ok {
			f.Location = "body.as" + rest
		}
		moved.Errors[i] = f
	}
	return &moved
}
