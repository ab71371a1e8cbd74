package commands

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestNobodyIsRelatedToAStranger(t *testing.T) {
	s := newService(newLog(t))
	handle(t, s, of(register()))
	bob := uuid.UUID{0: 7, 15: 1}
	declare := func(other uuid.UUID) request {
		return of(customer.DeclareRelationship{RelationshipID: uuid.UUID{1}, OtherID: other, Kind: "household"})
	}
	convert := of(customer.ConvertReferral{ReferralID: uuid.UUID{2}, ReferredID: bob})
	handle(t, s, of(customer.MakeReferral{ReferralID: uuid.UUID{2}}))
	refused(t, s, declare(bob), customer.ErrOtherUnknown)
	refused(t, s, declare(uuid.Nil), customer.ErrOther)
	refused(t, s, declare(alice), customer.ErrOther)
	refused(t, s, convert, customer.ErrReferredUnknown)
	refused(t, s, of(customer.ConvertReferral{ReferralID: uuid.UUID{2}, ReferredID: alice}), customer.ErrReferredID)
	registered(t, s, 1)
	handle(t, s, declare(bob))
	handle(t, s, convert)
}

func TestTwoCustomersDeclareEachOtherAtOnce(t *testing.T) {
	s := newService(newLog(t))
	ids := []uuid.UUID{{0: 7, 15: 1}, {0: 7, 15: 2}}
	registered(t, s, 1)
	registered(t, s, 2)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			self, other := ids[i%2], ids[1-i%2]
			_, err := s.Customers.Handle(t.Context(), request{Stream: customer.Stream(self),
				Command: customer.DeclareRelationship{RelationshipID: uuid.UUID{1}, OtherID: other, Kind: "partner_of"}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
