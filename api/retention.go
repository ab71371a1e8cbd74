package api

import (
	"context"
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/projections"
)

var publishRetention = declare(policies, declaration[policy.PublishRetention]{
	Name: "publish_retention", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/retention", Tag: "policies",
	Summary: "Publish how long customers are kept",
	Description: "Whoever has been in a rule's segment for so many days without a break is set aside or erased when the day " +
		"is closed; erasures are planned then, and carried out when a period of grace is over. A rule is for the definition that its segment has now: once that is defined anew or retired, the rule rests " +
		"until it is published again. See the preview first: what is erased cannot be had back.",
	Fields: map[string]string{
		"retention.rules[].rule":            "Its name: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"retention.rules[].segment":         "A segment in force",
		"retention.rules[].segment_version": "Filled in here: the definition in force",
		"retention.rules[].after_days":      "0 to 36600; 30 at least for a rule that erases",
		"retention.rules[].action":          "archive or erase",
	},
	Example: `{"retention":{"rules":[{"rule":"dormant","segment":"vip","after_days":1095,"action":"archive"},` +
		`{"rule":"forgotten","segment":"vip","after_days":3650,"action":"erase"}]}}`,
	Subject: ofStream[policy.PublishRetention](policy.Stream(policy.RetentionName), "policy", policy.RetentionName),
	Barrier: true,
})

type (
	retentionOutputBody struct {
		Version     int              `json:"version"`
		PublishedAt time.Time        `json:"published_at"`
		Retention   policy.Retention `json:"retention"`
	}
	retentionPreviewInput struct {
		Segment   string `query:"segment" required:"true" maxLength:"63" doc:"The segment of the rule"`
		AfterDays int    `query:"after_days" required:"true" minimum:"0" maximum:"36600" doc:"Its days"`
		On        string `query:"on" format:"date" doc:"The business day to foresee; the last closed one without it"`
		Sample    int    `query:"sample" minimum:"0" maximum:"100" default:"10" doc:"How many of the customers to name"`
		After     uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	}
	retentionPreviewOutput struct {
		Body projections.RetentionForecast
	}
)

func (s *server) retentionRoutes() {
	policyRoute(s, "getRetention", policy.RetentionName, "See how long customers are kept",
		func(p policy.Published) *policy.Retention { return p.Retention },
		func(version int, at time.Time, r policy.Retention) retentionOutputBody {
			return retentionOutputBody{version, at, r}
		})
	query(s, access.Analysts, get("previewRetention", "/v1/policies/retention/preview", "policies",
		"See for how many customers a retention rule would be due, before it is published"), s.previewRetention)
}

func (s *server) previewRetention(ctx context.Context, in *retentionPreviewInput) (*retentionPreviewOutput, error) {
	if !nameable(in.Segment) {
		return nil, projections.ErrNotFound
	}
	on, err := queryDay("on", in.On)
	if err != nil {
		return nil, err
	}
	if err := s.wait(ctx, in.After); err != nil {
		return nil, err
	}
	out, err := s.reader.ForecastRetention(ctx, in.Segment, in.AfterDays, on, in.Sample)
	return &retentionPreviewOutput{out}, err
}
