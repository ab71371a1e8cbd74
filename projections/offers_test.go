package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestOffers(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("tempted", 1, "offers_open > 0")
	w.register("ann", "2024-01-01")
	on, until := dayOn(t, "2024-01-02"), dayOn(t, "2024-01-09")
	propose := func(n byte, terms customer.OfferTerms) {
		terms.ValidUntil = until + domain.Day(n)
		w.append(streamOf("ann"), "2024-01-02", customer.OfferProposed{OfferID: uuid.UUID{n}, OfferTerms: terms, On: on})
	}
	price := domain.Major(150, 2)
	cup := customer.OfferTerms{SKU: "cup", Price: &price, Currency: "EUR", Reason: "buys cups",
		Evidence: []customer.Evidence{{Fact: "orders", Value: "3"}}}
	for n := range byte(4) {
		propose(n+1, cup)
	}
	propose(5, customer.OfferTerms{Category: "tea", DiscountPercent: &price, Reason: "drinks tea"})
	w.settle()
	next, err := w.reader.Due(w.ctx, until+30)
	if err != nil || next[who("ann")] != until+1 {
		t.Errorf("due: %v, %v", next, err)
	}
	bought := bought(uuid.UUID{8}, 4500)
	w.append(streamOf("ann"), "2024-01-03", customer.OfferAccepted{OfferID: uuid.UUID{1}},
		customer.OfferRejected{OfferID: uuid.UUID{2}, Reason: "dear"})
	w.append(streamOf("ann"), "2024-01-04", bought, customer.OfferRedeemed{OfferID: uuid.UUID{1}, PurchaseID: uuid.UUID{8}},
		customer.OfferRedeemed{OfferID: uuid.UUID{3}, PurchaseID: uuid.UUID{8}})
	w.append(streamOf("ann"), "2024-01-13 23:59", customer.OfferExpired{OfferID: uuid.UUID{4}})
	w.settle()
	expect(t, "offers", w.text(`SELECT state, accepted_on, rejected_on, rejected_because, expired_on, redeemed_on,
		purchase_id IS NOT NULL FROM offer ORDER BY offer_id`), `
redeemed 2024-01-03 <nil> <nil> <nil> 2024-01-04 true
rejected <nil> 2024-01-03 dear <nil> <nil> false
redeemed 2024-01-04 <nil> <nil> <nil> 2024-01-04 true
expired <nil> <nil> <nil> 2024-01-13 <nil> false
open <nil> <nil> <nil> <nil> <nil> false`)
	expect(t, "terms", w.text(`SELECT sku, category, price::text, currency, discount_percent::text, reason, evidence::text,
		valid_until FROM offer WHERE state IN ('rejected', 'open') ORDER BY offer_id`), `
cup <nil> 1.50 EUR <nil> buys cups [{"fact": "orders", "value": "3"}] 2024-01-11
<nil> tea <nil> <nil> 1.50 drinks tea [] 2024-01-14`)
	expect(t, "performance", w.text(`SELECT offered, reason, proposed, open, accepted, rejected, expired, redeemed,
		acceptance_rate::float8, redemption_rate::float8, revenue_minor FROM offer_performance ORDER BY offered`), `
cup buys cups 4 0 2 1 1 2 0.5 0.5 9000
tea drinks tea 1 1 0 0 0 0 <nil> <nil> 0`)
	expect(t, "tempted", w.text("SELECT valid_from, valid_to FROM segment_membership"), "\n2024-01-02 <nil>")
	w.append(streamOf("ann"), "2024-01-14", customer.OfferRejected{OfferID: uuid.UUID{5}})
	w.settle()
	expect(t, "no more", w.text("SELECT valid_from, valid_to FROM segment_membership"), "\n2024-01-02 2024-01-14")
}
