package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/projections"
)

// Erasures knows what was done after customers were erased.
type Erasures interface {
	// Progress answers when the key of a customer was destroyed, whose erasure stands at a position of the log, and when
	// their rows were out of the files; nil for what is yet to be done.
	Progress(ctx context.Context, customer uuid.UUID, position int64) (key, files *time.Time, err error)
	// Scrub takes the rows of whoever was erased out of the files.
	Scrub(context.Context) error
}

const erasePath = "/v1/customers/{customer_id}/erase"

var erase = declare(customers, ofCustomer(declaration[customer.Erase]{
	Name: "erase_customer", Method: http.MethodPost, Path: erasePath,
	Summary: "Erase a customer", Roles: access.Admins,
	Description: "Nothing personal of the customer is left, for good: their key is destroyed, so nobody can read it in the " +
		"log any more, and the tables are written anew without it. Money and counts stay. Those for whom the customer stands " +
		"are erased with them; one who is merged into another is erased with that one, or split off before. Afterwards " +
		"the customer is unknown to all commands, and cannot be registered again.",
	Fields:  map[string]string{"reason": "Why, as a code that is no personal data: it stays"},
	Example: `{"reason":"consent_withdrawn"}`,
}))

type (
	erasureOutput struct {
		Body projections.Erasure
	}
	scrubOutput struct {
		Body struct{}
	}
)

func (s *server) erasureRoutes() {
	op := get("getErasure", "/v1/customers/{customer_id}/erasure", "customers", "See what became of a customer's erasure")
	op.Description = "When they were erased and why; since when their key is destroyed, so that what was sealed cannot be " +
		"read by anybody; and since when their deleted rows are out of the database's files as well."
	query(s, access.Auditors, op, func(ctx context.Context, in *customerInput) (*erasureOutput, error) {
		id, err := pathID("customer_id", in.ID)
		if err != nil {
			return nil, err
		}
		if err := s.wait(ctx, in.After); err != nil {
			return nil, err
		}
		e, err := s.reader.Erasure(ctx, id)
		if err == nil && s.erasures != nil {
			e.KeyDestroyedAt, e.FilesCleanedAt, err = s.erasures.Progress(ctx, id, e.Position)
		}
		return &erasureOutput{e}, err
	})
	op = huma.Operation{OperationID: "cleanFiles", Method: http.MethodPost, Path: "/v1/erasures/cleaned", Tags: []string{"customers"},
		Summary: "Take whoever was erased out of the database's files now", DefaultStatus: http.StatusOK,
		Description: "It happens by itself soon after erasures. This does it at once, and answers when it is done.",
		Errors:      []int{http.StatusServiceUnavailable}}
	queryWithin(s, s.limits.Export, access.Admins, op, func(ctx context.Context, _ *struct{}) (*scrubOutput, error) {
		if s.erasures == nil {
			return &scrubOutput{}, nil
		}
		_, err := s.waitForAll(ctx)
		if err == nil {
			err = s.erasures.Scrub(ctx)
		}
		return &scrubOutput{}, err
	})
}
