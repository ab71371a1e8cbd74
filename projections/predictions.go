package projections

import (
	"context"
	"encoding/json"
	"math"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/value"
)

type modelRow struct {
	Version                  int64           `db:"version,key" note:"counts from 1"`
	Model                    string          `db:"model" among:"bg_nbd,mbg_nbd,pareto_nbd" note:"model of repeat buying"`
	Params                   json.RawMessage `db:"params" note:"its parameters: r, alpha and a, b or s, beta"`
	LogLikelihood            float64         `db:"log_likelihood" note:"natural logarithm of the likelihood of what was bought"`
	N                        int64           `db:"n" note:"customers to whose purchases it was fitted"`
	Repeaters                int64           `db:"repeaters" note:"those of them who bought on more than one day"`
	Patterns                 int64           `db:"patterns" note:"distinct purchase histories among them"`
	TimeUnit                 string          `db:"time_unit" note:"in which the parameters count: week"`
	AsOf                     domain.Day      `db:"as_of" note:"purchases up to this business date were looked at"`
	Position                 int64           `db:"position" note:"log position as of which they were read"`
	Spend                    json.RawMessage `db:"spend" note:"model of what customers spend a day with a purchase: gamma_gamma with p, q, v, or the mean"`
	Currency                 domain.Currency `db:"currency" note:"reporting currency, ISO 4217; empty where nothing was ever bought for money"`
	ReturnedShare            float64         `db:"returned_share" note:"part of what was bought that was brought back, 0 to 1"`
	MonthlyDiscount          float64         `db:"monthly_discount" note:"by how much less a purchase a month later is worth, 0 to 1"`
	NewCustomer              float64         `db:"new_customer_purchases_365d" note:"days with a repeat purchase expected of a new customer in a year"`
	HoldoutDays              *int64          `db:"holdout_days" note:"last days that were held out to test the model; null where it was not tested"`
	HoldoutActual            *float64        `db:"holdout_actual_purchases" note:"days with a purchase in them, of who was a customer before"`
	HoldoutExpected          *float64        `db:"holdout_expected_purchases" note:"how many the model expected"`
	HoldoutError             *float64        `db:"holdout_error" note:"expected less actual, over actual"`
	HoldoutMeanAbsoluteError *float64        `db:"holdout_mean_absolute_error" note:"mean over customers of the error, days with a purchase"`
	Holdout                  json.RawMessage `db:"holdout,null" note:"the test in full, with the parameters fitted to what came before those days"`
	Fallback                 *string         `db:"fallback" note:"why it is not the model that was asked for"`
	InForceFrom              *domain.Day     `db:"in_force_from" note:"business date from which it is in force"`
	InForceTo                *domain.Day     `db:"in_force_to" note:"business date until which it was; null while it is"`
}

type clvRow struct {
	CustomerID   uuid.UUID       `db:"customer_id,key" note:"who"`
	Model        string          `db:"model" note:"model of repeat buying"`
	ModelVersion int64           `db:"model_version" note:"which fit of clv_model"`
	AsOf         domain.Day      `db:"as_of" note:"the business date for which this holds: that of the fit, or of the last purchase or return since"`
	Alive        float64         `db:"p_alive" note:"probability that they will ever buy again"`
	Purchases30  float64         `db:"expected_purchases_30d" note:"days with a purchase expected in the next 30 days"`
	Purchases90  float64         `db:"expected_purchases_90d" note:"in the next 90 days"`
	Purchases365 float64         `db:"expected_purchases_365d" note:"in the next 365 days"`
	Average      float64         `db:"expected_avg_value_minor" note:"expected to be bought for on such a day, before returns"`
	CLV12        float64         `db:"clv_12m_minor" note:"value of the next 12 months: less the share that is returned, discounted"`
	CLV36        float64         `db:"clv_36m_minor" note:"value of the next 36 months, likewise"`
	HistoricLTV  int64           `db:"historic_ltv_minor" note:"value so far: bought less returned"`
	Currency     domain.Currency `db:"currency" note:"reporting currency, ISO 4217"`
}

type riskRow struct {
	CustomerID   uuid.UUID       `db:"customer_id,key" note:"who"`
	Level        string          `db:"level" among:"low,medium,high" note:"low, medium or high"`
	AsOf         domain.Day      `db:"as_of" note:"the business date on which they came to this level, or to these figures"`
	Alive        float64         `db:"p_alive" note:"probability that they will ever buy again, as of then"`
	Purchases365 float64         `db:"expected_purchases_365d" note:"days with a purchase expected in a year, as of then"`
	Reasons      json.RawMessage `db:"reasons" note:"figures that are too low: [{\"figure\",\"value\",\"below\"}]"`
	WorsensOn    *domain.Day     `db:"worsens_on" note:"the business date on which the risk grows if they buy nothing; null if it does not"`
}

