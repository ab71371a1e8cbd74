package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const pointsPath = "/v1/customers/{customer_id}/points"

var earnPoints = declare(customers, ofCustomer(declaration[customer.EarnPoints]{
	Name: "earn_points", Method: http.MethodPost, Path: pointsPath,
	Summary: "Give loyalty points",
	Description: "Gives the customer a lot of points. What it still holds when its last day is over expires, and what " +
		"a purchase earned goes with its return.",
	Fields: map[string]string{
		"lot_id":      "Names the lot; without it, one follows from the Idempotency-Key, or is new",
		"points":      "How many",
		"expires_on":  "Last day on which they can be spent; for ever without it",
		"purchase_id": "The purchase that earns them",
		"for":         "What earns them",
	},
	Example: `{"points":120,"expires_on":"2030-12-31","for":"a year with us"}`,
	IDField: "lot_id",
	ID:      func(c *customer.EarnPoints) *uuid.UUID { return &c.LotID },
}))

var spendPoints = declare(customers, ofCustomer(declaration[customer.SpendPoints]{
	Name: "spend_points", Method: http.MethodPost, Path: pointsPath + "/spent",
	Summary:     "Spend loyalty points",
	Description: "Takes points from the lots that expire first. More than there are cannot be spent.",
	Fields: map[string]string{
		"spend_id": "Names the spending; without it, one follows from the Idempotency-Key, or is new",
		"points":   "How many",
		"for":      "What the customer gets for them",
	},
	Example: `{"points":100,"for":"a mug"}`,
	IDField: "spend_id",
	ID:      func(c *customer.SpendPoints) *uuid.UUID { return &c.SpendID },
}))
