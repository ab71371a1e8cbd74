package policy

import (
	"fmt"
	"slices"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// PriceBandsName is the policy that says into which bands prices fall, so that demand can be told apart by them.
const PriceBandsName = "price_bands"

// PriceBands are bands of unit prices, from the lowest to the highest. Goods of a category that has bands of its own
// fall into those, all others into the common ones.
type PriceBands struct {
	Currency   domain.Currency `json:"currency"` // of the books, ISO 4217
	Bands      []PriceBand     `json:"bands"`    // common ones
	Categories []CategoryBands `json:"categories,omitempty"`
}

// PriceBand holds the unit prices from From to below Below; the highest band of a list has no end.
type PriceBand struct {
	Name  string           `json:"name"`
	From  decimal.Decimal  `json:"from"`            // major units of the currency
	Below *decimal.Decimal `json:"below,omitempty"` // major units of the currency
}

// CategoryBands are the bands of one category of goods.
type CategoryBands struct {
	Category string      `json:"category"`
	Bands    []PriceBand `json:"bands"`
}

// DefaultPriceBands are in force until others are published: one for each order of magnitude, in any currency.
func DefaultPriceBands() PriceBands {
	bands := []PriceBand{{Name: "below_1"}}
	for _, from := range []int64{1, 10, 100, 1000, 10_000} {
		next := PriceBand{Name: fmt.Sprint("from_", from), From: decimal.MustNew(from, 0)}
		bands[len(bands)-1].Below = &next.From
		bands = append(bands, next)
	}
	return PriceBands{Bands: bands}
}

// BandOf answers the name of the band in which a unit price falls. The bands go from the lowest to the highest.
func BandOf(bands []PriceBand, price decimal.Decimal) string {
	i := len(bands) - 1
	for i > 0 && price.Cmp(bands[i].From) < 0 {
		i--
	}
	return bands[i].Name
}

// PublishPriceBands asks that price bands be in force, for all that was ever bought.
type PublishPriceBands struct {
	PriceBands PriceBands `json:"price_bands"`
}

func (c PublishPriceBands) Needs() Needs {
	return Needs{Needs: domain.Needs{Founds: true, Priced: c.PriceBands.Currency}}
}

// Decide yields a new version unless the very same bands are in force. Every price must fall into one band.
func (c PublishPriceBands) Decide(s *State, g Given) ([]Event, error) {
	b := c.PriceBands
	if _, err := b.Currency.MinorDigits(); err != nil {
		return nil, err
	}
	if g.Reporting != "" && g.Reporting != b.Currency {
		return nil, ErrBandsCurrency.Because("the books are kept in %s", g.Reporting)
	}
	if refused := checkBands(b.Bands, "price_bands.bands"); refused != nil {
		return nil, refused
	}
	if len(b.Categories) > maxBandCategories {
		return nil, ErrBandCategories
	}
	seen := map[string]bool{"": true}
	for i, k := range b.Categories {
		at := fmt.Sprintf("price_bands.categories[%d]", i)
		if err := domain.CheckText(k.Category, maxNameBytes); err != nil {
			return nil, err.At("%s.category", at)
		}
		if seen[k.Category] {
			return nil, ErrBandCategory.At("%s.category", at)
		}
		seen[k.Category] = true
		if refused := checkBands(k.Bands, at+".bands"); refused != nil {
			return nil, refused
		}
	}
	if s.bands != nil && s.bands.equal(b) {
		return nil, nil
	}
	return []Event{Published{Policy: PriceBandsName, Version: s.version + 1, PriceBands: &b}}, nil
}

// checkBands refuses bands that leave a price out, or hold one twice.
func checkBands(bands []PriceBand, field string) *domain.Rejection {
	if n := len(bands); n == 0 || n > maxBands {
		return ErrBands.At("%s", field)
	}
	seen := map[string]bool{}
	for i, b := range bands {
		from := decimal.Zero
		if i > 0 {
			from = *bands[i-1].Below
		}
		last := i == len(bands)-1
		switch order := b.From.Cmp(from); {
		case !stageName.MatchString(b.Name) || seen[b.Name]:
			return ErrBandName.At("%s[%d].name", field, i)
		case order > 0:
			return ErrBandGap.At("%s[%d].from", field, i).Because("prices from %s to below %s fall into no band", from, b.From)
		case order < 0:
			return ErrBandOverlap.At("%s[%d].from", field, i).Because("the band begins at %s, where only %s is free", b.From, from)
		case last && b.Below != nil:
			return ErrBandEnd.At("%s[%d].below", field, i).Because("prices from %s fall into no band: the last one is open", b.Below)
		case !last && b.Below == nil:
			return ErrBandEnd.At("%s[%d].below", field, i).Because("only the last band is open")
		case !last && (b.Below.Cmp(b.From) <= 0 || b.Below.Cmp(maxLimit) > 0):
			return ErrBandEmpty.At("%s[%d].below", field, i)
		}
		seen[b.Name] = true
	}
	return nil
}

func (b *PriceBands) equal(o PriceBands) bool {
	same := func(a, b PriceBand) bool {
		return a.Name == b.Name && a.From.Cmp(b.From) == 0 && (a.Below == nil) == (b.Below == nil) &&
			(a.Below == nil || a.Below.Cmp(*b.Below) == 0)
	}
	return b.Currency == o.Currency && slices.EqualFunc(b.Bands, o.Bands, same) &&
		slices.EqualFunc(b.Categories, o.Categories, func(a, b CategoryBands) bool {
			return a.Category == b.Category && slices.EqualFunc(a.Bands, b.Bands, same)
		})
}

const maxBands, maxBandCategories = 20, 200

var (
	ErrBandsCurrency = &domain.Rejection{Kind: domain.Invalid, Code: "price_bands_currency", Field: "price_bands.currency",
		Reason: "price bands are in the currency of the books"}
	ErrBands = &domain.Rejection{Kind: domain.Invalid, Code: "price_bands_count", Field: "price_bands.bands",
		Reason: "there are 1 to 20 price bands"}
	ErrBandCategories = &domain.Rejection{Kind: domain.Invalid, Code: "price_band_categories_too_many",
		Field: "price_bands.categories", Reason: "at most 200 categories have price bands of their own"}
	ErrBandCategory = &domain.Rejection{Kind: domain.Invalid, Code: "price_band_category", Field: "price_bands.categories",
		Reason: "each category is named, and once"}
	ErrBandName = &domain.Rejection{Kind: domain.Invalid, Code: "price_band_name", Field: "price_bands.bands",
		Reason: "the name of a price band is 1 to 32 of a-z, 0-9 and _, beginning with a letter, and each list has it once"}
	ErrBandGap = &domain.Rejection{Kind: domain.Invalid, Code: "price_band_gap", Field: "price_bands.bands",
		Reason: "the first band begins at 0, each other one where the one before it ends"}
	ErrBandOverlap = &domain.Rejection{Kind: domain.Invalid, Code: "price_bands_overlap", Field: "price_bands.bands",
		Reason: "no price may fall into two bands"}
	ErrBandEnd = &domain.Rejection{Kind: domain.Invalid, Code: "price_band_end", Field: "price_bands.bands",
		Reason: "the last band, and no other, is open above"}
	ErrBandEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "price_band_empty", Field: "price_bands.bands",
		Reason: "a band ends above where it begins, at most at 1,000,000,000"}
)
