package commands

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestPurchaseRedeemsAnOfferByItsOwnDay(t *testing.T) {
	s := newService(newLog(t))
	handle(t, s, of(register()))
	offer := uuid.UUID{7}
	propose := of(customer.ProposeOffer{OfferID: offer, OfferTerms: customer.OfferTerms{SKU: "cup", Title: "a gift",
		DiscountPercent: &hundred, Reason: "a good customer", ValidUntil: domain.DayOf(noon, time.UTC) - 5}})
	propose.Metadata.OccurredAt = noon.AddDate(0, 0, -10)
	handle(t, s, propose)
	buy := func(daysAgo int) error {
		c := purchase(byte(daysAgo))
		c.OfferID = &offer
		r := of(c)
		r.Metadata.OccurredAt = noon.AddDate(0, 0, -daysAgo)
		_, err := s.Customers.Handle(context.Background(), r)
		return err
	}
	if err := buy(4); !errors.Is(err, customer.ErrOfferExpired) {
		t.Errorf("bought the day after: %v", err)
	}
	if err := buy(11); !errors.Is(err, customer.ErrOfferEarlier) {
		t.Errorf("bought before it was proposed: %v", err)
	}
	if err := buy(5); err != nil {
		t.Errorf("bought on its last day: %v", err)
	}
	var types []string
	for _, r := range recorded(t, s.log.store, customer.Stream(alice)) {
		types = append(types, r.Event.EventType())
	}
	if len(types) != 4 || types[2] != "customer.purchase_recorded.v1" || types[3] != "customer.offer_redeemed.v1" {
		t.Errorf("the log has %v", types)
	}
}

var hundred = domain.Major(100, 0)
