package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/projections"
)

type (
	factsOutput struct {
		Body struct {
			Facts []fact `json:"facts"`
		}
	}
	fact struct {
		Name string `json:"name" doc:"As rules write it; N stands for a number of days"`
		Type string `json:"type" enum:"int,double,string,bool,list of string,text by name"`
		Unit string `json:"unit,omitempty"`
		Doc  string `json:"doc"`
	}
	previewInput struct {
		Rule   string `query:"rule" required:"true" maxLength:"4096" doc:"A CEL expression over facts" example:"orders >= 3"`
		Sample int    `query:"sample" minimum:"0" maximum:"100" default:"10" doc:"For how many customers to tell the facts"`
		After  uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	}
	previewOutput struct {
		Body projections.Preview
	}
	explainInput struct {
		Name  string `path:"name" maxLength:"63"`
		ID    string `path:"customer_id" format:"uuid"`
		After uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	}
	explainOutput struct {
		Body projections.Explanation
	}
)

func (s *server) ruleRoutes() {
	query(s, access.Everyone, get("listFacts", "/v1/rules/facts", "rules", "List the facts that rules may speak of"),
		func(context.Context, *struct{}) (*factsOutput, error) {
			out := &factsOutput{}
			for _, f := range facts.Catalogue {
				name := f.Name
				if f.IsWindow() {
					name += "(N)"
				}
				out.Body.Facts = append(out.Body.Facts, fact{name, string(f.Kind), f.Unit, f.Doc})
			}
			return out, nil
		})
	disclose(s, access.Analysts, func(o *previewOutput) []uuid.UUID {
		return listed(o.Body.Sample, func(h *projections.Held) uuid.UUID { return h.CustomerID })
	}, getJudged("previewRule", "/v1/rules/preview", "rules",
		"See for how many customers a rule would hold, and for some of them why"), s.preview)
	disclose(s, access.Everyone, func(o *explainOutput) []uuid.UUID { return []uuid.UUID{o.Body.CustomerID} },
		get("explainMembership", "/v1/segments/{name}/explain/{customer_id}", "segments",
			"See which parts of a segment's rule hold for a customer, with which values"),
		func(ctx context.Context, in *explainInput) (*explainOutput, error) {
			id, err := pathID("customer_id", in.ID)
			if err != nil {
				return nil, err
			}
			why, err := s.explain(ctx, in.Name, id, in.After)
			return &explainOutput{why}, err
		})
}

func (s *server) explain(ctx context.Context, segment string, id uuid.UUID, after uint64) (projections.Explanation, error) {
	if !nameable(segment) {
		return projections.Explanation{}, projections.ErrNotFound
	}
	if err := s.waitJudged(ctx, after); err != nil {
		return projections.Explanation{}, err
	}
	return s.reader.Explain(ctx, segment, id)
}

func (s *server) preview(ctx context.Context, in *previewInput) (*previewOutput, error) {
	rule, err := rules.Compile(in.Rule)
	if err != nil {
		return nil, err
	}
	if err := s.waitJudged(ctx, in.After); err != nil {
		return nil, err
	}
	out, err := s.reader.Preview(ctx, rule, in.Sample)
	return &previewOutput{out}, err
}
