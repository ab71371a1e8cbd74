package policy_test

import (
	"slices"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

func service() []story {
	publish := func(change func(*customer.ServiceTerms)) policy.Command {
		terms := customer.DefaultServiceTerms()
		change(&terms)
		return policy.PublishService{Service: terms}
	}
	published := func(version int, change func(*customer.ServiceTerms)) policy.Event {
		terms := customer.DefaultServiceTerms()
		change(&terms)
		return policy.Published{Policy: policy.ServiceName, Version: version, Service: &terms}
	}
	same := func(*customer.ServiceTerms) {}
	target := func(n int, change func(*customer.ServiceTarget)) policy.Command {
		return publish(func(t *customer.ServiceTerms) { change(&t.Targets[n]) })
	}
	complaints := func(t *customer.ServiceTerms) {
		t.Targets = slices.Insert(t.Targets, 0, customer.ServiceTarget{Type: customer.Complaint, Priority: customer.Low,
			FirstResponseS: 86400, NextResponseS: 86400, ResolutionS: 4 * 86400})
	}
	shorter := func(t *customer.ServiceTerms) { t.RepeatDays = 30 }
	generous := func(t *customer.ServiceTerms) { t.Compensation[1].Amount = decimal.MustParse("250") }
	first := []policy.Event{published(1, same)}
	return []story{
		{Name: "the default terms of service", When: publish(same), Then: first},
		{Name: "the same terms again", Given: first, When: publish(same)},
		{Name: "the same limit in other words", Given: first, When: publish(func(t *customer.ServiceTerms) {
			t.Compensation[1].Amount = decimal.MustParse("100.00")
		})},
		{Name: "complaints apart", Given: first, When: publish(complaints), Then: []policy.Event{published(2, complaints)}},
		{Name: "fewer days", Given: first, When: publish(shorter), Then: []policy.Event{published(2, shorter)}},
		{Name: "another limit", Given: first, When: publish(generous), Then: []policy.Event{published(2, generous)}},
		{Name: "a response of half a minute", Refused: policy.ErrTarget.At("service.targets[0].first_response_s"),
			When: target(0, func(t *customer.ServiceTarget) { t.FirstResponseS = 30 })},
		{Name: "no target for the next response", Refused: policy.ErrTarget.At("service.targets[1].next_response_s"),
			When: target(1, func(t *customer.ServiceTarget) { t.NextResponseS = 0 })},
		{Name: "a resolution in two years", Refused: policy.ErrTarget.At("service.targets[3].resolution_s"),
			When: target(3, func(t *customer.ServiceTarget) { t.ResolutionS = 2 * 366 * 86400 })},
		{Name: "a next response after the resolution", Refused: policy.ErrTargetOrder.At("service.targets[0].resolution_s"),
			When: target(0, func(t *customer.ServiceTarget) { t.NextResponseS = t.ResolutionS + 1 })},
		{Name: "a first response after the resolution", Refused: policy.ErrTargetOrder.At("service.targets[0].resolution_s"),
			When: target(0, func(t *customer.ServiceTarget) { t.FirstResponseS = t.ResolutionS + 1 })},
		{Name: "a target for wishes", Refused: customer.ErrCaseType.At("service.targets[0].type"),
			When: target(0, func(t *customer.ServiceTarget) { t.Type = "wish" })},
		{Name: "a target without a priority", Refused: customer.ErrPriority.At("service.targets[0].priority"),
			When: target(0, func(t *customer.ServiceTarget) { t.Priority = "" })},
		{Name: "a target that never counts", Refused: policy.ErrTargetIdle.At("service.targets[4]"),
			When: publish(func(t *customer.ServiceTerms) {
				t.Targets = append(t.Targets, customer.ServiceTarget{Type: customer.Complaint, Priority: customer.Low})
			})},
		{Name: "no target for what is urgent", Refused: policy.ErrTargetMissing, Because: "a question of urgent priority",
			When: publish(func(t *customer.ServiceTerms) { t.Targets = t.Targets[1:] })},
		{Name: "no target at all", Refused: policy.ErrTargetMissing,
			When: publish(func(t *customer.ServiceTerms) { t.Targets = nil })},
		{Name: "the urgent waits longer", Refused: policy.ErrPriorityOrder,
			Because: "a question of urgent priority has to wait longer than one of high priority",
			When:    target(0, func(t *customer.ServiceTarget) { t.FirstResponseS = 5 * 3600 })},
		{Name: "a negative window", Refused: policy.ErrRepeatDays,
			When: publish(func(t *customer.ServiceTerms) { t.RepeatDays = -1 })},
		{Name: "a limit below nothing", Refused: policy.ErrLimit.At("service.compensation[0].amount"),
			When: publish(func(t *customer.ServiceTerms) { t.Compensation[0].Amount = decimal.MustParse("-1") })},
		{Name: "an actor with NUL", Refused: domain.ErrText.At("service.compensation[1].actor"),
			When: publish(func(t *customer.ServiceTerms) { t.Compensation[1].Actor = "\x00" })},
		{Name: "a department with NUL", Refused: domain.ErrText.At("service.compensation[1].department"),
			When: publish(func(t *customer.ServiceTerms) { t.Compensation[1].Department = "\x00" })},
		{Name: "too many limits", Refused: policy.ErrLimits,
			When: publish(func(t *customer.ServiceTerms) { t.Compensation = slices.Repeat(t.Compensation, 51) })},
	}
}
