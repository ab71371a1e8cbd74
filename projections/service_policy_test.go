package projections

import (
	"testing"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

func TestServicePolicy(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder() // another policy
	first, second := customer.DefaultServiceTerms(), customer.DefaultServiceTerms()
	second.RepeatDays, second.Targets = 30, second.Targets[:1]
	publish := func(version int, terms customer.ServiceTerms) {
		w.append(policy.Stream(policy.ServiceName), "2024-01-01", policy.Published{Policy: policy.ServiceName, Version: version, Service: &terms})
	}
	publish(1, first)
	w.register("ann", "2024-01-01")
	w.closeDay("2024-01-01")
	publish(2, second)
	w.settle()
	expect(t, "service_policy", w.text(`SELECT version, published_on, repeat_days, jsonb_array_length(targets), targets->0->>'resolution_s',
		compensation->1->>'amount' FROM service_policy ORDER BY version`), `
1 <nil> 90 4 28800 100
2 2024-01-01 30 1 28800 100`)
}
