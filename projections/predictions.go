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
	Version                  int64           `db:"version"`
	Model                    string          `db:"model"`
	Params                   json.RawMessage `db:"params"`
	LogLikelihood            float64         `db:"log_likelihood"`
	N                        int64           `db:"n"`
	Repeaters                int64           `db:"repeaters"`
	Patterns                 int64           `db:"patterns"`
	TimeUnit                 string          `db:"time_unit"`
	AsOf                     domain.Day      `db:"as_of"`
	Position                 int64           `db:"position"`
	Spend                    json.RawMessage `db:"spend"`
	Currency                 domain.Currency `db:"currency"`
	ReturnedShare            float64         `db:"returned_share"`
	MonthlyDiscount          float64         `db:"monthly_discount"`
	NewCustomer              float64         `db:"new_customer_purchases_365d"`
	HoldoutDays              *int64          `db:"holdout_days"`
	HoldoutActual            *float64        `db:"holdout_actual_purchases"`
	HoldoutExpected          *float64        `db:"holdout_expected_purchases"`
	HoldoutError             *float64        `db:"holdout_error"`
	HoldoutMeanAbsoluteError *float64        `db:"holdout_mean_absolute_error"`
	Holdout                  json.RawMessage `db:"holdout"`
	Fallback                 *string         `db:"fallback"`
	InForceFrom              *domain.Day     `db:"in_force_from"`
	InForceTo                *domain.Day     `db:"in_force_to"`
}

type clvRow struct {
	CustomerID   uuid.UUID       `db:"customer_id"`
	Model        string          `db:"model"`
	ModelVersion int64           `db:"model_version"`
	AsOf         domain.Day      `db:"as_of"`
	Alive        float64         `db:"p_alive"`
	Purchases30  float64         `db:"expected_purchases_30d"`
	Purchases90  float64         `db:"expected_purchases_90d"`
	Purchases365 float64         `db:"expected_purchases_365d"`
	Average      float64         `db:"expected_avg_value_minor"`
	CLV12        float64         `db:"clv_12m_minor"`
	CLV36        float64         `db:"clv_36m_minor"`
	HistoricLTV  int64           `db:"historic_ltv_minor"`
	Currency     domain.Currency `db:"currency"`
}

type riskRow struct {
	CustomerID   uuid.UUID       `db:"customer_id"`
	Level        string          `db:"level"`
	AsOf         domain.Day      `db:"as_of"`
	Alive        float64         `db:"p_alive"`
	Purchases365 float64         `db:"expected_purchases_365d"`
	Reasons      json.RawMessage `db:"reasons"`
	WorsensOn    *domain.Day     `db:"worsens_on"`
}

var (
	modelRows = keyedRows("clv_model", 1, func(version int64) modelRow { return modelRow{Version: version} })
	clvRows   = kept[clvRow]("clv", 1)
	riskRows  = kept[riskRow]("churn_risk", 1)
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
