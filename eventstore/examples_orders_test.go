package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

var orderExamples = func() []domain.Event {
	id := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c01")
	worth := customer.Worth{AmountMinor: 1530, ReportingMinor: 1310}
	return []domain.Event{
		customer.OrderPlaced{PurchaseID: id, Currency: "EUR", Worth: worth, PaymentDueOn: point(domain.Day(15064)),
			DeliverBy: point(domain.Day(15040))},
		customer.OrderPaid{PaymentID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c41"), PurchaseID: id,
			Method: "card", Currency: "EUR", Worth: worth},
		customer.OrderShipped{PurchaseID: id, Carrier: "Parcels Ltd"},
		customer.OrderDelivered{PurchaseID: id},
		customer.OrderCancelled{PurchaseID: id, Reason: "found it cheaper"},
	}
}()
