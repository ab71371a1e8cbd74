package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestOffers(t *testing.T) {
	proposed := func(n byte, on domain.Day) domaintest.Happening {
		return domaintest.Happening{On: on, Event: customer.OfferProposed{OfferID: uuid.UUID{n},
			OfferTerms: customer.OfferTerms{ValidUntil: 150 + domain.Day(n)}}}
	}
	c := domaintest.Fold([]domaintest.Happening{proposed(1, 100), proposed(2, 105), proposed(3, 104), proposed(4, 101),
		proposed(5, 101), proposed(6, 101),
		{Event: customer.OfferAccepted{OfferID: uuid.UUID{1}}, On: 106},
		{Event: customer.OfferRedeemed{OfferID: uuid.UUID{1}}, On: 107},
		{Event: customer.OfferRejected{OfferID: uuid.UUID{2}}, On: 107},
		{Event: customer.OfferRedeemed{OfferID: uuid.UUID{3}}, On: 107},
		{Event: customer.OfferExpired{OfferID: uuid.UUID{4}}, On: 154},
	})
	got := map[string]any{}
	for _, name := range []string{"offers_open", "offers_accepted", "offers_rejected", "offers_redeemed", "days_since_offer"} {
		got[name], _ = facts.Find(name).Value(&c, 160, 0)
	}
	want := map[string]any{"offers_open": int64(2), "offers_accepted": int64(2), "offers_rejected": int64(1),
		"offers_redeemed": int64(2), "days_since_offer": int64(55)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if next, ok := c.Deadlines.Next(); !ok || next != 155 {
		t.Errorf("the next deadline is %d, %t", next, ok)
	}
	none := facts.Customer{}
	if _, ok := facts.Find("days_since_offer").Value(&none, 160, 0); ok {
		t.Error("there are days since an offer that never was")
	}
}
