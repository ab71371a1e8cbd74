package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type (
	waitInput struct {
		After uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	}
	stagesOutput struct {
		Body struct {
			Stages []projections.StageCount `json:"stages"`
		}
	}
	transitionsInput struct {
		After    uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
		Customer string `query:"customer_id" format:"uuid"`
		Reason   string `query:"reason" maxLength:"32" pattern:"^[a-z_]*$" doc:"Such as won_back"`
		From     string `query:"from" maxLength:"32" pattern:"^[a-z0-9_]*$" doc:"The stage that they left"`
		To       string `query:"to" maxLength:"32" pattern:"^[a-z0-9_]*$" doc:"The stage that they reached"`
		Since    string `query:"since" format:"date" doc:"The first day to look at"`
		Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	transitionsOutput struct {
		Body struct {
			Transitions []projections.Transition `json:"transitions"`
		}
	}
)

func (s *server) loyaltyRoutes() {
	query(s, access.Everyone, get("listStages", "/v1/loyalty/stages", "loyalty", "Count the customers on each stage"),
		func(ctx context.Context, in *waitInput) (*stagesOutput, error) {
			if err := s.waitJudged(ctx, in.After); err != nil {
				return nil, err
			}
			all, err := s.reader.Stages(ctx)
			out := &stagesOutput{}
			out.Body.Stages = present(all)
			return out, err
		})
	disclose(s, access.Everyone, func(o *transitionsOutput) []uuid.UUID {
		return listed(o.Body.Transitions, func(t *projections.Transition) uuid.UUID { return t.CustomerID })
	}, get("listTransitions", "/v1/loyalty/transitions", "loyalty", "List steps on the ladder, the newest first"),
		s.transitions)
}

func (s *server) transitions(ctx context.Context, in *transitionsInput) (*transitionsOutput, error) {
	q := projections.TransitionQuery{Reason: in.Reason, From: in.From, To: in.To, Limit: in.Limit}
	var err error
	if in.Customer != "" {
		if q.CustomerID, err = canonicalID(in.Customer); err != nil || q.CustomerID == uuid.Nil {
			return nil, malformed("query.customer_id", "customer_id_malformed", "the customer's id is a UUID")
		}
	}
	if q.Since, err = queryDay("since", in.Since); err != nil {
		return nil, err
	}
	if err := s.waitJudged(ctx, in.After); err != nil {
		return nil, err
	}
	page, err := s.reader.Transitions(ctx, q)
	out := &transitionsOutput{}
	out.Body.Transitions = present(page)
	return out, err
}
