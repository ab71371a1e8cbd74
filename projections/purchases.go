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
	Tables:  tables{purchaseRows, purchaseLineRows},
	Schema: `
CREATE INDEX ON purchases (purchased_on); -- the purchases of a span of days
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
	CustomerID          uuid.UUID        `db:"customer_id,key" note:"who bought"`
	RecordedFor         *uuid.UUID       `db:"recorded_for"`
	PurchaseID          uuid.UUID        `db:"purchase_id,key" note:"the purchase"`
	Reference           *string          `db:"reference" note:"invoice or receipt number"`
	PurchasedAt         time.Time        `db:"purchased_at" note:"when"`
	PurchasedOn         domain.Day       `db:"purchased_on" note:"on which business day"`
	Currency            domain.Currency  `db:"currency" note:"it was paid in, ISO 4217"`
	TotalMinor          int64            `db:"total_minor" note:"sum of the lines, minor units of currency"`
	Rate                *decimal.Decimal `db:"rate" note:"reporting currency per unit of currency; null where they are the same"`
	ReportingCurrency   domain.Currency  `db:"reporting_currency" note:"of the books, ISO 4217"`
	ReportingTotalMinor int64            `db:"reporting_total_minor" note:"sum of the lines, minor units of the reporting currency"`
	Lines               int64            `db:"lines" note:"number of lines"`
	WithoutCost         int64            `db:"lines_without_cost" note:"of these, those without the cost of the goods"`
	WithoutCategory     int64            `db:"lines_without_category" note:"of these, those without a category"`
	WithoutName         int64            `db:"lines_without_name" note:"of these, those without a name"`
	PaymentMethod       *string          `db:"payment_method" note:"how it was paid"`
	Cancelled           bool             `db:"cancelled" note:"its order was cancelled before delivery: it counts nowhere as a purchase"`
	Department          *string          `db:"department" note:"that made the sale"`
	Channel             *string          `db:"channel" note:"through which"`
	Source              *string          `db:"source" note:"the system that it came through"`
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
	CustomerID     uuid.UUID        `db:"customer_id,key" note:"who bought"`
	RecordedFor    *uuid.UUID       `db:"recorded_for"`
	PurchaseID     uuid.UUID        `db:"purchase_id,key" note:"the purchase"`
	Line           int64            `db:"line,key" note:"number within the purchase, from 1"`
	SKU            string           `db:"sku" note:"good or service"`
	Name           *string          `db:"name" note:"what it is called"`
	Category       *string          `db:"category" note:"what it belongs to"`
	Quantity       decimal.Decimal  `db:"quantity" note:"how many"`
	UnitPrice      decimal.Decimal  `db:"unit_price" note:"paid per unit, currency of the purchase"`
	ListPrice      *decimal.Decimal `db:"list_price" note:"per unit before discount, currency of the purchase"`
	UnitCost       *decimal.Decimal `db:"unit_cost" note:"cost of goods per unit, currency of the purchase"`
	Purpose        *string          `db:"purpose" note:"what it was bought for"`
	AmountMinor    int64            `db:"amount_minor" note:"quantity × unit price, rounded half-even, minor units of the purchase's currency"`
	ReportingMinor int64            `db:"reporting_minor" note:"the same in minor units of the reporting currency"`
	ListMinor      *int64           `db:"list_minor" note:"quantity × list price, minor units of the reporting currency; null where unknown"`
	CostMinor      *int64           `db:"cost_minor" note:"quantity × unit cost, minor units of the reporting currency; null where unknown"`
}

var (
	purchaseRows = added[purchaseRow]("purchases",
		"Every purchase.")
	purchaseLineRows = added[purchaseLineRow]("purchase_lines",
		"Every line of every purchase.")
)
