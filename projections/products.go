package projections

import (
	"context"
	"time"

	"github.com/govalues/decimal"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/product"
)

// Products keeps what is for sale, and at which prices it was.
var Products = Projector{
	Name:   "products",
	Tables: tables{productRows, productPriceRows},
	Schema: `
CREATE INDEX ON product (category); -- the products of a category
`,
	On: []Handler{
		OnLog(func(e product.Listed, _ domain.Recorded, p *page) error {
			row, err := rowIn(p, productRows, e.SKU)
			if err != nil {
				return err
			}
			if row.Prices == 0 {
				row.ListedAt = e.At
			}
			priced := row.State == "listed" && row.costs(e.Price)
			if row.State == "listed" && !priced {
				if err := p.endPrice(row, e.At); err != nil {
					return err
				}
			}
			row.Name, row.Category, row.State, row.DelistedAt = e.Name, optional(e.Category), "listed", nil
			if priced {
				return nil
			}
			return p.beginPrice(row, e.Price, e.At)
		}),
		OnLog(func(e product.PriceChanged, _ domain.Recorded, p *page) error {
			row, err := rowIn(p, productRows, e.SKU)
			if err != nil {
				return err
			}
			if err := p.endPrice(row, e.At); err != nil {
				return err
			}
			return p.beginPrice(row, e.Price, e.At)
		}),
		OnLog(func(e product.Delisted, _ domain.Recorded, p *page) error {
			row, err := rowIn(p, productRows, e.SKU)
			if err != nil {
				return err
			}
			row.State, row.DelistedAt = "delisted", &e.At
			return p.endPrice(row, e.At)
		}),
	},
}

func (p *page) beginPrice(row *productRow, price product.Price, at time.Time) error {
	row.Prices++
	row.Currency, row.Price, row.UnitCost = price.Currency, price.Price, price.UnitCost
	step, err := rowIn(p, productPriceRows, productPriceKey{row.SKU, row.Prices})
	if err != nil {
		return err
	}
	step.ValidFrom, step.Currency, step.Price, step.UnitCost = at, price.Currency, price.Price, price.UnitCost
	return nil
}

func (p *page) endPrice(row *productRow, at time.Time) error {
	step, err := rowIn(p, productPriceRows, productPriceKey{row.SKU, row.Prices})
	if err != nil {
		return err
	}
	step.ValidTo = &at
	return nil
}

// costs tells whether the product has that price already.
func (r *productRow) costs(p product.Price) bool {
	if r.Currency != p.Currency || !r.Price.Equal(p.Price) || (r.UnitCost == nil) != (p.UnitCost == nil) {
		return false
	}
	return p.UnitCost == nil || r.UnitCost.Equal(*p.UnitCost)
}

type productRow struct {
	SKU        string           `db:"sku,key" note:"names the good or service"`
	Name       string           `db:"name" note:"what it is called"`
	Category   *string          `db:"category" note:"what it belongs to"`
	State      string           `db:"state" among:"listed,delisted" note:"whether it is for sale"`
	Currency   domain.Currency  `db:"currency" note:"of price and cost, ISO 4217"`
	Price      decimal.Decimal  `db:"price" note:"per unit, before discounts; the last one where it is not for sale"`
	UnitCost   *decimal.Decimal `db:"unit_cost" note:"cost of goods per unit"`
	ListedAt   time.Time        `db:"listed_at" note:"from when on it was for sale first"`
	DelistedAt *time.Time       `db:"delisted_at" note:"from when on it is not for sale"`
	Prices     int64            `db:"prices" note:"number of prices that it had"`
}

type productPriceRow struct {
	SKU       string           `db:"sku,key" note:"the product"`
	Step      int64            `db:"step,key" note:"number within the product, from 1"`
	ValidFrom time.Time        `db:"valid_from" note:"from when on"`
	ValidTo   *time.Time       `db:"valid_to" note:"until before; null while it is so"`
	Currency  domain.Currency  `db:"currency" note:"of price and cost, ISO 4217"`
	Price     decimal.Decimal  `db:"price" note:"per unit, before discounts"`
	UnitCost  *decimal.Decimal `db:"unit_cost" note:"cost of goods per unit"`
}

type productPriceKey struct {
	sku  string
	step int64
}

var (
	productRows = keyedRows("product",
		"Every product that is or was for sale.", func(sku string) productRow { return productRow{SKU: sku} })
	productPriceRows = keyedRows("product_price",
		"Every price that a product had: from valid_from until before valid_to.", func(k productPriceKey) productPriceRow {
			return productPriceRow{SKU: k.sku, Step: k.step}
		})
)

// Product is what is or was for sale.
type Product struct {
	SKU        string           `json:"sku" db:"sku"`
	Name       string           `json:"name" db:"name"`
	Category   *string          `json:"category" db:"category"`
	State      string           `json:"state" db:"state"` // listed or delisted
	Currency   domain.Currency  `json:"currency" db:"currency"`
	Price      decimal.Decimal  `json:"price" db:"price"`         // per unit
	UnitCost   *decimal.Decimal `json:"unit_cost" db:"unit_cost"` // per unit
	ListedAt   time.Time        `json:"listed_at" db:"listed_at"`
	DelistedAt *time.Time       `json:"delisted_at" db:"delisted_at"`
}

const productsSQL = `SELECT sku, name, category, state, currency, price, unit_cost, listed_at, delisted_at FROM product
	WHERE (@sku::text IS NULL OR sku = @sku) AND sku > @after ORDER BY sku LIMIT @limit`

// Products answers what is or was for sale, by SKU beginning after one.
func (r *Reader) Products(ctx context.Context, after string, limit int) ([]Product, error) {
	return all[Product](ctx, r, productsSQL, pgx.NamedArgs{"sku": nil, "after": after, "limit": limit})
}

// Product answers one product; ErrNotFound.
func (r *Reader) Product(ctx context.Context, sku string) (Product, error) {
	return one[Product](ctx, r, productsSQL, pgx.NamedArgs{"sku": sku, "after": "", "limit": 1})
}
