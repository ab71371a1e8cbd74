package api

import (
	"context"
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

var publishLadder = declare(policies, declaration[policy.PublishLadder]{
	Name: "publish_ladder", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/ladder", Tag: "policies",
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
	Name: "publish_tiers", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/tiers", Tag: "policies",
	Summary: "Publish the tiers of the loyalty programme",
	Description: "Puts tiers in force, from the highest to the lowest: the first whose rule holds is the customer's. The " +
		"last rule is true, so that everybody is in a tier.",
	Fields: map[string]string{"tiers": "The tiers, as the stages of a ladder"},
	Example: `{"tiers":{"stages":[{"name":"gold","rule":"points_earned >= 5000"},` +
		`{"name":"silver","rule":"net_revenue_in(365) >= 500.0"},{"name":"basic","rule":"true"}]}}`,
	Subject: ofStream[policy.PublishTiers](policy.Stream(policy.TiersName), "policy", policy.TiersName),
	Barrier: true,
})

var publishService = declare(policies, declaration[policy.PublishService]{
	Name: "publish_service", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/service", Tag: "policies",
	Summary: "Publish the terms of service",
	Description: "Puts terms in force by which cases are served: the targets that set their clocks, for how many days a " +
		"complaint of the same category is a repeat, and what may be granted as a compensation. The first target that fits a " +
		"case counts, and so does the first limit that fits whoever grants. Clocks that run already keep theirs.",
	Fields: map[string]string{
		"service.targets":                    "Every case needs one, and what is more pressing may not have to wait longer",
		"service.targets[].type":             "question, incident, complaint or service; any, where none is given",
		"service.targets[].priority":         "low, normal, high or urgent",
		"service.targets[].first_response_s": "Seconds from when the case is opened, day and night",
		"service.targets[].next_response_s":  "Seconds from when the customer writes again",
		"service.targets[].resolution_s":     "Seconds from when the case is opened",
		"service.repeat_days":                "Days for which a complaint of the same category is a repeat",
		"service.compensation":               "Limits; where none fits, nothing may be granted",
		"service.compensation[].actor":       "Who grants; anybody, where nobody is given",
		"service.compensation[].department":  "Of which department; any, where none is given",
		"service.compensation[].escalated":   "Only once the case was escalated",
		"service.compensation[].amount":      "At most, in major units of the reporting currency",
	},
	Example: `{"service":{"repeat_days":90,"targets":[` +
		`{"type":"complaint","priority":"urgent","first_response_s":1800,"next_response_s":1800,"resolution_s":14400},` +
		`{"priority":"urgent","first_response_s":3600,"next_response_s":3600,"resolution_s":28800},` +
		`{"priority":"high","first_response_s":14400,"next_response_s":14400,"resolution_s":86400},` +
		`{"priority":"normal","first_response_s":28800,"next_response_s":28800,"resolution_s":259200},` +
		`{"priority":"low","first_response_s":86400,"next_response_s":86400,"resolution_s":604800}],` +
		`"compensation":[{"escalated":true,"amount":"1000"},{"department":"service","amount":"250"},{"amount":"100"}]}}`,
	Subject: ofStream[policy.PublishService](policy.Stream(policy.ServiceName), "policy", policy.ServiceName),
	Barrier: true,
})

var publishCosts = declare(policies, declaration[policy.PublishCosts]{
	Name: "publish_costs", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/costs", Tag: "policies",
	Summary: "Publish what it costs to serve customers",
	Description: "Puts costs of activities in force. The first that fits an activity counts, from now on: what happened " +
		"before keeps the cost that it had. crm.customer_profitability rests on them.",
	Fields: map[string]string{
		"costs.currency":              "That of the books",
		"costs.activities[].activity": "purchase, return, interaction, case, message or maintenance",
		"costs.activities[].kind": "The kind of the interaction, the type of the case, or the channel of the others; any, " +
			"where none is given",
		"costs.activities[].cost": "Each time, in major units",
	},
	Example: `{"costs":{"currency":"EUR","activities":[{"activity":"interaction","kind":"call","cost":"4.50"},` +
		`{"activity":"interaction","cost":"0.80"},{"activity":"case","kind":"complaint","cost":"25"},` +
		`{"activity":"case","cost":"12"},{"activity":"purchase","cost":"1.90"},{"activity":"return","cost":"6"}]}}`,
	Subject: ofStream[policy.PublishCosts](policy.Stream(policy.CostsName), "policy", policy.CostsName),
	Barrier: true,
})

// policyOutput is a policy as it is in force. The bodies below are named as OpenAPI names them.
type policyOutput[B any] struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match"`
	Body B
}

