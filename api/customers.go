package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
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

type customerInput struct {
	ID    string `path:"customer_id" format:"uuid"`
	After uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
}

type customerOutput struct {
	ETag string `header:"ETag" doc:"The revision of the customer's stream, as far as it is projected"`
	Body projections.Customer360
}

func (s *server) customerRoutes() {
	disclose(s, access.Apps|access.Auditors, func(o *customerOutput) []uuid.UUID { return []uuid.UUID{o.Body.CustomerID} },
		get("getCustomer", "/v1/customers/{customer_id}", "customers", "See a customer at a glance"),
		func(ctx context.Context, in *customerInput) (*customerOutput, error) {
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
			return &customerOutput{ETag: etag(uint64(c.Revision)), Body: c}, nil
		})
}

// wait waits until the read models have reached a position, for as long as the limits allow.
func (s *server) wait(ctx context.Context, position uint64) error {
	if position == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.limits.Wait)
	defer cancel()
	return s.reader.WaitFor(ctx, eventstore.Position(position))
}

// waitForAll waits until the read models hold all that the log holds now, and answers where that ends.
func (s *server) waitForAll(ctx context.Context) (eventstore.Position, error) {
	head, err := s.head(ctx)
	if err != nil {
		return 0, err
	}
	return head, s.wait(ctx, uint64(head))
}
