package policy

import (
	"slices"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// CostsName is the policy that holds what it costs to serve customers: time-driven costs of activities, as Kaplan
// and Anderson (2004) charge them.
const CostsName = "costs"

// Costs is what activities cost. The first entry that fits an activity counts; one that none fits costs nothing.
type Costs struct {
	Currency   domain.Currency `json:"currency"` // of the books, ISO 4217
	Activities []ActivityCost  `json:"activities"`
}

// ActivityCost is what an activity costs each time.
type ActivityCost struct {
	Activity Activity `json:"activity"` // purchase, return, interaction, case, message or maintenance
	// Kind narrows it down: the kind of the interaction, the type of the case, the channel of the others; any if empty.
	Kind string          `json:"kind,omitempty"`
	Cost decimal.Decimal `json:"cost"` // major units of the currency
}

// Activity is something that we do for a customer and that costs us.
type Activity string

const (
	Purchase    Activity = "purchase"
	Return      Activity = "return"
	Interaction Activity = "interaction"
	Case        Activity = "case"
	Message     Activity = "message"
	Maintenance Activity = "maintenance"
)

var activities = []Activity{Purchase, Return, Interaction, Case, Message, Maintenance}

// Of answers what an activity of a kind costs; zero where nothing fits.
func (c *Costs) Of(activity Activity, kind string) decimal.Decimal {
	if c != nil {
		for _, a := range c.Activities {
			if a.fits(activity, kind) {
				return a.Cost
			}
		}
	}
	return decimal.Zero
}

func (a *ActivityCost) fits(activity Activity, kind string) bool {
	return a.Activity == activity && (a.Kind == "" || a.Kind == kind)
}

// PublishCosts asks that costs of activities be in force from now on: what happened before keeps its cost.
type PublishCosts struct {
	Costs Costs `json:"costs"`
}

func (c PublishCosts) Needs() Needs {
	return Needs{Needs: domain.Needs{Founds: true, Priced: c.Costs.Currency}}
}

// Decide yields a new version unless the very same costs are in force.
func (c PublishCosts) Decide(s *State, g Given) ([]Event, error) {
	if n := len(c.Costs.Activities); n == 0 || n > maxActivities {
		return nil, ErrActivities
	}
	if _, err := c.Costs.Currency.MinorDigits(); err != nil {
		return nil, err
	}
	if g.Reporting != "" && g.Reporting != c.Costs.Currency {
		return nil, ErrCostsCurrency.Because("the books are kept in %s", g.Reporting)
	}
	for i, a := range c.Costs.Activities {
		before := c.Costs.Activities[:i]
		switch {
		case !slices.Contains(activities, a.Activity):
			return nil, ErrActivity.At("costs.activities[%d].activity", i)
		case !a.kindExists():
			return nil, ErrActivityKind.At("costs.activities[%d].kind", i)
		case slices.ContainsFunc(before, func(b ActivityCost) bool { return b.fits(a.Activity, a.Kind) }):
			return nil, ErrActivityIdle.At("costs.activities[%d]", i)
		case a.Cost.IsNeg() || a.Cost.Cmp(maxLimit) > 0:
			return nil, ErrActivityCost.At("costs.activities[%d].cost", i)
		}
		if err := domain.CheckText(a.Kind, maxNameBytes); err != nil {
			return nil, err.At("costs.activities[%d].kind", i)
		}
	}
	if s.costs != nil && s.costs.Currency == c.Costs.Currency && slices.EqualFunc(s.costs.Activities, c.Costs.Activities, func(a, b ActivityCost) bool {
		return a.Activity == b.Activity && a.Kind == b.Kind && a.Cost.Cmp(b.Cost) == 0
	}) {
		return nil, nil
	}
	return []Event{Published{Policy: CostsName, Version: s.version + 1, Costs: &c.Costs}}, nil
}

// kindExists tells whether the kind may ever fit.
func (a *ActivityCost) kindExists() bool {
	switch {
	case a.Kind == "":
		return true
	case a.Activity == Interaction:
		return slices.Contains(customer.InteractionKinds, customer.InteractionKind(a.Kind))
	case a.Activity == Case:
		return slices.Contains(customer.CaseTypes, customer.CaseType(a.Kind))
	}
	return true // a channel, which has no fixed list
}

const maxActivities = 200

var (
	ErrActivities = &domain.Rejection{Kind: domain.Invalid, Code: "costs_count", Field: "costs.activities",
		Reason: "there are 1 to 200 costs"}
	ErrCostsCurrency = &domain.Rejection{Kind: domain.Invalid, Code: "costs_currency", Field: "costs.currency",
		Reason: "costs are in the currency of the books"}
	ErrActivity = &domain.Rejection{Kind: domain.Invalid, Code: "activity_unknown", Field: "costs.activities",
		Reason: "an activity is a purchase, return, interaction, case, message or maintenance"}
	ErrActivityKind = &domain.Rejection{Kind: domain.Invalid, Code: "activity_kind_unknown", Field: "costs.activities",
		Reason: "there is no such kind of interaction or type of case"}
	ErrActivityIdle = &domain.Rejection{Kind: domain.Invalid, Code: "activity_cost_idle", Field: "costs.activities",
		Reason: "a cost before this one fits all that it fits"}
	ErrActivityCost = &domain.Rejection{Kind: domain.Invalid, Code: "activity_cost_out_of_range", Field: "costs.activities",
		Reason: "a cost is 0 to 1,000,000,000"}
)
