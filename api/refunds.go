package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var refundPurchase = declare(customers, ofCustomer(declaration[customer.RefundPurchase]{
	Name: "refund_purchase", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/refunds",
	Summary: "Refund an amount of a purchase",
	Description: "Remembers that the customer got money back and keeps the goods. Together with returns, no more than was " +
		"paid can be refunded.",
	Fields: map[string]string{
		"refund_id":   "Names the refund; without it, one follows from the Idempotency-Key, or is new",
		"purchase_id": "For which purchase",
		"amount":      "Above 0, in the currency of the purchase",
		"reason":      "Why: goodwill, a delivery that was late, …",
	},
	Example: `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d50","amount":"0.50","reason":"goodwill"}`,
	IDField: "refund_id",
	ID:      func(c *customer.RefundPurchase) *uuid.UUID { return &c.RefundID },
}))
