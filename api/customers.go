package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
	"github.com/rapport-crm/rapport/projections/queries"
)

// A customer is registered once; what follows in this and the other files of customers is addressed to them.

var registerCustomer = declare(customers, declaration[customer.Register]{
	Name: "register_customer", Roles: access.Apps, Method: http.MethodPost, Path: "/v1/customers", Tag: "customers",
	Summary: "Register a customer",
	Description: "Begins a customer's history. The id is the one that is given, else it follows from the first external " +
		"id, so that two apps that register the same person meet, else from the Idempotency-Key, else it is a new one.",
	Fields: map[string]string{
		"customer_id":       "The customer's id here, if it is to be a certain one",
		"kind":              "person or organisation",
		"country":           "ISO 3166-1 name or code",
		"locale":            "BCP 47 tag",
		"external_ids":      "How other systems call the customer",
		"acquired":          "What brought the customer",
		"acquired.cost":     "What that cost",
		"acquired.currency": "ISO 4217 code",
	},
	Example: `{"kind":"person","name":"Ada Lovelace","country":"GB","external_ids":[{"system":"shop","id":"4711"}]}`,
	Subject: func(in *body[customer.Register], key string) (_ subject, err error) {
		id := in.CustomerID
		switch {
		case id != uuid.Nil:
		case len(in.Command.ExternalIDs) > 0:
			id = customer.IDFrom(in.Command.ExternalIDs[0])
		default:
			if id, err = madeID("", "customer_id", key); err != nil {
				return subject{}, err
			}
		}
		return subject{customer.Stream(id), "customer_id", id.String()}, nil
	},
})

var changeProfile = declare(customers, ofCustomer(declaration[customer.ChangeProfile]{
	Name: "change_profile", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/profile",
	Summary: "Change what a customer is called, what they are, where they live or which language they speak",
	Description: "What is absent stays as it is. What holds is what was so last, by `occurred_at`, however late it is told: an " +
		"earlier name that is told later is history.",
	Fields: map[string]string{
		"kind":    "person or organisation",
		"name":    "What they are called",
		"country": "ISO 3166-1 name or code",
		"locale":  "BCP 47 tag",
	},
	Example: `{"name":"Ada King","country":"GB","locale":"en-GB"}`,
}))

// registerCustomerBy is a registration by how another system calls the customer.
var registerCustomerBy = declare(customers, declaration[customer.Register]{
	Name: "register_customer_by", Roles: access.Apps, Method: http.MethodPut, Path: "/v1/customers/by/{system}/{id}", Tag: "customers",
	Summary: "Register a customer unless another system's id is known",
	Description: "Registers the customer whom that system calls so, 201. Where there is one already, whoever registered them or linked " +
		"the id, nothing is changed, and the answer names them: 200. In a batch, the first of `external_ids` is the one.",
	Fields:  map[string]string{"external_ids": "How yet other systems call the customer: only in a batch"},
	Example: `{"kind":"person","name":"Grace Hopper"}`,
	Param:   "system", Second: "id",
	Bind: func(in *body[customer.Register], value string) error {
		system, id, _ := strings.Cut(value, "/")
		if len(in.Command.ExternalIDs) > 0 {
			return malformed("body.external_ids", "external_ids_in_path", "the path says how another system calls the customer: link more ids afterwards")
		}
		in.Command.ExternalIDs = []customer.ExternalID{{System: system, ID: id}}
		return nil
	},
	Subject: func(in *body[customer.Register], _ string) (subject, error) {
		if len(in.Command.ExternalIDs) == 0 {
			return subject{}, malformed("body.external_ids", "field_missing", "say how another system calls the customer")
		}
		id := customer.IDFrom(in.Command.ExternalIDs[0])
		return subject{customer.Stream(id), "customer_id", id.String()}, noCustomer(in)
	},
})

// alreadyThere returns the answer of a registration that found the customer registered.
func (s *server) alreadyThere(ctx context.Context, order *call, refused error) (commands.Answer, bool) {
	var r *domain.Rejection
	if order == nil || order.command != registerCustomerBy || !errors.As(refused, &r) || r.Existing == "" || r.Kind != domain.Conflict {
		return commands.Answer{}, false
	}
	id, err := uuid.Parse(r.Existing)
	if err != nil {
		return commands.Answer{}, false
	}
	newest, ok, err := s.commands.Newest(ctx, customer.Stream(id))
	if err != nil || !ok {
		return commands.Answer{}, false
	}
	order.subject.value = r.Existing
	return commands.Answer{Stream: newest.Stream, Revision: newest.Revision, Position: newest.Position}, true
}

