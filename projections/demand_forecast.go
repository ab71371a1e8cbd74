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
CREATE INDEX ON demand_forecast (sku);
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

// series is the weeks of one row of forecasts, as they are read.
type series struct {
	sku, category, band *string
	first, last         domain.Day // weeks with a sale
	quantities          []float64
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
		if over-of.last < 7*weeksAwake {
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

// eachSeries reads the weeks of each product, and of each price band of each category.
func (s *demandSet) eachSeries(over domain.Day, yield func(*series)) error {
	rows, err := s.tx.Query(s.ctx, `SELECT sku, nullif(category, ''), price_band, week, sum(quantity)::double precision
		FROM demand_weeks WHERE week BETWEEN $1 AND $2
		GROUP BY GROUPING SETS ((sku, week), (category, price_band, week)) ORDER BY sku, category, price_band, week`,
		(over - 7*(weeksLookedAt-1)).Time(), over.Time())
	if err != nil {
		return err
	}
	var now series
	var row series
	var week domain.Day
	var quantity float64
	_, err = pgx.ForEachRow(rows, []any{&row.sku, &row.category, &row.band, &week, &quantity}, func() error {
		if now.quantities == nil || !same(now.sku, row.sku) || !same(now.category, row.category) || !same(now.band, row.band) {
			if now.quantities != nil {
				yield(&now)
			}
			now = series{sku: row.sku, category: row.category, band: row.band, first: week, quantities: now.quantities[:0]}
		}
		now.until(week)
		now.quantities[len(now.quantities)-1] = quantity
		now.last = week
		return nil
	})
	if err == nil && now.quantities != nil {
		yield(&now)
	}
	return err
}

func same(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// until fills the series up with weeks without a sale, up to one.
func (s *series) until(week domain.Day) {
	for n := int(week-s.first)/7 + 1; len(s.quantities) < n; {
		s.quantities = append(s.quantities, 0)
	}
}

func (s *series) forecast(over domain.Day) forecastRow {
	s.until(over)
	f := demand.Foresee(s.quantities)
	row := forecastRow{SKU: s.sku, Category: s.category, PriceBand: s.band, LastWeek: over, WeeksUsed: int64(f.Weeks),
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
