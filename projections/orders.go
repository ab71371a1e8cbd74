package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Orders keeps how far orders are, what was paid for them, and what is owed.
var Orders = Projector{
	Name: "orders",
	Schema: `
-- Every purchase that is followed as an order.
CREATE TABLE orders (
	customer_id uuid NOT NULL, -- who ordered
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	purchase_id uuid NOT NULL, -- the purchase
	state text NOT NULL CHECK (state IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled')), -- how far it is; paid: in full, and not shipped yet
	currency text NOT NULL, -- of the purchase, ISO 4217
	owed_minor bigint NOT NULL, -- what was to be paid when it was placed, minor units of currency
	owed_reporting_minor bigint NOT NULL, -- the same in minor units of the reporting currency
	paid_minor bigint NOT NULL, -- what was paid, minor units of currency
	paid_reporting_minor bigint NOT NULL, -- the same in minor units of the reporting currency
	payments bigint NOT NULL, -- number of payments
	placed_on date NOT NULL, -- business day on which it was placed
	payment_due_on date, -- last business day for paying
	deliver_by date, -- business day by which delivery was promised
	paid_on date, -- business day of the payment that made it full
	shipped_on date, -- business day on which it was shipped
	delivered_on date, -- business day on which it was delivered
	cancelled_on date, -- business day on which it was cancelled
	reason text, -- Personal: why it was cancelled
	carrier text, -- who brings it
	PRIMARY KEY (customer_id, purchase_id)
);
CREATE INDEX ON orders (state); -- the orders on their way
CREATE INDEX ON orders (payment_due_on) WHERE payment_due_on IS NOT NULL; -- what is to be paid in a span of days
CREATE INDEX ON orders (placed_on); -- the orders of a span of days, the newest first
-- Every payment for an order.
CREATE TABLE payments (
	customer_id uuid NOT NULL, -- who paid
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	payment_id uuid NOT NULL, -- the payment
	purchase_id uuid NOT NULL, -- the order
	paid_at timestamptz NOT NULL, -- when
	paid_on date NOT NULL, -- on which business day
	method text, -- card, transfer, voucher, …
	currency text NOT NULL, -- of the purchase, ISO 4217
	amount_minor bigint NOT NULL, -- minor units of currency
	reporting_minor bigint NOT NULL, -- the same in minor units of the reporting currency
	PRIMARY KEY (customer_id, payment_id)
);
CREATE INDEX ON payments (paid_on); -- the payments of a span of days
-- What customers owe for orders, as of the business date.
CREATE VIEW receivables AS
SELECT o.customer_id, -- who owes
	o.purchase_id, -- the order
	o.currency, -- ISO 4217
	b.total_minor, -- what was bought, minor units of currency
	coalesce(r.refunded_minor, 0) AS refunded_minor, -- taken off by returns, minor units of currency
	o.paid_minor, -- what was paid, minor units of currency
	greatest(b.total_minor - coalesce(r.refunded_minor, 0) - o.paid_minor, 0) AS open_minor, -- what is still to be paid, minor units of currency
	o.placed_on, -- business day on which it was placed
	o.payment_due_on, -- last business day for paying
	o.paid_on - o.placed_on AS days_to_pay, -- days from the order to the payment that made it full; null before
	CASE WHEN b.total_minor - coalesce(r.refunded_minor, 0) > o.paid_minor AND d.business_date > o.payment_due_on
		THEN d.business_date - o.payment_due_on ELSE 0 END AS overdue_days -- days since the last one for paying; 0 where it is paid or has time
FROM orders o JOIN purchases b USING (customer_id, purchase_id) CROSS JOIN business_date d
LEFT JOIN (SELECT customer_id, purchase_id, sum(total_minor)::bigint AS refunded_minor
	FROM returns WHERE purchase_id IS NOT NULL GROUP BY 1, 2) r USING (customer_id, purchase_id);
`,
	On: []Handler{
		On(func(e customer.OrderPlaced, _ domain.Recorded, p *fold) error {
			return p.changeOrder(e.PurchaseID, func(row *orderRow) {
				row.Currency, row.OwedMinor, row.OwedReportingMinor = e.Currency, e.AmountMinor, e.ReportingMinor
				row.PlacedOn, row.PaymentDueOn, row.DeliverBy = p.day, e.PaymentDueOn, e.DeliverBy
			})
		}),
		On(func(e customer.OrderPaid, r domain.Recorded, p *fold) error {
			add(p, paymentRows, paymentRow{CustomerID: p.id, PaymentID: e.PaymentID, PurchaseID: e.PurchaseID,
				PaidAt: r.Metadata.OccurredAt, PaidOn: p.day, Method: optional(e.Method), Currency: e.Currency,
				AmountMinor: e.AmountMinor, ReportingMinor: e.ReportingMinor})
			return p.changeOrder(e.PurchaseID, func(row *orderRow) {
				row.PaidMinor += e.AmountMinor
				row.PaidReportingMinor += e.ReportingMinor
				row.Payments++
				if on := p.day; row.PaidOn == nil && row.PaidMinor >= row.OwedMinor {
					row.PaidOn = &on
				}
			})
		}),
		On(func(e customer.OrderShipped, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeOrder(e.PurchaseID, func(row *orderRow) {
				row.ShippedOn, row.Carrier = &on, optional(e.Carrier)
			})
		}),
		On(func(e customer.OrderDelivered, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeOrder(e.PurchaseID, func(row *orderRow) { row.DeliveredOn = &on })
		}),
		On(func(e customer.OrderCancelled, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeOrder(e.PurchaseID, func(row *orderRow) {
				row.CancelledOn, row.Reason = &on, optional(e.Reason)
			})
		}),
	},
}

