package api

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
)

type (
	historyInput struct {
		ID       string `path:"customer_id" format:"uuid"`
		AsOf     string `query:"as_of" format:"date-time" doc:"Only what had happened by then (occurred_at)"`
		KnownAt  string `query:"known_at" format:"date-time" doc:"Only what was recorded by then"`
		Revision string `query:"revision" doc:"Only what stands up to that revision of the stream"`
		Position string `query:"position" doc:"Only what stands up to that position of the log"`
		EntriesInput
	}
	diffInput struct {
		ID           string `path:"customer_id" format:"uuid"`
		FromAsOf     string `query:"from_as_of" format:"date-time" doc:"The first moment; as in the history, as are the others"`
		FromKnownAt  string `query:"from_known_at" format:"date-time"`
		FromRevision string `query:"from_revision"`
		FromPosition string `query:"from_position"`
		ToAsOf       string `query:"to_as_of" format:"date-time" doc:"The second moment; now, unless one is given"`
		ToKnownAt    string `query:"to_known_at" format:"date-time"`
		ToRevision   string `query:"to_revision"`
		ToPosition   string `query:"to_position"`
		EntriesInput
	}
	// EntriesInput is exported, since parameters are looked for in exported members alone.
	EntriesInput struct {
		Cursor string `query:"cursor" doc:"The next_cursor of the answer before, for the same moment"`
		Limit  int    `query:"limit" minimum:"1" maximum:"10000" default:"1000" doc:"Entries to list; all else is about all of them"`
	}
	historyOutput struct {
		Body history.History
	}
	diffOutput struct {
		Body history.Difference
	}
)

func (s *server) historyRoutes() {
	disclose(s, access.Auditors, func(o *historyOutput) []uuid.UUID { return whole(o.Body.CustomerID, o.Body.StandsFor) },
		get("getHistory", "/v1/customers/{customer_id}/history", "customers",
			"Replay a customer's history from the log, as of any moment, with what was believed then"), s.history)
	disclose(s, access.Auditors, (*diffOutput).customers, get("getDiff", "/v1/customers/{customer_id}/diff", "customers",
		"Tell from the log what became of a customer between two moments"), s.diff)
}

// whole answers all whose data a history shows.
func whole(id uuid.UUID, standsFor []uuid.UUID) []uuid.UUID {
	return append([]uuid.UUID{id}, standsFor...)
}

// customers answers all whose data a difference shows.
func (o *diffOutput) customers() (ids []uuid.UUID) {
	for _, m := range []history.Moment{o.Body.From, o.Body.To} {
		for _, id := range whole(m.CustomerID, m.StandsFor) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (s *server) history(ctx context.Context, in *historyInput) (*historyOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	q, err := momentQuery("", in.AsOf, in.KnownAt, in.Revision, in.Position)
	if err != nil {
		return nil, err
	}
	if err := in.choose(&q); err != nil {
		return nil, err
	}
	replayed, err := s.replays.Replay(ctx, id, q)
	return &historyOutput{replayed}, err
}

func (s *server) diff(ctx context.Context, in *diffInput) (*diffOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	from, err := momentQuery("from_", in.FromAsOf, in.FromKnownAt, in.FromRevision, in.FromPosition)
	if err != nil {
		return nil, err
	}
	if from == (history.Query{}) {
		return nil, malformed("query.from_as_of", "from_missing", "say from which moment")
	}
	to, err := momentQuery("to_", in.ToAsOf, in.ToKnownAt, in.ToRevision, in.ToPosition)
	if err != nil {
		return nil, err
	}
	if err := in.choose(&to); err != nil {
		return nil, err
	}
	d, err := s.replays.Compare(ctx, id, from, to)
	var side *history.Side
	var refusal *domain.Rejection
	if errors.As(err, &side) && errors.As(err, &refusal) && refusal.Field != customer.ErrUnknown.Field {
		err = refusal.At("%s_%s", side.Name, refusal.Field)
	}
	return &diffOutput{d}, err
}

// momentQuery reads a moment, whose parameters have names that begin alike.
func momentQuery(prefix, asOf, knownAt, revision, position string) (q history.Query, err error) {
	if q.AsOf, err = queryTime(prefix+"as_of", asOf); err != nil {
		return q, err
	}
	if q.KnownAt, err = queryTime(prefix+"known_at", knownAt); err != nil {
		return q, err
	}
	if revision != "" {
		n, err := strconv.ParseUint(revision, 10, 63)
		if err != nil {
			return q, malformed("query."+prefix+"revision", "revision_malformed", "a revision is a whole number of zero or more")
		}
		q.Revision = &n
	}
	if position != "" {
		n, err := strconv.ParseUint(position, 10, 63)
		if err != nil {
			return q, malformed("query."+prefix+"position", "position_malformed", "a position is a whole number of zero or more")
		}
		q.Position = (*eventstore.Position)(&n)
	}
	return q, nil
}

// choose says in a query which entries to list.
func (in *EntriesInput) choose(q *history.Query) error {
	q.Limit = in.Limit
	if in.Cursor == "" {
		return nil
	}
	after, err := strconv.ParseUint(in.Cursor, 10, 63)
	if err != nil {
		return malformed("query.cursor", "cursor_malformed", "a cursor is the next_cursor of the answer before")
	}
	q.After = eventstore.Position(after)
	return nil
}
