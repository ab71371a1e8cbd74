package api

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore/history"
)

type (
	historyInput struct {
		ID       string `path:"customer_id" format:"uuid"`
		AsOf     string `query:"as_of" format:"date-time" doc:"Only what had happened by then (occurred_at)"`
		KnownAt  string `query:"known_at" format:"date-time" doc:"Only what was recorded by then"`
		Revision string `query:"revision" doc:"Only what stands up to that revision of the stream"`
	}
	historyOutput struct {
		Body history.History
	}
)

func (s *server) historyRoutes() {
	disclose(s, access.Auditors, func(o *historyOutput) []uuid.UUID { return []uuid.UUID{o.Body.CustomerID} }, get("getHistory", "/v1/customers/{customer_id}/history", "customers",
		"Replay a customer's history from the log, as of any moment"), s.history)
}

func (s *server) history(ctx context.Context, in *historyInput) (*historyOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	var q history.Query
	if q.AsOf, err = queryTime("as_of", in.AsOf); err != nil {
		return nil, err
	}
	if q.KnownAt, err = queryTime("known_at", in.KnownAt); err != nil {
		return nil, err
	}
	if in.Revision != "" {
		revision, err := strconv.ParseUint(in.Revision, 10, 63)
		if err != nil {
			return nil, malformed("query.revision", "revision_malformed", "a revision is a whole number of zero or more")
		}
		q.Revision = &revision
	}
	replayed, err := s.replay(ctx, id, q)
	return &historyOutput{replayed}, err
}
