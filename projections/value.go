package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
)

// Value keeps the models of value, and what the one in force predicts of each customer. A prediction is made anew
// when a fit comes into force and when what the customer bought or brought back changes; it says for which business
// date it holds. The risk to lose a customer changes with time too, so the agenda knows the day.
var Value = Projector{
	Name: "value",
	Schema: `
-- Every model of the customers' value that was fitted. Time counts in weeks, money in major units of the reporting currency.
CREATE TABLE clv_model (
	version bigint PRIMARY KEY, -- counts from 1
	model text NOT NULL CHECK (model IN ('bg_nbd', 'mbg_nbd', 'pareto_nbd')), -- model of repeat buying
	params jsonb NOT NULL, -- its parameters: r, alpha and a, b or s, beta
	log_likelihood double precision NOT NULL, -- natural logarithm of the likelihood of what was bought
	n bigint NOT NULL, -- customers to whose purchases it was fitted
	repeaters bigint NOT NULL, -- those of them who bought on more than one day
	patterns bigint NOT NULL, -- distinct purchase histories among them
	time_unit text NOT NULL, -- in which the parameters count: week
	as_of date NOT NULL, -- purchases up to this business date were looked at
	position bigint NOT NULL, -- log position as of which they were read
	spend jsonb NOT NULL, -- model of what customers spend a day with a purchase: gamma_gamma with p, q, v, or the mean
	currency text NOT NULL, -- reporting currency, ISO 4217; empty where nothing was ever bought for money
	returned_share double precision NOT NULL, -- part of what was bought that was brought back, 0 to 1
	monthly_discount double precision NOT NULL, -- by how much less a purchase a month later is worth, 0 to 1
	new_customer_purchases_365d double precision NOT NULL, -- days with a repeat purchase expected of a new customer in a year
	holdout_days bigint, -- last days that were held out to test the model; null where it was not tested
	holdout_actual_purchases double precision, -- days with a purchase in them, of who was a customer before
	holdout_expected_purchases double precision, -- how many the model expected
	holdout_error double precision, -- expected less actual, over actual
	holdout_mean_absolute_error double precision, -- mean over customers of the error, days with a purchase
	holdout jsonb, -- the test in full, with the parameters fitted to what came before those days
	fallback text, -- why it is not the model that was asked for
	in_force_from date, -- business date from which it is in force
	in_force_to date -- business date until which it was; null while it is
);
-- What the model in force predicts of each customer who ever bought: one row for each; those who were merged are in the survivor's. Money is in minor units of the reporting currency.
CREATE TABLE clv (
	customer_id uuid PRIMARY KEY, -- who
	model text NOT NULL, -- model of repeat buying
	model_version bigint NOT NULL, -- which fit of clv_model
	as_of date NOT NULL, -- the business date for which this holds: that of the fit, or of the last purchase or return since
	p_alive double precision NOT NULL, -- probability that they will ever buy again
	expected_purchases_30d double precision NOT NULL, -- days with a purchase expected in the next 30 days
	expected_purchases_90d double precision NOT NULL, -- in the next 90 days
	expected_purchases_365d double precision NOT NULL, -- in the next 365 days
	expected_avg_value_minor double precision NOT NULL, -- expected to be bought for on such a day, before returns
	clv_12m_minor double precision NOT NULL, -- value of the next 12 months: less the share that is returned, discounted
	clv_36m_minor double precision NOT NULL, -- value of the next 36 months, likewise
	historic_ltv_minor bigint NOT NULL, -- value so far: bought less returned
	currency text NOT NULL -- reporting currency, ISO 4217
);
CREATE INDEX ON clv (clv_12m_minor DESC); -- the most valuable customers first
-- Who is at risk to be lost, by the model in force: one row for each customer who ever bought.
CREATE TABLE churn_risk (
	customer_id uuid PRIMARY KEY, -- who
	level text NOT NULL CHECK (level IN ('low', 'medium', 'high')), -- low, medium or high
	as_of date NOT NULL, -- the business date on which they came to this level, or to these figures
	p_alive double precision NOT NULL, -- probability that they will ever buy again, as of then
	expected_purchases_365d double precision NOT NULL, -- days with a purchase expected in a year, as of then
	reasons jsonb NOT NULL, -- figures that are too low: [{"figure","value","below"}]
	worsens_on date -- the business date on which the risk grows if they buy nothing; null if it does not
);
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
