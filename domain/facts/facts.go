// Package facts folds what happened to a customer into what rules may speak of: the catalogue of facts.
package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Customer is everything that the catalogue can say of one customer. Its JSON form is the memory that the
// projections keep between pages.
type Customer struct {
	ID uuid.UUID `json:"-"`
	// Business is what the customer's purchases and returns come to, by day.
	Value Value `json:"value"`
}

// Apply takes one more fact of the customer into account; day is the day of its occurred_at in the
// business's time zone.
func (c *Customer) Apply(r domain.Recorded, day domain.Day) {}

// Value is what the customer bought and brought back.
type Value struct {
	Orders int64 `json:"orders,omitempty"`
}
