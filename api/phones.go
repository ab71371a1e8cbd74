package api

import (
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/policy"
)

var publishPhones = declare(policies, declaration[policy.PublishPhones]{
	Name: "publish_phones", Roles: access.Admins, Method: http.MethodPut, Path: "/v1/policies/phones", Tag: "policies",
	Summary: "Publish of which region phone numbers are",
	Description: "Says how a phone number is read that names no country, in identities and contact points. Without it, numbers have to be " +
		"international. What was recorded before stays as it was read.",
	Fields:  map[string]string{"phones.region": "ISO 3166-1, two capital letters; empty: numbers have to be international"},
	Example: `{"phones":{"region":"DE"}}`,
	Subject: ofStream[policy.PublishPhones](policy.Stream(policy.PhonesName), "policy", policy.PhonesName),
	Barrier: true,
})

type phonesOutputBody struct {
	Version     int           `json:"version"`
	PublishedAt time.Time     `json:"published_at"`
	Phones      policy.Phones `json:"phones"`
}

func (s *server) phonesRoute() {
	policyRoute(s, "getPhones", policy.PhonesName, "See of which region phone numbers are",
		func(p policy.Published) *policy.Phones { return p.Phones },
		func(version int, at time.Time, p policy.Phones) phonesOutputBody {
			return phonesOutputBody{version, at, p}
		})
}