type customerInput struct {
	ID     string   `path:"customer_id" format:"uuid"`
	After  uint64   `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	Expand []string `query:"expand" doc:"Lists of the customer that are wanted too, such as cases,consents: the first page of each"`
}

type customerOutput struct {
	ETag string `header:"ETag" doc:"The revision of the customer's stream, as far as it is projected"`
	Body struct {
		projections.Customer360
		Expanded expanded `json:"expanded,omitempty" doc:"What was asked for by expand, by the lists' names"`
	}
}

// expanded is the first page of lists of a customer, by their names.
type expanded map[string]json.RawMessage

// Schema implements huma.SchemaProvider.
func (expanded) Schema(huma.Registry) *huma.Schema {
	out := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	for _, l := range queries.All() {
		if isOfCustomer(l) {
			name := l.Item + "List"
			if l.Single {
				name = l.Item
			}
			out.Properties[l.Name] = &huma.Schema{Ref: "#/components/schemas/" + name}
		}
	}
	return out
}

// isOfCustomer reports whether a list can be asked for within a customer.
func isOfCustomer(l *queries.List) bool { return (l.Owner != "" || l.Of != "") && !l.Across }

func (s *server) customerRoutes() {
	op := get("getCustomer", "/v1/customers/{customer_id}", "customers", "See a customer at a glance")
	op.Errors = append(op.Errors, http.StatusGone)
	disclose(s, access.Apps|access.Auditors, func(o *customerOutput) []uuid.UUID { return []uuid.UUID{o.Body.CustomerID} }, op, s.customer)
}

func (s *server) customer(ctx context.Context, in *customerInput) (*customerOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	if err := s.wait(ctx, in.After); err != nil {
		return nil, err
	}
	c, err := s.reader.Customer(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &customerOutput{ETag: etag(uint64(c.Revision))}
	out.Body.Customer360 = c
	if len(in.Expand) > 0 {
		if c.ErasedOn != nil {
			return nil, customer.ErrErased
		}
		out.Body.Expanded, err = s.expand(ctx, c.CustomerID, in.Expand)
	}
	return out, err
}

func (s *server) expand(ctx context.Context, id uuid.UUID, names []string) (expanded, error) {
	all := expanded{}
	for _, name := range names {
		l := queries.Named(name)
		if l == nil || !isOfCustomer(l) || !l.Roles.IncludeAny(callerOf(ctx).roles) {
			return nil, malformed("query.expand", "expand_unknown", "customers have no list %q", name)
		}
		q, err := l.Ask(&id, nil)
		if err != nil {
			return nil, err
		}
		if l.Single {
			item, _, err := q.Only(ctx, s.reader)
			if errors.Is(err, projections.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			all[name] = item
			continue
		}
		page, err := q.Answer(ctx, s.reader)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		writeList(&b, l.Member(), page.Items, page.Next)
		all[name] = b.Bytes()
	}
	return all, nil
}

// wait waits until the read models have reached a position, for as long as the limits and the caller allow. Who names none sees
// what they wrote themselves, unless that takes long.
func (s *server) wait(ctx context.Context, position uint64) error {
	return s.waitBy(ctx, position, s.reader.WaitFor)
}

// waitJudged is wait, until everybody is judged by the rules of that position too.
func (s *server) waitJudged(ctx context.Context, position uint64) error {
	if position == 0 {
		return s.wait(ctx, 0)
	}
	return s.waitBy(ctx, position, s.reader.WaitJudged)
}

func (s *server) waitBy(ctx context.Context, position uint64, wait func(context.Context, eventstore.Position) error) error {
	asks, limit := callerOf(ctx), s.limits.Wait
	if asks.request != nil {
		if preferred, ok := preferredWait(asks.request.Header); ok {
			limit = min(limit, preferred)
		}
	}
	own := position == 0
	if own {
		position, limit = asks.pace.newest(), min(limit, waitForOwn)
	}
	if position == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := wait(ctx, eventstore.Position(position)); !own {
		return err
	}
	return nil
}

// waitForAll waits until the read models hold all that the log holds now, and answers where that ends.
func (s *server) waitForAll(ctx context.Context) (eventstore.Position, error) {
	head, err := s.head(ctx)
	if err != nil {
		return 0, err
	}
	return head, s.wait(ctx, uint64(head))
}
