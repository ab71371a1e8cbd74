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
	Schema: `
-- Every return, credit note and refund. Amounts are what the customer got back, so they are positive.
CREATE TABLE returns (
	customer_id uuid NOT NULL, -- who brought back
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	return_id uuid NOT NULL, -- the return
	purchase_id uuid, -- the purchase that it belongs to, where known
	reference text, -- credit note number
	returned_at timestamptz NOT NULL, -- when
	returned_on date NOT NULL, -- on which business day
	currency text NOT NULL, -- of the refund, ISO 4217
	total_minor bigint NOT NULL, -- sum of the lines, minor units of currency
	rate numeric, -- reporting currency per unit of currency; null where they are the same
	reporting_currency text NOT NULL, -- of the books, ISO 4217
	reporting_total_minor bigint NOT NULL, -- sum of the lines, minor units of the reporting currency
	lines bigint NOT NULL, -- number of lines
	money_only boolean NOT NULL, -- whether money alone was refunded: nothing came back, there are no lines
	cancelled boolean NOT NULL, -- of an order that was cancelled before delivery: it counts nowhere as a return
	reason text, -- Personal: why
	department text, -- that took it back
	channel text, -- through which
	PRIMARY KEY (customer_id, return_id)
);
CREATE INDEX ON returns (returned_on); -- the returns of a span of days
-- Every line of every return.
CREATE TABLE return_lines (
	customer_id uuid NOT NULL, -- who brought back
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	return_id uuid NOT NULL, -- the return
	line bigint NOT NULL, -- number within the return, from 1
	sku text NOT NULL, -- good or service
	name text, -- what it is called
	quantity numeric NOT NULL, -- how many came back
	unit_price numeric NOT NULL, -- refunded per unit, currency of the return
	amount_minor bigint NOT NULL, -- quantity × unit price, rounded half-even, minor units of the return's currency
	reporting_minor bigint NOT NULL, -- the same in minor units of the reporting currency
	PRIMARY KEY (customer_id, return_id, line)
);
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
	CustomerID          uuid.UUID        `db:"customer_id"`
	ReturnID            uuid.UUID        `db:"return_id"`
	PurchaseID          *uuid.UUID       `db:"purchase_id"`
	Reference           *string          `db:"reference"`
	ReturnedAt          time.Time        `db:"returned_at"`
	ReturnedOn          domain.Day       `db:"returned_on"`
	Currency            domain.Currency  `db:"currency"`
	TotalMinor          int64            `db:"total_minor"`
	Rate                *decimal.Decimal `db:"rate"`
	ReportingCurrency   domain.Currency  `db:"reporting_currency"`
	ReportingTotalMinor int64            `db:"reporting_total_minor"`
	Lines               int64            `db:"lines"`
	MoneyOnly           bool             `db:"money_only"`
	Cancelled           bool             `db:"cancelled"`
	Reason              *string          `db:"reason"`
	Department          *string          `db:"department"`
	Channel             *string          `db:"channel"`
	RecordedFor         *uuid.UUID       `db:"recorded_for"`
}

type returnLineRow struct {
	CustomerID     uuid.UUID       `db:"customer_id"`
	ReturnID       uuid.UUID       `db:"return_id"`
	Line           int64           `db:"line"`
	SKU            string          `db:"sku"`
	Name           *string         `db:"name"`
	Quantity       decimal.Decimal `db:"quantity"`
	UnitPrice      decimal.Decimal `db:"unit_price"`
	AmountMinor    int64           `db:"amount_minor"`
	ReportingMinor int64           `db:"reporting_minor"`
	RecordedFor    *uuid.UUID      `db:"recorded_for"`
}

var (
	returnRows     = added[returnRow]("returns", 2)
	returnLineRows = added[returnLineRow]("return_lines", 3)
)
