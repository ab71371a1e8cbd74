package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Offers keeps what we proposed to customers, and what came of it.
var Offers = Projector{
	Name:   "offers",
	Tables: tables{offerRows},
	Schema: `
CREATE INDEX ON offer (valid_until) WHERE state = 'open'; -- the open offers that end next
CREATE INDEX ON offer (proposed_on); -- the offers of a span of days
-- What came of offers, by what was offered and why.
CREATE VIEW offer_performance AS
SELECT coalesce(o.sku, o.category, o.title) AS offered, -- the sku; without one, the category or the title
	o.reason, -- Personal: why it was proposed
	count(*) AS proposed, -- offers
	count(*) FILTER (WHERE o.state = 'open') AS open, -- of these, neither answered nor expired
	count(o.accepted_on) AS accepted, -- of these, accepted, or redeemed at once
	count(o.rejected_on) AS rejected, -- of these, rejected
	count(o.expired_on) AS expired, -- of these, expired without an answer
	count(o.redeemed_on) AS redeemed, -- of the accepted, redeemed by a purchase
	count(o.accepted_on)::numeric / nullif(count(*) FILTER (WHERE o.state NOT IN ('open', 'erased')), 0) AS acceptance_rate, -- accepted of all that are neither open nor erased, 0 to 1; null where all are
	count(o.redeemed_on)::numeric / nullif(count(*) FILTER (WHERE o.state NOT IN ('open', 'erased')), 0) AS redemption_rate, -- redeemed of all that are neither open nor erased, 0 to 1; null where all are
	coalesce(sum(p.reporting_total_minor), 0)::bigint AS revenue_minor -- of the redeeming purchases, minor units of the reporting currency; one that redeems several offers counts for each
FROM offer o LEFT JOIN purchases p USING (customer_id, purchase_id)
GROUP BY 1, 2;
`,
	On: []Handler{
		On(func(e customer.OfferProposed, r domain.Recorded, p *fold) error {
			evidence, err := json.Marshal(append([]customer.Evidence{}, e.Evidence...))
			if err != nil {
				return fmt.Errorf("write down the evidence: %w", err)
			}
			return p.offer(e.OfferID, func(row *offerRow) {
				row.State, row.SKU, row.Category, row.Title = "open", optional(e.SKU), optional(e.Category), optional(e.Title)
				row.Price, row.Currency, row.DiscountPercent = e.Price, optional(e.Currency), e.DiscountPercent
				row.Reason, row.Evidence = e.Reason, evidence
				row.RecommendationID, row.Policy = e.RecommendationID, optional(e.Policy)
				row.ProposedOn, row.ValidUntil = e.On, e.ValidUntil
				row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			})
		}),
		On(func(e customer.OfferAccepted, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.offer(e.OfferID, func(row *offerRow) { row.State, row.AcceptedOn = "accepted", &on })
		}),
		On(func(e customer.OfferRejected, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.offer(e.OfferID, func(row *offerRow) {
				row.State, row.RejectedOn, row.RejectedBecause = "rejected", &on, optional(e.Reason)
			})
		}),
		On(func(e customer.OfferExpired, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.offer(e.OfferID, func(row *offerRow) { row.State, row.ExpiredOn = "expired", &on })
		}),
		On(func(_ customer.Erased, _ domain.Recorded, p *fold) error {
			return each(p, offerRows, func(row *offerRow) error {
				if row.State == "open" {
					row.State = "erased"
				}
				return nil
			})
		}),
		On(func(e customer.OfferRedeemed, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.offer(e.OfferID, func(row *offerRow) {
				row.State, row.RedeemedOn, row.PurchaseID = "redeemed", &on, &e.PurchaseID
				if row.AcceptedOn == nil {
					row.AcceptedOn = &on
				}
			})
		}),
	},
}

func (f *fold) offer(id uuid.UUID, change func(*offerRow)) error {
	row := rowOf(f, offerRows, offerKey{f.id, id})
	change(row)
	return nil
}

type offerRow struct {
	CustomerID       uuid.UUID        `db:"customer_id,key" note:"to whom"`
	RecordedFor      *uuid.UUID       `db:"recorded_for"`
	OfferID          uuid.UUID        `db:"offer_id,key" note:"the offer"`
	State            string           `db:"state" among:"open,accepted,rejected,expired,redeemed,erased" note:"what became of it; erased where it was open when the customer was erased"`
	SKU              *string          `db:"sku" note:"good or service that is offered"`
	Category         *string          `db:"category" note:"that the offer is good for"`
	Title            *string          `db:"title" note:"Personal: as the customer sees it"`
	Price            *decimal.Decimal `db:"price" note:"per unit, in currency; null where a discount is offered"`
	Currency         *string          `db:"currency" note:"of the price, ISO 4217"`
	DiscountPercent  *decimal.Decimal `db:"discount_percent" note:"off the list price; null where a price is offered"`
	Reason           string           `db:"reason" note:"Personal: why it was proposed to this customer"`
	Evidence         json.RawMessage  `db:"evidence" note:"Personal: what that rests on: a list of {fact, value}"`
	RecommendationID *uuid.UUID       `db:"recommendation_id" note:"that it follows"`
	Policy           *string          `db:"policy" note:"that decided on it, where no person did"`
	ProposedOn       domain.Day       `db:"proposed_on" note:"business day"`
	ValidUntil       domain.Day       `db:"valid_until" note:"last business day for accepting it"`
	AcceptedOn       *domain.Day      `db:"accepted_on" note:"business day on which it was accepted, or redeemed where nobody said so before"`
	RejectedOn       *domain.Day      `db:"rejected_on" note:"business day on which it was rejected"`
	RejectedBecause  *string          `db:"rejected_because" note:"Personal: why"`
	ExpiredOn        *domain.Day      `db:"expired_on" note:"business day at whose end it expired"`
	RedeemedOn       *domain.Day      `db:"redeemed_on" note:"business day on which it was redeemed"`
	PurchaseID       *uuid.UUID       `db:"purchase_id" note:"that redeemed it"`
	Department       *string          `db:"department" note:"that proposed it"`
	Actor            *string          `db:"actor" note:"who proposed it"`
}

type offerKey struct{ customer, offer uuid.UUID }

var offerRows = keyedRows("offer",
	"Every offer to a customer.", func(k offerKey) offerRow {
		return offerRow{CustomerID: k.customer, OfferID: k.offer}
	})
