package policy_test

import (
	"slices"

	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/policy"
)

func retention() []story {
	dormant := policy.RetentionRule{Rule: "dormant", Segment: "asleep", SegmentVersion: 2, AfterDays: 365, Action: policy.ArchiveAction}
	gone := policy.RetentionRule{Rule: "gone", Segment: "asleep", SegmentVersion: 2, AfterDays: 1825, Action: policy.EraseAction}
	asked := func(rules ...policy.RetentionRule) policy.PublishRetention {
		rules = slices.Clone(rules)
		for i := range rules {
			rules[i].SegmentVersion = 7 // what callers say of it does not count
		}
		return policy.PublishRetention{Retention: policy.Retention{Rules: rules}}
	}
	inForce := func(c policy.Command, version int) policy.Command {
		return domaintest.In(c, func(g *policy.Given) { g.Needs.Versions = map[string]int{"asleep": version} })
	}
	publish := func(rules ...policy.RetentionRule) policy.Command {
		return inForce(asked(rules...), 2)
	}
	published := func(version int, rules ...policy.RetentionRule) policy.Event {
		return policy.Published{Policy: policy.RetentionName, Version: version, Retention: &policy.Retention{Rules: rules}}
	}
	change := func(f func(*policy.RetentionRule)) policy.Command {
		r := dormant
		f(&r)
		return publish(r)
	}
	later := dormant
	later.SegmentVersion = 3
	return []story{
		{Name: "two rules of retention", When: publish(dormant, gone), Then: []policy.Event{published(1, dormant, gone)}},
		{Name: "the same rules again", Given: []policy.Event{published(1, dormant, gone)}, When: publish(dormant, gone)},
		{Name: "the same rule for a segment defined anew", Given: []policy.Event{published(1, dormant)},
			When: inForce(asked(dormant), 3), Then: []policy.Event{published(2, later)}},
		{Name: "no rule any more", Given: []policy.Event{published(1, dormant)}, When: publish(), Then: []policy.Event{
			policy.Published{Policy: policy.RetentionName, Version: 2, Retention: &policy.Retention{Rules: []policy.RetentionRule{}}}}},
		{Name: "no rule at all", When: publish()},
		{Name: "rules without end", When: publish(slices.Repeat([]policy.RetentionRule{dormant}, 101)...),
			Refused: policy.ErrRetentionRules},
		{Name: "a rule without a name", Refused: policy.ErrRetentionRule.At("retention.rules[0].rule"),
			When: change(func(r *policy.RetentionRule) { r.Rule = "" })},
		{Name: "two rules of one name", Refused: policy.ErrRetentionRule.At("retention.rules[1].rule"), When: publish(dormant, dormant)},
		{Name: "a segment that is not in force", Refused: policy.ErrRetentionSegment.At("retention.rules[0].segment"),
			When: change(func(r *policy.RetentionRule) { r.Segment = "awake" })},
		{Name: "fewer days than none", Refused: policy.ErrRetentionDays.At("retention.rules[0].after_days"),
			When: change(func(r *policy.RetentionRule) { r.AfterDays = -1 })},
		{Name: "more than a century", Refused: policy.ErrRetentionDays.At("retention.rules[0].after_days"),
			When: change(func(r *policy.RetentionRule) { r.AfterDays = 36601 })},
		{Name: "erasure after a month", When: change(func(r *policy.RetentionRule) { r.AfterDays, r.Action = 30, policy.EraseAction }),
			Then: []policy.Event{published(1, policy.RetentionRule{Rule: "dormant", Segment: "asleep", SegmentVersion: 2, AfterDays: 30,
				Action: policy.EraseAction})}},
		{Name: "erasure at once", Refused: policy.ErrErasureDays.At("retention.rules[0].after_days"),
			When: change(func(r *policy.RetentionRule) { r.AfterDays, r.Action = 29, policy.EraseAction })},
		{Name: "an action of another kind", Refused: policy.ErrRetentionAction.At("retention.rules[0].action"),
			When: change(func(r *policy.RetentionRule) { r.Action = "sell" })},
	}
}
