package api

import (
	"context"
	"net/http"
	"time"

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

type ladderOutput struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match"`
	Body struct {
		Version     int           `json:"version"`
		PublishedAt time.Time     `json:"published_at"`
		Ladder      policy.Ladder `json:"ladder"`
	}
}

func (s *server) policyRoutes() {
	query(s, get("getLadder", "/v1/policies/ladder", "policies", "See the loyalty ladder in force"),
		func(ctx context.Context, _ *struct{}) (*ladderOutput, error) {
			newest, ok, err := s.commands.Newest(ctx, policy.Stream(policy.LadderName))
			if err != nil {
				return nil, err
			}
			published, _ := newest.Event.(policy.Published)
			if !ok || published.Ladder == nil {
				return nil, projections.ErrNotFound
			}
			out := &ladderOutput{ETag: etag(newest.Revision)}
			out.Body.Version, out.Body.PublishedAt = published.Version, newest.RecordedAt
			out.Body.Ladder = *published.Ladder
			return out, nil
		})
}
