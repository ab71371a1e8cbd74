package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const orderPath = "/v1/customers/{customer_id}/orders"

var placeOrder = declare(customers, ofCustomer(declaration[customer.PlaceOrder]{
	Name: "place_order", Method: http.MethodPost, Path: orderPath,
	Summary:     "Place an order",
	Description: "Follows a purchase that was recorded until it is paid and delivered, or cancelled.",
	Fields: map[string]string{
		"purchase_id":    "The purchase that is ordered",
		"payment_due_on": "Last day for paying",
		"deliver_by":     "Day by which delivery is promised",
	},
	Example: `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d40","payment_due_on":"2030-01-31"}`,
}))

var payOrder = declare(customers, ofCustomer(declaration[customer.PayOrder]{
	Name: "pay_order", Method: http.MethodPost, Path: orderPath + "/paid",
	Summary:     "Pay an order, or a part of it",
	Description: "There may be several payments, before and after the order is shipped.",
	Fields: map[string]string{
		"payment_id":  "Names the payment; without it, one follows from the Idempotency-Key, or is new",
		"purchase_id": "The order",
		"amount":      "What was paid, in the currency of the purchase",
		"method":      "Card, transfer, voucher, …",
	},
	Example: `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d41","amount":"3.50","method":"card"}`,
	IDField: "payment_id",
	ID:      func(c *customer.PayOrder) *uuid.UUID { return &c.PaymentID },
}))

var shipOrder = declare(customers, ofCustomer(declaration[customer.ShipOrder]{
	Name: "ship_order", Method: http.MethodPost, Path: orderPath + "/shipped",
	Summary: "Ship an order",
	Fields:  map[string]string{"purchase_id": "The order", "carrier": "Who brings it"},
	Example: `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d42","carrier":"Parcels Ltd"}`,
}))

var deliverOrder = declare(customers, ofCustomer(declaration[customer.DeliverOrder]{
	Name: "deliver_order", Method: http.MethodPost, Path: orderPath + "/delivered",
	Summary: "Deliver an order",
	Fields:  map[string]string{"purchase_id": "The order"},
	Example: `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d43"}`,
}))

var cancelOrder = declare(customers, ofCustomer(declaration[customer.CancelOrder]{
	Name: "cancel_order", Method: http.MethodPost, Path: orderPath + "/cancelled",
	Summary:     "Cancel an order",
	Description: "Only before it is shipped. What is left of the purchase is taken out again by a return.",
	Fields:      map[string]string{"purchase_id": "The order", "reason": "Why it was cancelled"},
	Example:     `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d44","reason":"found it cheaper"}`,
}))
