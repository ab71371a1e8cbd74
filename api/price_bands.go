package api

import (
	"context"
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/policy"
)

var publishPriceBands = declare(policies, declaration[policy.PublishPriceBands]{
	Name: "publish_price_bands", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/price_bands", Tag: "policies",
	Summary: "Publish price bands",
	Description: "Says into which bands unit prices fall, for all that was ever bought: crm.demand and crm.demand_forecast tell " +
		"demand apart by them. Every list begins at 0, each band where the one before ends, and the last is open.",
	Fields: map[string]string{
		"price_bands.currency":              "That of the books",
		"price_bands.bands":                 "For goods of all categories without bands of their own",
		"price_bands.bands[].from":          "In it, in major units",
		"price_bands.bands[].below":         "Not in it any more, in major units; absent from the last band",
		"price_bands.categories[].category": "As lines of purchases have it",
	},
	Example: `{"price_bands":{"currency":"EUR","bands":[{"name":"budget","from":"0","below":"5"},` +
		`{"name":"middle","from":"5","below":"25"},{"name":"premium","from":"25"}],"categories":[{"category":"furniture",` +
		`"bands":[{"name":"budget","from":"0","below":"150"},{"name":"premium","from":"150"}]}]}}`,
	Subject: ofStream[policy.PublishPriceBands](policy.Stream(policy.PriceBandsName), "policy", policy.PriceBandsName),
	Barrier: true,
})

type priceBandsOutput struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match; absent while the built-in bands are in force"`
	Body struct {
		Version     int               `json:"version" doc:"0 for the built-in bands, which hold in any currency"`
		PublishedAt *time.Time        `json:"published_at,omitempty"`
		PriceBands  policy.PriceBands `json:"price_bands"`
	}
}

func (s *server) priceBandsRoute() {
	query(s, access.Everyone, get("getPriceBands", "/v1/policies/price_bands", "policies", "See the price bands in force"),
		func(ctx context.Context, _ *struct{}) (*priceBandsOutput, error) {
			newest, published, err := s.inForce(ctx, policy.PriceBandsName)
			if err != nil {
				return nil, err
			}
			out := &priceBandsOutput{}
			if published.PriceBands == nil {
				out.Body.PriceBands = policy.DefaultPriceBands()
				return out, nil
			}
			out.ETag = etag(newest.Revision)
			out.Body.Version, out.Body.PublishedAt = published.Version, &newest.RecordedAt
			out.Body.PriceBands = *published.PriceBands
			return out, nil
		})
}
