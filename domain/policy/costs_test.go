package policy_test

import (
	"testing"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/policy"
)

func cost(activity policy.Activity, kind, amount string) policy.ActivityCost {
	return policy.ActivityCost{Activity: activity, Kind: kind, Cost: decimal.MustParse(amount)}
}

// inEUR asks a command of a business that keeps its books in EUR.
func inEUR(c policy.Command) policy.Command {
	return domaintest.In(c, func(g *policy.Given) { g.Reporting = "EUR" })
}

func costs() []story {
	publish := func(all ...policy.ActivityCost) policy.Command {
		return inEUR(policy.PublishCosts{Costs: policy.Costs{Currency: "EUR", Activities: all}})
	}
	published := func(version int, all ...policy.ActivityCost) policy.Event {
		return policy.Published{Policy: policy.CostsName, Version: version, Costs: &policy.Costs{Currency: "EUR", Activities: all}}
	}
	call, contact := cost(policy.Interaction, "call", "4.50"), cost(policy.Interaction, "", "1")
	return []story{
		{Name: "costs", When: publish(call, contact), Then: []policy.Event{published(1, call, contact)}},
		{Name: "the same in other words", Given: []policy.Event{published(1, call, contact)},
			When: publish(cost(policy.Interaction, "call", "4.5"), contact)},
		{Name: "other costs", Given: []policy.Event{published(1, call)}, When: publish(contact),
			Then: []policy.Event{published(2, contact)}},
		{Name: "no costs at all", When: publish(), Refused: policy.ErrActivities},
		{Name: "another currency than that of the books", Refused: policy.ErrCostsCurrency,
			When: inEUR(policy.PublishCosts{Costs: policy.Costs{Currency: "GBP", Activities: []policy.ActivityCost{call}}})},
		{Name: "an unknown activity", When: publish(cost("lunch", "", "9")),
			Refused: policy.ErrActivity.At("costs.activities[0].activity")},
		{Name: "a kind that does not exist", When: publish(cost(policy.Interaction, "telepathy", "9")),
			Refused: policy.ErrActivityKind.At("costs.activities[0].kind")},
		{Name: "a type of case that does not exist", When: publish(cost(policy.Case, "mystery", "9")),
			Refused: policy.ErrActivityKind.At("costs.activities[0].kind")},
		{Name: "a cost that never counts", When: publish(contact, call),
			Refused: policy.ErrActivityIdle.At("costs.activities[1]")},
		{Name: "a negative cost", When: publish(cost(policy.Return, "", "-1")),
			Refused: policy.ErrActivityCost.At("costs.activities[0].cost")},
		{Name: "a channel that is no text", When: publish(cost(policy.Purchase, "a\x00b", "1")),
			Refused: domain.CheckText("a\x00b", 128).At("costs.activities[0].kind")},
	}
}

func TestTheFirstCostThatFitsCounts(t *testing.T) {
	c := &policy.Costs{Activities: []policy.ActivityCost{cost(policy.Interaction, "call", "4.50"), cost(policy.Interaction, "", "1")}}
	for kind, want := range map[string]string{"call": "4.50", "chat": "1"} {
		if got := c.Of(policy.Interaction, kind); got.String() != want {
			t.Errorf("%s costs %s, want %s", kind, got, want)
		}
	}
	if got := c.Of(policy.Case, "question"); !got.IsZero() {
		t.Errorf("what has no cost costs %s", got)
	}
}