func (p *fold) changeOrder(id uuid.UUID, change func(*orderRow)) error {
	row := rowOf(p, orderRows, orderKey{p.id, id})
	change(row)
	switch {
	case row.CancelledOn != nil:
		row.State = "cancelled"
	case row.DeliveredOn != nil:
		row.State = "delivered"
	case row.ShippedOn != nil:
		row.State = "shipped"
	case row.PaidOn != nil:
		row.State = "paid"
	default:
		row.State = "placed"
	}
	return nil
}

type orderRow struct {
	CustomerID         uuid.UUID       `db:"customer_id"`
	PurchaseID         uuid.UUID       `db:"purchase_id"`
	State              string          `db:"state"`
	Currency           domain.Currency `db:"currency"`
	OwedMinor          int64           `db:"owed_minor"`
	OwedReportingMinor int64           `db:"owed_reporting_minor"`
	PaidMinor          int64           `db:"paid_minor"`
	PaidReportingMinor int64           `db:"paid_reporting_minor"`
	Payments           int64           `db:"payments"`
	PlacedOn           domain.Day      `db:"placed_on"`
	PaymentDueOn       *domain.Day     `db:"payment_due_on"`
	DeliverBy          *domain.Day     `db:"deliver_by"`
	PaidOn             *domain.Day     `db:"paid_on"`
	ShippedOn          *domain.Day     `db:"shipped_on"`
	DeliveredOn        *domain.Day     `db:"delivered_on"`
	CancelledOn        *domain.Day     `db:"cancelled_on"`
	Reason             *string         `db:"reason"`
	Carrier            *string         `db:"carrier"`
	RecordedFor        *uuid.UUID      `db:"recorded_for"`
}

type paymentRow struct {
	CustomerID     uuid.UUID       `db:"customer_id"`
	PaymentID      uuid.UUID       `db:"payment_id"`
	PurchaseID     uuid.UUID       `db:"purchase_id"`
	PaidAt         time.Time       `db:"paid_at"`
	PaidOn         domain.Day      `db:"paid_on"`
	Method         *string         `db:"method"`
	Currency       domain.Currency `db:"currency"`
	AmountMinor    int64           `db:"amount_minor"`
	ReportingMinor int64           `db:"reporting_minor"`
	RecordedFor    *uuid.UUID      `db:"recorded_for"`
}

type orderKey struct{ customer, purchase uuid.UUID }

var (
	orderRows = keyedRows("orders", 2, func(k orderKey) orderRow {
		return orderRow{CustomerID: k.customer, PurchaseID: k.purchase}
	})
	paymentRows = added[paymentRow]("payments", 2)
)
