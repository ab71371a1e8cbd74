package projections

import (
	"fmt"
	"strings"

	"github.com/govalues/decimal"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

// PriceBands keeps the bands into which unit prices fall. They hold for all that was ever bought, so new ones sort
// the weeks of demand anew.
var PriceBands = Projector{
	Name:   "price_bands",
	Tables: tables{priceBandRows},
	Schema: `
INSERT INTO price_band (version, category, price_band, from_price, below_price) VALUES ` + builtInBands() + `;
`,
	On: []Handler{OnLog(func(e policy.Published, _ domain.Recorded, p *page) error {
		if e.PriceBands == nil {
			return nil
		}
		on := p.today()
		p.bands = bandsByCategory(e.PriceBands)
		for category, bands := range p.bands {
			for _, b := range bands {
				insert(p, priceBandRows, priceBandRow{int64(e.Version), category, b.Name, b.From, b.Below, on})
			}
		}
		p.resort = true
		return nil
	})},
}

type priceBandRow struct {
	Version     int64            `db:"version,key" note:"counts from 1"`
	Category    string           `db:"category,key" note:"of the goods that fall into it; empty for those of all categories without bands of their own"`
	PriceBand   string           `db:"price_band,key" note:"its name"`
	FromPrice   decimal.Decimal  `db:"from_price" note:"unit prices from this on fall into it, major units of the reporting currency"`
	BelowPrice  *decimal.Decimal `db:"below_price" note:"and those below this; null for the highest band"`
	PublishedOn *domain.Day      `db:"published_on" note:"business date from which it is in force"`
}

var priceBandRows = added[priceBandRow]("price_band",
	"The price bands, every version that was in force; version 0 holds until one is published. Each list of one version begins at 0 and has no gap.")

// priceBands are the bands in force by category, those of all others under the empty one.
type priceBands map[string][]policy.PriceBand

func bandsByCategory(of *policy.PriceBands) priceBands {
	bands := priceBands{"": of.Bands}
	for _, c := range of.Categories {
		bands[c.Category] = c.Bands
	}
	return bands
}

// of answers the band of a unit price in the reporting currency.
func (b priceBands) of(category string, price decimal.Decimal) string {
	bands, own := b[category]
	if !own {
		bands = b[""]
	}
	return policy.BandOf(bands, price)
}

// defaultBands are those in force before any are published.
func defaultBands() priceBands {
	bands := policy.DefaultPriceBands()
	return bandsByCategory(&bands)
}

func (p *page) loadPriceBands() error {
	rows, err := p.tx.Query(p.ctx, `SELECT category, price_band, from_price FROM price_band
		WHERE version = (SELECT max(version) FROM price_band) ORDER BY category, from_price`)
	if err != nil {
		return fmt.Errorf("read the price bands: %w", err)
	}
	p.bands = priceBands{}
	var category string
	var band policy.PriceBand
	_, err = pgx.ForEachRow(rows, []any{&category, &band.Name, &band.From}, func() error {
		p.bands[category] = append(p.bands[category], band)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the price bands: %w", err)
	}
	return nil
}

// builtInBands are those in force before any are published, as SQL has them.
func builtInBands() string {
	var rows []string
	for _, b := range policy.DefaultPriceBands().Bands {
		below := "NULL"
		if b.Below != nil {
			below = b.Below.String()
		}
		rows = append(rows, fmt.Sprintf("(0, '', '%s', %s, %s)", b.Name, b.From, below))
	}
	return strings.Join(rows, ", ")
}
