package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

func band(name, from, below string) policy.PriceBand {
	b := policy.PriceBand{Name: name, From: decimal.MustParse(from)}
	if below != "" {
		end := decimal.MustParse(below)
		b.Below = &end
	}
	return b
}

func priceBands() []story {
	in := func(categories []policy.CategoryBands, bands ...policy.PriceBand) policy.PriceBands {
		return policy.PriceBands{Currency: "EUR", Bands: bands, Categories: categories}
	}
	publish := func(b policy.PriceBands) policy.Command {
		return inEUR(policy.PublishPriceBands{PriceBands: b})
	}
	bands := func(all ...policy.PriceBand) policy.Command { return publish(in(nil, all...)) }
	of := func(category string, all ...policy.PriceBand) policy.CategoryBands {
		return policy.CategoryBands{Category: category, Bands: all}
	}
	published := func(version int, b policy.PriceBands) policy.Event {
		return policy.Published{Policy: policy.PriceBandsName, Version: version, PriceBands: &b}
	}
	any, cheap, dear := band("any", "0", ""), band("cheap", "0", "4.50"), band("dear", "4.5", "")
	two := in([]policy.CategoryBands{of("tea", any)}, cheap, dear)
	many := make([]policy.CategoryBands, 201)
	for i := range many {
		many[i] = of(fmt.Sprint("category ", i), any)
	}
	standard := policy.DefaultPriceBands()
	standard.Currency = "EUR"
	return []story{
		{Name: "price bands", When: publish(two), Then: []policy.Event{published(1, two)}},
		{Name: "bands by order of magnitude", When: publish(standard), Then: []policy.Event{published(1, standard)}},
		{Name: "the same price bands in other words", Given: []policy.Event{published(1, two)},
			When: publish(in([]policy.CategoryBands{of("tea", any)}, band("cheap", "0.0", "4.5"), band("dear", "4.50", "")))},
		{Name: "other price bands", Given: []policy.Event{published(1, two)}, When: bands(cheap, dear),
			Then: []policy.Event{published(2, in(nil, cheap, dear))}},
		{Name: "no price bands", When: bands(), Refused: policy.ErrBands},
		{Name: "price bands in a currency that there is not", Refused: domain.ErrCurrency,
			When: policy.PublishPriceBands{PriceBands: policy.PriceBands{Currency: "XXQ", Bands: []policy.PriceBand{any}}}},
		{Name: "price bands in another currency than that of the books", Refused: policy.ErrBandsCurrency,
			When: inEUR(policy.PublishPriceBands{PriceBands: policy.PriceBands{Currency: "GBP", Bands: []policy.PriceBand{any}}})},
		{Name: "a price band without a fit name", When: bands(band("Low end", "0", "")),
			Refused: policy.ErrBandName.At("price_bands.bands[0].name")},
		{Name: "two price bands of a name", When: bands(cheap, band("cheap", "4.5", "")),
			Refused: policy.ErrBandName.At("price_bands.bands[1].name")},
		{Name: "a first price band that leaves out the lowest", When: bands(dear),
			Refused: policy.ErrBandGap.At("price_bands.bands[0].from").Because("prices from 0 to below 4.5 fall into no band")},
		{Name: "a gap between price bands", When: bands(cheap, band("dear", "5", "")),
			Refused: policy.ErrBandGap.At("price_bands.bands[1].from").Because("prices from 4.50 to below 5 fall into no band")},
		{Name: "price bands that overlap", When: bands(cheap, band("dear", "4", "")),
			Refused: policy.ErrBandOverlap.At("price_bands.bands[1].from").Because("the band begins at 4, where only 4.50 is free")},
		{Name: "a highest price band with an end", When: bands(cheap, band("dear", "4.5", "90")),
			Refused: policy.ErrBandEnd.At("price_bands.bands[1].below").Because("prices from 90 fall into no band: the last one is open")},
		{Name: "two price bands without an end", When: bands(any, dear),
			Refused: policy.ErrBandEnd.At("price_bands.bands[0].below").Because("only the last band is open")},
		{Name: "an empty price band", When: bands(band("none", "0", "0"), band("rest", "0", "")),
			Refused: policy.ErrBandEmpty.At("price_bands.bands[0].below")},
		{Name: "price bands of a category twice", When: publish(in([]policy.CategoryBands{of("tea", any), of("tea", any)}, any)),
			Refused: policy.ErrBandCategory.At("price_bands.categories[1].category")},
		{Name: "price bands of a category without a name", When: publish(in([]policy.CategoryBands{of("", any)}, any)),
			Refused: policy.ErrBandCategory.At("price_bands.categories[0].category")},
		{Name: "price bands of a category that is no text", When: publish(in([]policy.CategoryBands{of("a\x00b", any)}, any)),
			Refused: domain.CheckText("a\x00b", 128).At("price_bands.categories[0].category")},
		{Name: "price bands of a category with a gap", When: publish(in([]policy.CategoryBands{of("tea", dear)}, any)),
			Refused: policy.ErrBandGap.At("price_bands.categories[0].bands[0].from").Because("prices from 0 to below 4.5 fall into no band")},
		{Name: "price bands of too many categories", When: publish(in(many, any)), Refused: policy.ErrBandCategories},
	}
}

func TestPricesFallIntoBands(t *testing.T) {
	var got []string
	for _, price := range []string{"0", "0.999", "1", "9.99", "10", "10000", "123456"} {
		got = append(got, policy.BandOf(policy.DefaultPriceBands().Bands, decimal.MustParse(price)))
	}
	const want = "below_1 below_1 from_1 from_1 from_10 from_10000 from_10000"
	if got := strings.Join(got, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
