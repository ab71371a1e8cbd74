package rules_test

import (
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
)

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[struct{}, domain.Needs]{Asked: map[string][]apitest.Ask{
		"rule_malformed": {{Method: "PUT", Path: "/v1/segments/vip", Body: `{"rule":"orders >"}`}},
	}}.Refusals(t)
}