type (
	ladderOutputBody struct {
		Version     int           `json:"version"`
		PublishedAt time.Time     `json:"published_at"`
		Ladder      policy.Ladder `json:"ladder"`
	}
	tiersOutputBody struct {
		Version     int           `json:"version"`
		PublishedAt time.Time     `json:"published_at"`
		Tiers       policy.Ladder `json:"tiers"`
	}
	serviceOutputBody struct {
		Version     int                   `json:"version"`
		PublishedAt time.Time             `json:"published_at"`
		Service     customer.ServiceTerms `json:"service"`
	}
	costsOutputBody struct {
		Version     int          `json:"version"`
		PublishedAt time.Time    `json:"published_at"`
		Costs       policy.Costs `json:"costs"`
	}
)

func (s *server) policyRoutes() {
	query(s, access.Everyone, get("getRFM", "/v1/policies/rfm", "policies", "See the scheme of RFM scores in force"), s.rfmInForce)
	policyRoute(s, "getLadder", policy.LadderName, "See the loyalty ladder in force",
		func(p policy.Published) *policy.Ladder { return p.Ladder },
		func(version int, at time.Time, l policy.Ladder) ladderOutputBody {
			return ladderOutputBody{version, at, l}
		})
	policyRoute(s, "getTiers", policy.TiersName, "See the tiers in force",
		func(p policy.Published) *policy.Ladder { return p.Ladder },
		func(version int, at time.Time, l policy.Ladder) tiersOutputBody {
			return tiersOutputBody{version, at, l}
		})
	policyRoute(s, "getService", policy.ServiceName, "See the terms of service that were published last",
		func(p policy.Published) *customer.ServiceTerms { return p.Service },
		func(version int, at time.Time, t customer.ServiceTerms) serviceOutputBody {
			return serviceOutputBody{version, at, t}
		})
	policyRoute(s, "getCosts", policy.CostsName, "See the costs of activities in force",
		func(p policy.Published) *policy.Costs { return p.Costs },
		func(version int, at time.Time, c policy.Costs) costsOutputBody {
			return costsOutputBody{version, at, c}
		})
	s.priceBandsRoute()
	s.retentionRoutes()
	s.phonesRoute()
}

// policyRoute serves a policy as it is in force: document picks it out of what was published, body makes the answer.
func policyRoute[D, B any](s *server, id, name, summary string, document func(policy.Published) *D,
	body func(version int, publishedAt time.Time, document D) B) {
	query(s, access.Everyone, get(id, "/v1/policies/"+name, "policies", summary),
		func(ctx context.Context, _ *struct{}) (*policyOutput[B], error) {
			newest, published, err := s.inForce(ctx, name)
			if err != nil {
				return nil, err
			}
			d := document(published)
			if d == nil {
				return nil, errNotConfigured
			}
			return &policyOutput[B]{etag(newest.Revision), body(published.Version, newest.RecordedAt, *d)}, nil
		})
}

// inForce answers the newest version of a policy, an empty one where none was published.
func (s *server) inForce(ctx context.Context, name string) (domain.Recorded, policy.Published, error) {
	newest, _, err := s.commands.Newest(ctx, policy.Stream(name))
	if err != nil {
		return newest, policy.Published{}, err
	}
	published, _ := newest.Event.(policy.Published)
	return newest, published, nil
}
