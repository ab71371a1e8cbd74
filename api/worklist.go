package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type (
	worklistInput struct {
		After    uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
		Assignee string `query:"assignee" maxLength:"300" doc:"Whose; everybody's without it"`
		Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	worklistOutput struct {
		Body struct {
			Recommendations []projections.Recommendation `json:"recommendations"`
		}
	}
)

func (s *server) worklistRoutes() {
	op := get("listRecommendations", "/v1/recommendations", "guidance", "List what colleagues have to answer")
	op.Description = "The recommendations that are neither accepted nor dismissed: what is due first, and of that what is " +
		"worth most, first."
	whose := func(o *worklistOutput) []uuid.UUID {
		return listed(o.Body.Recommendations, func(r *projections.Recommendation) uuid.UUID { return r.CustomerID })
	}
	disclose(s, access.Apps, whose, op, func(ctx context.Context, in *worklistInput) (*worklistOutput, error) {
		if !domain.PlainText(in.Assignee) {
			return nil, malformed("query.assignee", "assignee_malformed", "an assignee is plain text")
		}
		if err := s.wait(ctx, in.After); err != nil {
			return nil, err
		}
		all, err := s.reader.Recommendations(ctx, in.Assignee, in.Limit)
		out := &worklistOutput{}
		out.Body.Recommendations = present(all)
		return out, err
	})
}
