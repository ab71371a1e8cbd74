package projections

import (
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Returns keeps what customers brought back.
var Returns = Projector{
	Name:    "returns",
	OneFact: true,
	Tables:  tables{returnRows, returnLineRows},
	Schema: `
CREATE INDEX ON returns (returned_on); -- the returns of a span of days
CREATE INDEX ON return_lines (sku); -- what was brought back of a product
`,
	On: []Handler{On(func(e customer.ReturnRecorded, r domain.Recorded, p *fold) error {
		add(p, returnRows, returnRow{CustomerID: p.id, ReturnID: e.ReturnID, PurchaseID: e.PurchaseID,
			Reference: optional(e.Reference), ReturnedAt: r.Metadata.OccurredAt, ReturnedOn: p.day,
			Currency: e.Currency, TotalMinor: e.TotalMinor, Rate: e.Rate, ReportingCurrency: e.ReportingCurrency,
			ReportingTotalMinor: e.ReportingTotalMinor, Lines: int64(len(e.Lines)), MoneyOnly: e.MoneyOnly, Cancelled: p.inVain, Reason: optional(e.Reason),
			Department: optional(r.Metadata.Department), Channel: optional(r.Metadata.Channel)})
		for i, l := range e.Lines {
			add(p, returnLineRows, returnLineRow{CustomerID: p.id, ReturnID: e.ReturnID, Line: int64(i + 1),
				SKU: l.SKU, Name: optional(l.Name), Quantity: l.Quantity, UnitPrice: l.UnitPrice,
				AmountMinor: l.AmountMinor, ReportingMinor: l.ReportingMinor})
		}
		return nil
	})},
}

type returnRow struct {
	CustomerID          uuid.UUID        `db:"customer_id,key" note:"who brought back"`
	RecordedFor         *uuid.UUID       `db:"recorded_for"`
	ReturnID            uuid.UUID        `db:"return_id,key" note:"the return"`
	PurchaseID          *uuid.UUID       `db:"purchase_id" note:"the purchase that it belongs to, where known"`
	Reference           *string          `db:"reference" note:"credit note number"`
	ReturnedAt          time.Time        `db:"returned_at" note:"when"`
	ReturnedOn          domain.Day       `db:"returned_on" note:"on which business day"`
	Currency            domain.Currency  `db:"currency" note:"of the refund, ISO 4217"`
	TotalMinor          int64            `db:"total_minor" note:"sum of the lines, minor units of currency"`
	Rate                *decimal.Decimal `db:"rate" note:"reporting currency per unit of currency; null where they are the same"`
	ReportingCurrency   domain.Currency  `db:"reporting_currency" note:"of the books, ISO 4217"`
	ReportingTotalMinor int64            `db:"reporting_total_minor" note:"sum of the lines, minor units of the reporting currency"`
	Lines               int64            `db:"lines" note:"number of lines"`
	MoneyOnly           bool             `db:"money_only" note:"whether money alone was refunded: nothing came back, there are no lines"`
	Cancelled           bool             `db:"cancelled" note:"of an order that was cancelled before delivery: it counts nowhere as a return"`
	Reason              *string          `db:"reason" note:"Personal: why"`
	Department          *string          `db:"department" note:"that took it back"`
	Channel             *string          `db:"channel" note:"through which"`
}

type returnLineRow struct {
	CustomerID     uuid.UUID       `db:"customer_id,key" note:"who brought back"`
	RecordedFor    *uuid.UUID      `db:"recorded_for"`
	ReturnID       uuid.UUID       `db:"return_id,key" note:"the return"`
	Line           int64           `db:"line,key" note:"number within the return, from 1"`
	SKU            string          `db:"sku" note:"good or service"`
	Name           *string         `db:"name" note:"what it is called"`
	Quantity       decimal.Decimal `db:"quantity" note:"how many came back"`
	UnitPrice      decimal.Decimal `db:"unit_price" note:"refunded per unit, currency of the return"`
	AmountMinor    int64           `db:"amount_minor" note:"quantity × unit price, rounded half-even, minor units of the return's currency"`
	ReportingMinor int64           `db:"reporting_minor" note:"the same in minor units of the reporting currency"`
}

var (
	returnRows = added[returnRow]("returns",
		"Every return, credit note and refund. Amounts are what the customer got back, so they are positive.")
	returnLineRows = added[returnLineRow]("return_lines",
		"Every line of every return.")
)
