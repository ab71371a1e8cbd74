package projections

import (
	"context"
	"encoding/json"
	"math"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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
	modelRows = added[modelRow]("clv_model")
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

// predictionSet folds the predictions of a page: one row a customer, the last one counts, nil takes it back.
type predictionSet struct {
	clv   map[uuid.UUID]*clvRow
	risks map[uuid.UUID]*riskRow
}

func predictionsOf(p *page) *predictionSet {
	return setOf(p, clvRows, func() *predictionSet {
		return &predictionSet{clv: map[uuid.UUID]*clvRow{}, risks: map[uuid.UUID]*riskRow{}}
	})
}

func (s *predictionSet) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	if err := writeOrDelete(ctx, tx, b, clvRows, s.clv); err != nil {
		return err
	}
	return writeOrDelete(ctx, tx, b, riskRows, s.risks)
}

// writeOrDelete sends the rows of customers, by customer, and empties the map.
func writeOrDelete[R any](ctx context.Context, tx pgx.Tx, b *pgx.Batch, t *table[R], rows map[uuid.UUID]*R) error {
	ids := make([]uuid.UUID, 0, len(rows))
	for id := range rows {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	kept := rowSet[R]{table: t, rows: make([]R, 0, len(rows))}
	var gone [][16]byte
	for _, id := range ids {
		if row := rows[id]; row != nil {
			kept.rows = append(kept.rows, *row)
		} else {
			gone = append(gone, id)
		}
	}
	clear(rows)
	if len(gone) > 0 {
		b.Queue("DELETE FROM "+t.name+" WHERE customer_id = ANY($1)", gone)
	}
	return kept.write(ctx, tx, b)
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

// predictionRow has beside a prediction what another horizon follows from.
type predictionRow struct {
	Prediction
	State []byte `db:"state"`
	Fit   []byte `db:"fit"`
}

const predictionSQL = `SELECT v.customer_id, v.model, v.model_version, v.as_of, v.p_alive, v.expected_purchases_30d,
	v.expected_purchases_90d, v.expected_purchases_365d, v.expected_avg_value_minor, v.clv_12m_minor, v.clv_36m_minor,
	v.historic_ltv_minor, v.currency, r.level, r.reasons, r.worsens_on,
	CASE WHEN @horizon > 0 THEN m.state END AS state, CASE WHEN @horizon > 0 THEN ` + modelSQL + ` END AS fit
	FROM clv v JOIN churn_risk r USING (customer_id) JOIN customer_memory m USING (customer_id)
	WHERE v.customer_id = coalesce((SELECT merged_into FROM customer_summary WHERE customer_id = @id), @id)`

// Prediction answers what is predicted of a customer, or of who stands for them after a merge; ErrNotFound where there is
// no model, or they never bought. With a horizon, in days, it also answers what is expected within that.
func (r *Reader) Prediction(ctx context.Context, id uuid.UUID, horizon int) (Prediction, error) {
	row, err := one[predictionRow](ctx, r, predictionSQL, pgx.NamedArgs{"id": [16]byte(id), "horizon": horizon})
	if err != nil || horizon == 0 {
		return row.Prediction, err
	}
	row.Horizon, err = row.within(horizon)
	return row.Prediction, err
}

// within predicts anew what the row says, for another horizon.
func (row *predictionRow) within(days int) (*Horizon, error) {
	model, err := readModel(row.Fit)
	if err != nil {
		return nil, err
	}
	c, err := recall(row.CustomerID, row.State)
	if err != nil {
		return nil, err
	}
	buyer, _ := c.Facts.Value.Buyer(row.AsOf)
	h := model.Within(buyer, days)
	return &Horizon{Days: days, Purchases: h.Purchases, CLV: h.CLV * math.Pow10(c.Facts.Value.Digits)}, nil
}
