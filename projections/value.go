package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
)

// Value keeps the models of value, and what the one in force predicts of each customer. A prediction is made anew
// when a fit comes into force and when what the customer bought or brought back changes; it says for which business
// date it holds. The risk to lose a customer changes with time too, so the agenda knows the day.
var Value = Projector{
	Name:   "value",
	Tables: tables{modelRows, clvRows, riskRows},
	Schema: `
CREATE INDEX ON clv (clv_12m_minor DESC); -- the most valuable customers first
CREATE INDEX ON churn_risk (level); -- who is at high risk
CREATE INDEX ON churn_risk (worsens_on) WHERE worsens_on IS NOT NULL; -- whose risk grows on the day that closes
`,
	On: []Handler{OnLog(func(e value.Fitted, _ domain.Recorded, p *page) error { return p.adopt(e) })},
}

// adopt writes down a fit, and that it ends the one before.
func (p *page) adopt(e value.Fitted) error {
	model := p.timeline.Rules().Model
	if model.Version > 1 {
		before, err := rowIn(p, modelRows, model.Version-1)
		if err != nil {
			return err
		}
		before.InForceTo = p.today()
	}
	row, err := rowIn(p, modelRows, model.Version)
	if err != nil {
		return err
	}
	*row = modelRow{Version: model.Version, Model: string(e.Model), LogLikelihood: e.LogLikelihood, N: e.Customers,
		Repeaters: e.Repeaters, Patterns: e.Patterns, TimeUnit: e.TimeUnit, AsOf: e.AsOf, Position: int64(e.Position),
		Currency: e.Currency, ReturnedShare: e.ReturnedShare, MonthlyDiscount: e.MonthlyDiscount,
		Params: asJSON(e.Parameters), Spend: asJSON(e.Spend), NewCustomer: model.NewPurchases365(),
		Fallback: optional(e.Fallback), InForceFrom: p.today()}
	if h := e.Holdout; h != nil {
		days := int64(h.Days)
		row.HoldoutDays = &days
		if h.Reason == "" {
			row.HoldoutActual, row.HoldoutExpected = &h.Actual, &h.Expected
			row.HoldoutError, row.HoldoutMeanAbsoluteError = &h.Error, &h.MeanAbsoluteError
		}
		row.Holdout = asJSON(h)
	}
	return nil
}

// Predicted implements judgement.Journal.
func (j journal) Predicted(on domain.Day, of value.Prediction) {
	row := clvRowOf(j.id, j.RulesNow(j.timeline).Model, &j.Facts.Value, on, of)
	draftIn[single](j.fold, clvRows).put(single{}, row)
}

// Risked implements judgement.Journal.
func (j journal) Risked(on domain.Day, of value.Prediction, next *domain.Day) {
	level, signs := of.Signs()
	draftIn[single](j.fold, riskRows).put(single{}, &riskRow{CustomerID: j.id, Level: string(level), AsOf: on, Alive: of.Alive,
		Purchases365: of.Purchases365, Reasons: asJSON(signs), WorsensOn: next})
}

// single is the key of a table that has one row a person.
type single struct{}
