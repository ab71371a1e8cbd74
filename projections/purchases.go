package projections

import (
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Purchases keeps what customers bought.
var Purchases = Projector{
	Name:    "purchases",
	OneFact: true,
	Schema: `
-- Every purchase.
CREATE TABLE purchases (
	customer_id uuid NOT NULL, -- who bought
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	purchase_id uuid NOT NULL, -- the purchase
	reference text, -- invoice or receipt number
	purchased_at timestamptz NOT NULL, -- when
	purchased_on date NOT NULL, -- on which business day
	currency text NOT NULL, -- it was paid in, ISO 4217
	total_minor bigint NOT NULL, -- sum of the lines, minor units of currency
	rate numeric, -- reporting currency per unit of currency; null where they are the same
	reporting_currency text NOT NULL, -- of the books, ISO 4217
	reporting_total_minor bigint NOT NULL, -- sum of the lines, minor units of the reporting currency
	lines bigint NOT NULL, -- number of lines
	lines_without_cost bigint NOT NULL, -- of these, those without the cost of the goods
	lines_without_category bigint NOT NULL, -- of these, those without a category
	lines_without_name bigint NOT NULL, -- of these, those without a name
	payment_method text, -- how it was paid
	cancelled boolean NOT NULL, -- its order was cancelled before delivery: it counts nowhere as a purchase
	department text, -- that made the sale
	channel text, -- through which
	source text, -- the system that it came through
	PRIMARY KEY (customer_id, purchase_id)
);
CREATE INDEX ON purchases (purchased_on); -- the purchases of a span of days
-- Every line of every purchase.
CREATE TABLE purchase_lines (
	customer_id uuid NOT NULL, -- who bought
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	purchase_id uuid NOT NULL, -- the purchase
	line bigint NOT NULL, -- number within the purchase, from 1
	sku text NOT NULL, -- good or service
	name text, -- what it is called
	category text, -- what it belongs to
	quantity numeric NOT NULL, -- how many
	unit_price numeric NOT NULL, -- paid per unit, currency of the purchase
	list_price numeric, -- per unit before discount, currency of the purchase
	unit_cost numeric, -- cost of goods per unit, currency of the purchase
	purpose text, -- what it was bought for
	amount_minor bigint NOT NULL, -- quantity × unit price, rounded half-even, minor units of the purchase's currency
	reporting_minor bigint NOT NULL, -- the same in minor units of the reporting currency
	list_minor bigint, -- quantity × list price, minor units of the reporting currency; null where unknown
	cost_minor bigint, -- quantity × unit cost, minor units of the reporting currency; null where unknown
	PRIMARY KEY (customer_id, purchase_id, line)
);
CREATE INDEX ON purchase_lines (sku); -- what was sold of a product
`,
	On: []Handler{On(func(e customer.PurchaseRecorded, r domain.Recorded, p *fold) error {
		row := purchaseRow{CustomerID: p.id, PurchaseID: e.PurchaseID,
			Reference: optional(e.Reference), PurchasedAt: r.Metadata.OccurredAt, PurchasedOn: p.day,
			Currency: e.Currency, TotalMinor: e.TotalMinor, Rate: e.Rate, ReportingCurrency: e.ReportingCurrency,
			ReportingTotalMinor: e.ReportingTotalMinor, Lines: int64(len(e.Lines)),
			PaymentMethod: optional(e.PaymentMethod), Cancelled: p.inVain, Department: optional(r.Metadata.Department),
			Channel: optional(r.Metadata.Channel), Source: optional(r.Metadata.Source)}
		for i, l := range e.Lines {
			add(p, purchaseLineRows, purchaseLineRow{CustomerID: p.id, PurchaseID: e.PurchaseID,
				Line: int64(i + 1), SKU: l.SKU, Name: optional(l.Name), Category: optional(l.Category),
				Quantity: l.Quantity, UnitPrice: l.UnitPrice, ListPrice: l.ListPrice, UnitCost: l.UnitCost,
				Purpose: optional(l.Purpose), AmountMinor: l.AmountMinor, ReportingMinor: l.ReportingMinor,
				ListMinor: l.ListMinor, CostMinor: l.CostMinor})
			row.lacks(&l)
		}
		add(p, purchaseRows, row)
		return nil
	})},
}

type purchaseRow struct {
	CustomerID          uuid.UUID        `db:"customer_id"`
	PurchaseID          uuid.UUID        `db:"purchase_id"`
	Reference           *string          `db:"reference"`
	PurchasedAt         time.Time        `db:"purchased_at"`
	PurchasedOn         domain.Day       `db:"purchased_on"`
	Currency            domain.Currency  `db:"currency"`
	TotalMinor          int64            `db:"total_minor"`
	Rate                *decimal.Decimal `db:"rate"`
	ReportingCurrency   domain.Currency  `db:"reporting_currency"`
	ReportingTotalMinor int64            `db:"reporting_total_minor"`
	Lines               int64            `db:"lines"`
	WithoutCost         int64            `db:"lines_without_cost"`
	WithoutCategory     int64            `db:"lines_without_category"`
	WithoutName         int64            `db:"lines_without_name"`
	PaymentMethod       *string          `db:"payment_method"`
	Cancelled           bool             `db:"cancelled"`
	Department          *string          `db:"department"`
	Channel             *string          `db:"channel"`
	Source              *string          `db:"source"`
	RecordedFor         *uuid.UUID       `db:"recorded_for"`
}

// lacks counts what a line does not tell.
func (r *purchaseRow) lacks(l *customer.PurchasedLine) {
	if l.UnitCost == nil {
		r.WithoutCost++
	}
	if l.Category == "" {
		r.WithoutCategory++
	}
	if l.Name == "" {
		r.WithoutName++
	}
}

type purchaseLineRow struct {
	CustomerID     uuid.UUID        `db:"customer_id"`
	PurchaseID     uuid.UUID        `db:"purchase_id"`
	Line           int64            `db:"line"`
	SKU            string           `db:"sku"`
	Name           *string          `db:"name"`
	Category       *string          `db:"category"`
	Quantity       decimal.Decimal  `db:"quantity"`
	UnitPrice      decimal.Decimal  `db:"unit_price"`
	ListPrice      *decimal.Decimal `db:"list_price"`
	UnitCost       *decimal.Decimal `db:"unit_cost"`
	Purpose        *string          `db:"purpose"`
	AmountMinor    int64            `db:"amount_minor"`
	ReportingMinor int64            `db:"reporting_minor"`
	ListMinor      *int64           `db:"list_minor"`
	CostMinor      *int64           `db:"cost_minor"`
	RecordedFor    *uuid.UUID       `db:"recorded_for"`
}

var (
	purchaseRows     = added[purchaseRow]("purchases", 2)
	purchaseLineRows = added[purchaseLineRow]("purchase_lines", 3)
)
