package projections

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/demand"
	"github.com/rapport-crm/rapport/domain/walk"
)

type forecastRow struct {
	SKU          *string    `db:"sku" note:"the product; null in the row of a price band"`
	Category     *string    `db:"category" note:"of the price band; null where that is unknown, and in the row of a product"`
	PriceBand    *string    `db:"price_band" note:"the price band; null in the row of a product"`
	LastWeek     domain.Day `db:"last_week" note:"Monday of the last week that it rests on"`
	WeeksUsed    int64      `db:"weeks_used" note:"weeks that it rests on: from the first sale on, at most 156"`
	Expected1    float64    `db:"expected_1w" note:"quantity expected in the next week"`
	Expected4    float64    `db:"expected_4w" note:"in the next 4 weeks together"`
	Expected13   float64    `db:"expected_13w" note:"in the next 13 weeks together"`
	Model        string     `db:"model" among:"mean,simple,damped_trend" note:"simple exponential smoothing (Brown, 1956), that with a damped trend (Gardner and McKenzie, 1985), whichever was less off in the weeks held back; or the mean"`
	Alpha        *float64   `db:"alpha" note:"share of an error that goes into the level; null where the model is the mean"`
	Beta         *float64   `db:"beta" note:"share of a change of level that goes into the trend; null without one"`
	Phi          *float64   `db:"phi" note:"share of the trend that is left a week later; null without one"`
	HoldoutWeeks int64      `db:"holdout_weeks" note:"last weeks held back to try the models on: a fifth, at most 8; 0 where there are too few"`
	MASE         *float64   `db:"mase" note:"mean absolute scaled error (Hyndman and Koehler, 2006) of the model in the weeks held back, all foreseen from before them: below 1 is better than to say each week, in the weeks before, that it is like the last; null where those were all alike or none was held back"`
	RMSE         *float64   `db:"rmse" note:"root of the mean square error in the weeks held back, in units of quantity; null where none was"`
	Reason       *string    `db:"reason" note:"why it is no better model than the mean"`
}

var forecastRows = added[forecastRow]("demand_forecast",
	"Demand foreseen when the last business week was over, by exponential smoothing of the quantities of the weeks before, those without a sale too: a row for each product, and one for each price band of each category. What was not bought for a year is left out. A forecast stands until the next week is over, or other price bands are in force.")

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

// foreseenBy returns the Monday of the last week whose end was told; false while none was.
func foreseenBy(t *walk.Timeline) (domain.Day, bool) {
	if t.Closed == nil {
		return 0, false
	}
	return weekOf(*t.Closed+1) - 7, true
}

// foresee makes forecasts anew where what they rest on changed: all where a week is over or other price bands are in
// force, else those of what was bought in a week that was over.
func (p *page) foresee(changed []demandKey) error {
	over, told := foreseenBy(p.timeline)
	if !told {
		return nil
	}
	last, before := foreseenBy(&p.before)
	everything := p.resort || !before || last != over
	of := forecasts{over: over, everything: everything, skus: map[string]bool{}, bands: map[forecastKey]bool{}}
	for _, key := range changed {
		if key.week <= over {
			of.skus[key.sku], of.bands[forecastKey{category: key.category, band: key.band}] = true, true
		}
	}
	if !everything && len(of.skus) == 0 {
		return nil
	}
	return of.make(p.ctx, p.tx)
}

// forecasts are those to be made anew.
type forecasts struct {
	over       domain.Day
	everything bool
	skus       map[string]bool
	bands      map[forecastKey]bool
}

// make reads the weeks and writes the forecasts.
func (f *forecasts) make(ctx context.Context, tx pgx.Tx) error {
	b := &pgx.Batch{}
	skus, categories, bands := f.keys()
	if f.everything {
		b.Queue("DELETE FROM demand_forecast")
	} else {
		b.Queue(`DELETE FROM demand_forecast f WHERE f.sku = ANY($1) OR f.sku IS NULL AND EXISTS (
			SELECT FROM unnest($2::text[], $3::text[]) AS k (category, price_band)
			WHERE k.category = coalesce(f.category, '') AND k.price_band = f.price_band)`, skus, categories, bands)
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("make forecasts of demand: %w", err)
	}
	foreseen := rowSet[forecastRow]{table: forecastRows}
	err := f.eachSeries(ctx, tx, func(of *series) {
		if of.last >= weeksLookedAt-weeksAwake {
			foreseen.rows = append(foreseen.rows, of.forecast(f.over))
		}
	})
	if err != nil {
		return fmt.Errorf("read the weeks of demand: %w", err)
	}
	if err := foreseen.fill(ctx, tx); err != nil {
		return fmt.Errorf("write the forecasts of demand: %w", err)
	}
	return nil
}

func (f *forecasts) keys() (skus, categories, bands []string) {
	for sku := range f.skus {
		skus = append(skus, sku)
	}
	for key := range f.bands {
		categories, bands = append(categories, key.category), append(bands, key.band)
	}
	return skus, categories, bands
}

// eachSeries reads the weeks up to the one that is over, of each product and of each price band of each category.
func (f *forecasts) eachSeries(ctx context.Context, tx pgx.Tx, yield func(*series)) error {
	begin := f.over - 7*(weeksLookedAt-1)
	skus, categories, names := f.keys()
	rows, err := tx.Query(ctx, `SELECT sku, category, price_band, week, (quantity * 1000000)::double precision
		FROM demand_weeks w WHERE week BETWEEN $1 AND $2 AND ($3 OR sku = ANY($4) OR EXISTS (
			SELECT FROM unnest($5::text[], $6::text[]) AS k (category, price_band)
			WHERE k.category = w.category AND k.price_band = w.price_band))
		ORDER BY sku, category, price_band, week`, begin.Time(), f.over.Time(), f.everything, skus, categories, names)
	if err != nil {
		return err
	}
	bands := map[forecastKey]*series{}
	var product *series
	give := func() {
		if product != nil && (f.everything || f.skus[product.sku]) {
			yield(product)
		}
	}
	var row forecastKey
	var week domain.Day
	var millionths float64
	_, err = pgx.ForEachRow(rows, []any{&row.sku, &row.category, &row.band, &week, &millionths}, func() error {
		if product == nil || product.sku != row.sku {
			give()
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
	give()
	for key, band := range bands {
		if f.everything || f.bands[key] {
			yield(band)
		}
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