var (
	modelRows = keyedRows("clv_model",
		"Every model of the customers' value that was fitted. Time counts in weeks, money in major units of the reporting currency.", func(version int64) modelRow { return modelRow{Version: version} })
	clvRows = kept[clvRow]("clv",
		"What the model in force predicts of each customer who ever bought: one row for each; those who were merged are in the survivor's. Money is in minor units of the reporting currency.")
	riskRows = kept[riskRow]("churn_risk",
		"Who is at risk to be lost, by the model in force: one row for each customer who ever bought.")
)

// clvRowOf makes the row of a prediction.
func clvRowOf(id uuid.UUID, m *judgement.Model, v *facts.Value, on domain.Day, of value.Prediction) *clvRow {
	minor := math.Pow10(v.Digits)
	return &clvRow{CustomerID: id, Model: string(m.Model), ModelVersion: m.Version, AsOf: on,
		Alive: of.Alive, Purchases30: of.Purchases30, Purchases90: of.Purchases90, Purchases365: of.Purchases365,
		Average: of.Average * minor, CLV12: of.CLV12 * minor, CLV36: of.CLV36 * minor, HistoricLTV: v.NetMinor,
		Currency: v.Currency}
}

// asJSON writes down what always can be.
func asJSON(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// Prediction is what the model in force predicts of a customer: their rows of crm.clv and crm.churn_risk.
type Prediction struct {
	CustomerID   uuid.UUID       `json:"customer_id" db:"customer_id"`
	Model        string          `json:"model" db:"model"`
	ModelVersion int64           `json:"model_version" db:"model_version"`
	AsOf         domain.Day      `json:"as_of" db:"as_of"`
	Alive        float64         `json:"p_alive" db:"p_alive"`
	Purchases30  float64         `json:"expected_purchases_30d" db:"expected_purchases_30d"`
	Purchases90  float64         `json:"expected_purchases_90d" db:"expected_purchases_90d"`
	Purchases365 float64         `json:"expected_purchases_365d" db:"expected_purchases_365d"`
	Average      float64         `json:"expected_avg_value_minor" db:"expected_avg_value_minor"`
	CLV12        float64         `json:"clv_12m_minor" db:"clv_12m_minor"`
	CLV36        float64         `json:"clv_36m_minor" db:"clv_36m_minor"`
	HistoricLTV  int64           `json:"historic_ltv_minor" db:"historic_ltv_minor"`
	Currency     string          `json:"currency" db:"currency"`
	Risk         string          `json:"churn_risk" db:"level"`
	Reasons      json.RawMessage `json:"churn_reasons" db:"reasons"`
	WorsensOn    *domain.Day     `json:"worsens_on" db:"worsens_on"`
	// Horizon is of the days that were asked for.
	Horizon *Horizon `json:"horizon,omitempty" db:"-"`
}

// Horizon is what is expected of a customer in the days from as_of on.
type Horizon struct {
	Days      int     `json:"days"`
	Purchases float64 `json:"expected_purchases"` // days with a purchase
	CLV       float64 `json:"clv_minor"`          // less the share that is returned, discounted
}

// Prediction returns what the model in force predicts of a customer, or of who stands for them after a merge, as of the
// business date; ErrNotFound where there is no model, or they never bought. With a horizon, in days, it also returns what
// is expected within that.
func (r *Reader) Prediction(ctx context.Context, id uuid.UUID, horizon int) (Prediction, error) {
	var out Prediction
	err := r.look(ctx, func(v *view) error {
		f, err := v.person(ctx, id)
		if err != nil {
			return err
		}
		model, on := v.timeline.Rules().Model, f.on(v.timeline)
		if model == nil {
			return ErrNotFound
		}
		buyer, bought := f.Facts.Value.Buyer(on)
		if !bought {
			return ErrNotFound
		}
		predicted := model.Predict(buyer)
		row := clvRowOf(f.id, model, &f.Facts.Value, on, predicted)
		level, signs := predicted.Signs()
		out = Prediction{CustomerID: f.id, Model: row.Model, ModelVersion: row.ModelVersion, AsOf: on, Alive: row.Alive,
			Purchases30: row.Purchases30, Purchases90: row.Purchases90, Purchases365: row.Purchases365, Average: row.Average,
			CLV12: row.CLV12, CLV36: row.CLV36, HistoricLTV: row.HistoricLTV, Currency: string(row.Currency),
			Risk: string(level), Reasons: asJSON(signs)}
		if f.Risk != nil {
			out.WorsensOn = f.Risk.Next
		}
		if horizon > 0 {
			h := model.Within(buyer, horizon)
			out.Horizon = &Horizon{Days: horizon, Purchases: h.Purchases, CLV: h.CLV * math.Pow10(f.Facts.Value.Digits)}
		}
		return nil
	})
	return out, err
}
