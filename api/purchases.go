package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var recordPurchase = declare(customers, ofCustomer(declaration[customer.RecordPurchase]{
	Name: "record_purchase", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/purchases",
	Summary: "Record a purchase",
	Description: "Remembers what the customer bought. The same purchase again changes nothing; another one under the " +
		"same purchase_id is refused.",
	Fields: map[string]string{
		"purchase_id":        "Names the purchase; without it, one follows from the Idempotency-Key, or is new",
		"reference":          "Invoice or receipt number",
		"currency":           "ISO 4217 code",
		"offer_id":           "The offer that the purchase redeems",
		"rate":               "Reporting currency per unit of currency, where they differ",
		"lines[].unit_price": "What was paid per unit",
		"lines[].list_price": "Price per unit before discount",
		"lines[].unit_cost":  "Cost of goods per unit",
		"lines[].purpose":    "Own use, gift, resale, …",
	},
	Example: `{"reference":"INV-1","currency":"EUR","occurred_at":"2024-05-01T10:30:00Z","channel":"web",` +
		`"lines":[{"sku":"85123A","name":"White hanging heart","quantity":"6","unit_price":"2.55"}]}`,
	IDField: "purchase_id",
	ID:      func(c *customer.RecordPurchase) *uuid.UUID { return &c.PurchaseID },
}))
