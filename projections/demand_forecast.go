package projections

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/demand"
)

const forecastSchema = `
-- Demand foreseen when the last business week was over, by exponential smoothing of the quantities of the weeks before, those without a sale too: a row for each product, and one for each price band of each category. What was not bought for a year is left out. A forecast stands until the next week is over, or other price bands are in force.
CREATE TABLE demand_forecast (
	sku text, -- the product; null in the row of a price band
	category text, -- of the price band; null where that is unknown, and in the row of a product
	price_band text, -- the price band; null in the row of a product
	last_week date NOT NULL, -- Monday of the last week that it rests on
	weeks_used bigint NOT NULL, -- weeks that it rests on: from the first sale on, at most 156
	expected_1w double precision NOT NULL, -- quantity expected in the next week
	expected_4w double precision NOT NULL, -- in the next 4 weeks together
	expected_13w double precision NOT NULL, -- in the next 13 weeks together
	model text NOT NULL CHECK (model IN ('mean', 'simple', 'damped_trend')), -- simple exponential smoothing (Brown, 1956), that with a damped trend (Gardner and McKenzie, 1985), whichever was less off in the weeks held back; or the mean
	alpha double precision, -- share of an error that goes into the level; null where the model is the mean
	beta double precision, -- share of a change of level that goes into the trend; null without one
	phi double precision, -- share of the trend that is left a week later; null without one
	holdout_weeks bigint NOT NULL, -- last weeks held back to try the models on: a fifth, at most 8; 0 where there are too few
	mase double precision, -- mean absolute scaled error (Hyndman and Koehler, 2006) of the model in the weeks held back, all foreseen from before them: below 1 is better than to say each week, in the weeks before, that it is like the last; null where those were all alike or none was held back
	rmse double precision, -- root of the mean square error in the weeks held back, in units of quantity; null where none was
	reason text -- why it is no better model than the mean
);
CREATE INDEX ON demand_forecast (sku); -- what is foreseen of a product
`

type forecastRow struct {
	SKU          *string    `db:"sku"`
	Category     *string    `db:"category"`
	PriceBand    *string    `db:"price_band"`
	LastWeek     domain.Day `db:"last_week"`
	WeeksUsed    int64      `db:"weeks_used"`
	Expected1    float64    `db:"expected_1w"`
	Expected4    float64    `db:"expected_4w"`
	Expected13   float64    `db:"expected_13w"`
	Model        string     `db:"model"`
	Alpha        *float64   `db:"alpha"`
	Beta         *float64   `db:"beta"`
	Phi          *float64   `db:"phi"`
	HoldoutWeeks int64      `db:"holdout_weeks"`
	MASE         *float64   `db:"mase"`
	RMSE         *float64   `db:"rmse"`
	Reason       *string    `db:"reason"`
}

var forecastRows = added[forecastRow]("demand_forecast")

// A forecast rests on three years at most, and is made of what was bought within one.
const weeksLookedAt, weeksAwake = 156, 52

// forecastKey is what a forecast is of: a product, or a price band of a category.
type forecastKey struct{ sku, category, band string }

// series is the quantities of weeks from one on, in millionths: sums of those are exact, in whatever order.
type series struct {
	forecastKey
	millionths  []float64
	first, last int // weeks with a sale
}

func newSeries(of forecastKey) *series {
	return &series{forecastKey: of, millionths: make([]float64, weeksLookedAt), first: weeksLookedAt}
}

func (s *series) add(week int, millionths float64) {
	s.millionths[week] += millionths
	s.first, s.last = min(s.first, week), max(s.last, week)
}

// foresee makes all forecasts anew, from the weeks up to the one that is over.
func (s *demandSet) foresee() error {
	over := *s.over
	s.over = nil
	b := &pgx.Batch{}
	s.store(b)
	b.Queue("DELETE FROM demand_forecast")
	if err := s.tx.SendBatch(s.ctx, b).Close(); err != nil {
		return fmt.Errorf("add up demand: %w", err)
	}
	foreseen := rowSet[forecastRow]{table: forecastRows}
	err := s.eachSeries(over, func(of *series) {
		if of.last >= weeksLookedAt-weeksAwake {
			foreseen.rows = append(foreseen.rows, of.forecast(over))
		}
	})
	if err != nil {
		return fmt.Errorf("read the weeks of demand: %w", err)
	}
	b = &pgx.Batch{}
	if err := foreseen.write(s.ctx, s.tx, b); err != nil {
		return err
	}
	if err := s.tx.SendBatch(s.ctx, b).Close(); err != nil {
		return fmt.Errorf("write the forecasts of demand: %w", err)
	}
	return nil
}

// eachSeries reads the weeks up to one, of each product and of each price band of each category.
func (s *demandSet) eachSeries(over domain.Day, yield func(*series)) error {
	begin := over - 7*(weeksLookedAt-1)
	rows, err := s.tx.Query(s.ctx, `SELECT sku, category, price_band, week, (quantity * 1000000)::double precision
		FROM demand_weeks WHERE week BETWEEN $1 AND $2 ORDER BY sku, category, price_band, week`, begin.Time(), over.Time())
	if err != nil {
		return err
	}
	bands := map[forecastKey]*series{}
	var product *series
	var row forecastKey
	var week domain.Day
	var millionths float64
	_, err = pgx.ForEachRow(rows, []any{&row.sku, &row.category, &row.band, &week, &millionths}, func() error {
		if product == nil || product.sku != row.sku {
			if product != nil {
				yield(product)
			}
			product = newSeries(forecastKey{sku: row.sku})
		}
		band := forecastKey{category: row.category, band: row.band}
		if bands[band] == nil {
			bands[band] = newSeries(band)
		}
		at := int(week-begin) / 7
		product.add(at, millionths)
		bands[band].add(at, millionths)
		return nil
	})
	if err != nil {
		return err
	}
	if product != nil {
		yield(product)
	}
	for _, band := range bands {
		yield(band)
	}
	return nil
}

func (s *series) forecast(over domain.Day) forecastRow {
	quantities := s.millionths[s.first:]
	for i := range quantities {
		quantities[i] /= 1e6
	}
	f := demand.Foresee(quantities)
	row := forecastRow{SKU: optional(s.sku), Category: optional(s.category), PriceBand: optional(s.band), LastWeek: over,
		WeeksUsed: int64(f.Weeks),
		Expected1: f.Next(1), Expected4: f.Next(4), Expected13: f.Next(13), Model: string(f.Model),
		HoldoutWeeks: int64(f.HeldBack), MASE: f.MASE, Reason: optional(f.Reason)}
	if f.Model != demand.Mean {
		row.Alpha, row.RMSE = &f.Alpha, &f.RMSE
	}
	if f.Model == demand.DampedTrend {
		row.Beta, row.Phi = &f.Beta, &f.Phi
	}
	return row
}
