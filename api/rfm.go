package api

import (
	"context"
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/policy"
)

var publishRFM = declare(policies, declaration[policy.PublishRFM]{
	Name: "publish_rfm", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/rfm", Tag: "policies",
	Summary: "Publish the scheme of RFM scores",
	Description: "Says into how many groups customers are divided by recency, frequency and monetary value, and what the " +
		"cells of the scores are called.",
	Fields: map[string]string{
		"rfm.groups": "5 for quintiles, 4 for quartiles",
		"rfm.segments": "A list for each recency score from 1, in it a name for each fm score from 1, the rounded mean of the " +
			"other two; the standard names where it is absent",
	},
	Example: `{"rfm":{"groups":4,"segments":[["lost","lost","at_risk","at_risk"],["lost","quiet","quiet","at_risk"],` +
		`["promising","steady","steady","loyal"],["new","steady","loyal","champions"]]}}`,
	Subject: ofStream[policy.PublishRFM](policy.Stream(policy.RFMName), "policy", policy.RFMName),
	Barrier: true,
})

type rfmOutput struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match; absent while the built-in scheme is in force"`
	Body struct {
		Version     int        `json:"version" doc:"0 for the built-in scheme"`
		PublishedAt *time.Time `json:"published_at,omitempty"`
		RFM         policy.RFM `json:"rfm"`
	}
}

func (s *server) rfmInForce(ctx context.Context, _ *struct{}) (*rfmOutput, error) {
	newest, ok, err := s.commands.Newest(ctx, policy.Stream(policy.RFMName))
	if err != nil {
		return nil, err
	}
	out := &rfmOutput{}
	out.Body.RFM = policy.DefaultRFM()
	if published, is := newest.Event.(policy.Published); ok && is && published.RFM != nil {
		out.ETag = etag(newest.Revision)
		out.Body.Version, out.Body.PublishedAt, out.Body.RFM = published.Version, &newest.RecordedAt, *published.RFM
	}
	return out, nil
}
