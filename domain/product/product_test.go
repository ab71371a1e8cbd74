package product_test

import (
	"strings"
	"testing"
	"time"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/product"
)

type story = domaintest.Story[product.State, product.Needs]

func at(hour int) time.Time { return time.Date(2024, 1, 2, hour, 0, 0, 0, time.UTC) }

func number(s string) decimal.Decimal { return decimal.MustParse(s) }

func some(s string) *decimal.Decimal { n := number(s); return &n }

func price(amount, cost string) product.Price {
	p := product.Price{Currency: "EUR", Price: number(amount)}
	if cost != "" {
		p.UnitCost = some(cost)
	}
	return p
}

func TestProduct(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[product.State, product.Needs]{Stories: stories(), Stream: product.Stream("cup"),
		Asked: map[string][]apitest.Ask{"sku_malformed": {{Method: "PUT", Path: "/v1/products/%20",
			Body: `{"name":"Nothing","price":"1","currency":"EUR"}`}}}}.Refusals(t)
}

func stories() []story {
	list := func(hour int, change func(*product.List)) product.Command {
		c := product.List{SKU: "cup", Name: "Blue cup", Category: "cups", Price: price("2.50", "1.20")}
		change(&c)
		return domaintest.At(c, at(hour), 0)
	}
	reprice := func(hour int, amount string, cost *decimal.Decimal) product.Command {
		return domaintest.At(product.ChangePrice{SKU: "cup", Price: number(amount), UnitCost: cost}, at(hour), 0)
	}
	delist := func(hour int) product.Command { return domaintest.At(product.Delist{SKU: "cup"}, at(hour), 0) }
	plain := func(*product.List) {}
	listed := product.Listed{SKU: "cup", Name: "Blue cup", Category: "cups", Price: price("2.50", "1.20"), At: at(9)}
	dearer := product.PriceChanged{SKU: "cup", Price: price("3", "1.20"), At: at(10)}
	delisted := product.Delisted{SKU: "cup", At: at(11)}
	again := listed
	again.At = at(12)
	renamed := again
	renamed.Name = "Big blue cup"
	facts := func(e ...product.Event) []product.Event { return e }
	return []story{
		{Name: "listing", When: list(9, plain), Then: facts(listed)},
		{Name: "listing it again", Given: facts(listed), When: list(8, plain)},
		{Name: "listing it in other words, of the same value", Given: facts(listed),
			When: list(9, func(c *product.List) { c.Price = price("2.5", "1.200") })},
		{Name: "another name", Given: facts(listed), Then: facts(renamed),
			When: list(12, func(c *product.List) { c.Name = "Big blue cup" })},
		{Name: "back at the first price", Given: facts(listed, dearer), When: list(12, plain), Then: facts(again)},
		{Name: "listing what was delisted", Given: facts(listed, delisted), When: list(12, plain), Then: facts(again)},
		{Name: "listing it before it was delisted", Given: facts(listed, delisted), When: list(10, plain),
			Refused: product.ErrEarlier, Because: "2024-01-02T11:00:00Z"},
		{Name: "nameless", When: list(9, func(c *product.List) { c.Name = "" }), Refused: product.ErrName},
		{Name: "a name with NUL", When: list(9, func(c *product.List) { c.Name = "\x00" }), Refused: domain.ErrText.At("name")},
		{Name: "a category too long", Refused: domain.ErrText.At("category"),
			When: list(9, func(c *product.List) { c.Category = strings.Repeat("c", 201) })},
		{Name: "no currency", When: list(9, func(c *product.List) { c.Currency = "" }), Refused: domain.ErrCurrency},
		{Name: "a negative price", Refused: product.ErrPrice,
			When: list(9, func(c *product.List) { c.Price = price("-0.01", "") })},
		{Name: "a negative cost", Refused: product.ErrPrice.At("unit_cost"),
			When: list(9, func(c *product.List) { c.UnitCost = some("-1") })},
		{Name: "no SKU", When: list(9, func(c *product.List) { c.SKU = "" }), Refused: product.ErrSKU},

		{Name: "another price", Given: facts(listed), When: reprice(10, "3", nil), Then: facts(dearer)},
		{Name: "another cost", Given: facts(listed), When: reprice(10, "2.50", some("1.30")),
			Then: facts(product.PriceChanged{SKU: "cup", Price: price("2.50", "1.30"), At: at(10)})},
		{Name: "the same price again", Given: facts(listed, dearer), When: reprice(9, "3.00", nil)},
		{Name: "a price beyond all bounds", Given: facts(listed), When: reprice(10, "1000000001", nil), Refused: product.ErrPrice},
		{Name: "a price from before the last one", Given: facts(listed, dearer), When: reprice(9, "4", nil),
			Refused: product.ErrEarlier},
		{Name: "a price for what is not for sale", Given: facts(listed, delisted), When: reprice(12, "3", nil),
			Refused: product.ErrDelisted},
		{Name: "a price for nothing", When: reprice(10, "3", nil), Refused: product.ErrUnknown},

		{Name: "delisting", Given: facts(listed), When: delist(11), Then: facts(delisted)},
		{Name: "delisting it again", Given: facts(listed, delisted), When: delist(12)},
		{Name: "delisting it before its last price", Given: facts(listed, dearer), When: delist(9), Refused: product.ErrEarlier},
		{Name: "delisting nothing", When: delist(11), Refused: product.ErrUnknown},
	}
}

func TestNameable(t *testing.T) {
	for _, sku := range []string{"a", "85123A", "BANK CHARGES", "cup/blue", "größe-L", strings.Repeat("x", 100)} {
		if !product.Nameable(sku) {
			t.Errorf("%q is refused", sku)
		}
	}
	for _, sku := range []string{"", " a", "a ", "a\nb", "a\x00b", "\xff", strings.Repeat("x", 101)} {
		if product.Nameable(sku) {
			t.Errorf("%q is taken", sku)
		}
	}
}
