package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
)

// Whatever shows personal data goes through here: it is recorded who is shown them, and only then are they.

// purposeHeader is where callers say why they want to see personal data.
const purposeHeader = "Rapport-Purpose"

// disclose serves an operation that shows personal data, as query serves one that shows none. whose answers the
// customers that an answer tells of, none where it tells of nobody. An answer about nobody and one without a body
// (HEAD) show nothing, nor does a problem: they are not recorded.
func disclose[I, O any](s *server, who access.Roles, whose func(*O) []uuid.UUID, op huma.Operation,
	handle func(context.Context, *I) (*O, error)) {
	s.disclosing(&op)
	query(s, who, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, id := range whose(out) {
			if err := s.recordRead(ctx, access.PersonalDataRead{CustomerID: id, Operation: op.OperationID}); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// disclosing says in an operation's documentation that it shows personal data, and remembers it.
func (s *server) disclosing(op *huma.Operation) {
	s.discloses[op.Method+" "+op.Path] = true
	if op.Description != "" {
		op.Description += " "
	}
	op.Description += "It shows personal data, so it is recorded who asked."
	op.Parameters = append(op.Parameters, &huma.Param{Name: purposeHeader, In: "header",
		Description: "Why, as a code such as complaint:4711: at most 100 letters, digits and _ . : / # -", Schema: &huma.Schema{Type: huma.TypeString}})
}

// recordRead completes a read by who asks, and returns once it is recorded: until then nothing may be shown.
func (s *server) recordRead(ctx context.Context, e access.PersonalDataRead) error {
	asks := callerOf(ctx)
	if asks.request.Method == http.MethodHead {
		return nil
	}
	e.Reader, e.Role, e.Purpose = asks.name, asks.inRoles(), asks.request.Header.Get(purposeHeader)
	if e.Purpose != "" && !access.IsPurpose(e.Purpose) {
		return malformed("header."+purposeHeader, "purpose_malformed",
			"a purpose is a code such as complaint:4711: at most 100 letters, digits and _ . : / # -")
	}
	err := s.commands.RecordRead(ctx, e, asks.principal)
	if errors.Is(err, eventstore.ErrUnavailable) || errors.Is(err, eventstore.ErrClosed) {
		return problem(http.StatusServiceUnavailable, "read_not_recorded",
			"personal data are shown only when that is recorded, and the event store cannot do so now").retry(1)
	}
	return err
}

// listed answers whose read a list is that tells of some customers: of the one, or of many as if of all.
func listed[T any](all []T, customer func(*T) uuid.UUID) []uuid.UUID {
	if len(all) == 0 {
		return nil
	}
	first := customer(&all[0])
	if slices.ContainsFunc(all, func(one T) bool { return customer(&one) != first }) {
		return []uuid.UUID{uuid.Nil}
	}
	return []uuid.UUID{first}
}

type (
	readsInput struct {
		ID        string `path:"customer_id" format:"uuid"`
		Everybody bool   `query:"everybody" default:"true" doc:"Also tables and lists, which show many customers and may have told of this one"`
		Cursor    string `query:"cursor" doc:"The next_cursor of the page before"`
		Limit     int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	readsOutput struct {
		Body struct {
			Reads      []projections.Read `json:"reads"`
			NextCursor string             `json:"next_cursor,omitempty" doc:"Absent on the last page"`
		}
	}
)

func (s *server) readRoutes() {
	op := get("listReads", "/v1/customers/{customer_id}/reads", "customers",
		"List who was shown a customer's personal data, the newest first")
	op.Description = "It is read from the log, so everything that was shown before the question is in the answer. " +
		"With the customer's own come the reads of whoever was merged with them."
	query(s, access.Auditors, op, s.reads)
}

func (s *server) reads(ctx context.Context, in *readsInput) (*readsOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	below, err := belowCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	looks, err := s.commands.Looks(ctx, id, in.Everybody, below, in.Limit)
	if err != nil {
		return nil, err
	}
	page := make([]projections.Read, len(looks))
	for i, look := range looks {
		if page[i], err = readOf(look); err != nil {
			return nil, err
		}
	}
	out := &readsOutput{}
	out.Body.Reads = page
	if len(page) == in.Limit {
		out.Body.NextCursor = strconv.FormatInt(page[len(page)-1].Position, 10)
	}
	return out, nil
}

// readOf tells of a look as the table of them does.
func readOf(look domain.Recorded) (projections.Read, error) {
	e, ok := look.Event.(access.PersonalDataRead)
	if !ok {
		return projections.Read{}, fmt.Errorf("the event at position %d is no look at personal data", look.Position)
	}
	r := projections.Read{Position: int64(look.Position), ReadAt: look.RecordedAt, Reader: e.Reader, Role: e.Role, Operation: e.Operation}
	if e.CustomerID != uuid.Nil {
		r.CustomerID = &e.CustomerID
	}
	if e.Purpose != "" {
		r.Purpose = &e.Purpose
	}
	if e.Table != "" {
		r.Table = &e.Table
	}
	if len(e.Conditions) > 0 {
		var err error
		if r.Conditions, err = json.Marshal(e.Conditions); err != nil {
			return r, err
		}
	}
	return r, nil
}
