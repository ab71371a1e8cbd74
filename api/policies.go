package api

import (
	"context"
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/projections"
)

var publishLadder = declare(policies, declaration[policy.PublishLadder]{
	Name: "publish_ladder", Method: http.MethodPut, Path: "/v1/policies/ladder", Tag: "policies",
	Summary: "Publish the loyalty ladder",
	Description: "Puts a ladder in force: the first stage whose rule holds is the customer's. The last rule is true, so " +
		"that every customer stands somewhere.",
	Fields: map[string]string{"ladder": "Its stages, from the first to be asked to the last"},
	Example: `{"ladder":{"stages":[{"name":"prospect","rule":"orders == 0"},` +
		`{"name":"lapsed","rule":"recency_days > 180","away":true},{"name":"customer","rule":"true"}]}}`,
	Subject: ofStream[policy.PublishLadder](policy.Stream(policy.LadderName), "policy", policy.LadderName),
	Barrier: true,
})

var publishTiers = declare(policies, declaration[policy.PublishTiers]{
	Name: "publish_tiers", Method: http.MethodPut, Path: "/v1/policies/tiers", Tag: "policies",
	Summary: "Publish the tiers of the loyalty programme",
	Description: "Puts tiers in force, from the highest to the lowest: the first whose rule holds is the customer's. The " +
		"last rule is true, so that everybody is in a tier.",
	Fields: map[string]string{"tiers": "The tiers, as the stages of a ladder"},
	Example: `{"tiers":{"stages":[{"name":"gold","rule":"points_earned >= 5000"},` +
		`{"name":"silver","rule":"net_revenue_in(365) >= 500.0"},{"name":"basic","rule":"true"}]}}`,
	Subject: ofStream[policy.PublishTiers](policy.Stream(policy.TiersName), "policy", policy.TiersName),
	Barrier: true,
})

type ladderOutput struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match"`
	Body struct {
		Version     int           `json:"version"`
		PublishedAt time.Time     `json:"published_at"`
		Ladder      policy.Ladder `json:"ladder"`
	}
}

type tiersOutput struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match"`
	Body struct {
		Version     int           `json:"version"`
		PublishedAt time.Time     `json:"published_at"`
		Tiers       policy.Ladder `json:"tiers"`
	}
}

func (s *server) policyRoutes() {
	query(s, get("getLadder", "/v1/policies/ladder", "policies", "See the loyalty ladder in force"),
		func(ctx context.Context, _ *struct{}) (*ladderOutput, error) {
			newest, published, err := s.inForce(ctx, policy.LadderName)
			if err != nil {
				return nil, err
			}
			out := &ladderOutput{ETag: etag(newest.Revision)}
			out.Body.Version, out.Body.PublishedAt = published.Version, newest.RecordedAt
			out.Body.Ladder = *published.Ladder
			return out, nil
		})
	query(s, get("getTiers", "/v1/policies/tiers", "policies", "See the tiers in force"),
		func(ctx context.Context, _ *struct{}) (*tiersOutput, error) {
			newest, published, err := s.inForce(ctx, policy.TiersName)
			if err != nil {
				return nil, err
			}
			out := &tiersOutput{ETag: etag(newest.Revision)}
			out.Body.Version, out.Body.PublishedAt = published.Version, newest.RecordedAt
			out.Body.Tiers = *published.Ladder
			return out, nil
		})
}

// inForce answers the newest version of a policy.
func (s *server) inForce(ctx context.Context, name string) (domain.Recorded, policy.Published, error) {
	newest, ok, err := s.commands.Newest(ctx, policy.Stream(name))
	if err != nil {
		return newest, policy.Published{}, err
	}
	published, _ := newest.Event.(policy.Published)
	if !ok || published.Ladder == nil {
		return newest, published, projections.ErrNotFound
	}
	return newest, published, nil
}
