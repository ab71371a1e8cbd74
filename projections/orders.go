package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Orders keeps how far orders are, what was paid for them, and what is owed.
var Orders = Projector{
	Name:   "orders",
	Tables: tables{orderRows, paymentRows},
	Schema: `
CREATE INDEX ON orders (state); -- the orders on their way
CREATE INDEX ON orders (payment_due_on) WHERE payment_due_on IS NOT NULL; -- what is to be paid in a span of days
CREATE INDEX ON orders (placed_on); -- the orders of a span of days, the newest first
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

func (f *fold) changeOrder(id uuid.UUID, change func(*orderRow)) error {
	row := rowOf(f, orderRows, orderKey{f.id, id})
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
	CustomerID         uuid.UUID       `db:"customer_id,key" note:"who ordered"`
	RecordedFor        *uuid.UUID      `db:"recorded_for"`
	PurchaseID         uuid.UUID       `db:"purchase_id,key" note:"the purchase"`
	State              string          `db:"state" among:"placed,paid,shipped,delivered,cancelled" note:"how far it is; paid: in full, and not shipped yet"`
	Currency           domain.Currency `db:"currency" note:"of the purchase, ISO 4217"`
	OwedMinor          int64           `db:"owed_minor" note:"what was to be paid when it was placed, minor units of currency"`
	OwedReportingMinor int64           `db:"owed_reporting_minor" note:"the same in minor units of the reporting currency"`
	PaidMinor          int64           `db:"paid_minor" note:"what was paid, minor units of currency"`
	PaidReportingMinor int64           `db:"paid_reporting_minor" note:"the same in minor units of the reporting currency"`
	Payments           int64           `db:"payments" note:"number of payments"`
	PlacedOn           domain.Day      `db:"placed_on" note:"business day on which it was placed"`
	PaymentDueOn       *domain.Day     `db:"payment_due_on" note:"last business day for paying"`
	DeliverBy          *domain.Day     `db:"deliver_by" note:"business day by which delivery was promised"`
	PaidOn             *domain.Day     `db:"paid_on" note:"business day of the payment that made it full"`
	ShippedOn          *domain.Day     `db:"shipped_on" note:"business day on which it was shipped"`
	DeliveredOn        *domain.Day     `db:"delivered_on" note:"business day on which it was delivered"`
	CancelledOn        *domain.Day     `db:"cancelled_on" note:"business day on which it was cancelled"`
	Reason             *string         `db:"reason" note:"Personal: why it was cancelled"`
	Carrier            *string         `db:"carrier" note:"who brings it"`
}

type paymentRow struct {
	CustomerID     uuid.UUID       `db:"customer_id,key" note:"who paid"`
	RecordedFor    *uuid.UUID      `db:"recorded_for"`
	PaymentID      uuid.UUID       `db:"payment_id,key" note:"the payment"`
	PurchaseID     uuid.UUID       `db:"purchase_id" note:"the order"`
	PaidAt         time.Time       `db:"paid_at" note:"when"`
	PaidOn         domain.Day      `db:"paid_on" note:"on which business day"`
	Method         *string         `db:"method" note:"card, transfer, voucher, …"`
	Currency       domain.Currency `db:"currency" note:"of the purchase, ISO 4217"`
	AmountMinor    int64           `db:"amount_minor" note:"minor units of currency"`
	ReportingMinor int64           `db:"reporting_minor" note:"the same in minor units of the reporting currency"`
}

type orderKey struct{ customer, purchase uuid.UUID }

var (
	orderRows = keyedRows("orders",
		"Every purchase that is followed as an order.", func(k orderKey) orderRow {
			return orderRow{CustomerID: k.customer, PurchaseID: k.purchase}
		})
	paymentRows = added[paymentRow]("payments",
		"Every payment for an order.")
)
