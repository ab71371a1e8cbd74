package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

// Pipeline is what the customer might buy, and what became of it.
type Pipeline struct {
	// Open says what those that are open come to, in minor units of the reporting currency; 0 where nobody knows.
	Open   map[uuid.UUID]int64 `json:"open,omitempty"`
	Digits int                 `json:"digits,omitempty"` // decimals of the minor unit
	Won    int64               `json:"won,omitempty"`
	Lost   int64               `json:"lost,omitempty"`
}

func (o *Pipeline) opened(e customer.OpportunityOpened) {
	o.Digits, _ = e.ReportingCurrency.MinorDigits()
	if o.Open == nil {
		o.Open = map[uuid.UUID]int64{}
	}
	o.Open[e.OpportunityID] = 0
	if e.ReportingMinor != nil {
		o.Open[e.OpportunityID] = *e.ReportingMinor
	}
}

func (o *Pipeline) revalued(e customer.OpportunityRevalued) {
	if _, open := o.Open[e.OpportunityID]; open {
		o.Open[e.OpportunityID] = e.ReportingMinor
	}
}

func (o *Pipeline) won(e customer.OpportunityWon) {
	delete(o.Open, e.OpportunityID)
	o.Won++
}

func (o *Pipeline) lost(e customer.OpportunityLost) {
	delete(o.Open, e.OpportunityID)
	o.Lost++
}

func (o *Pipeline) openMinor() (sum int64) {
	for _, minor := range o.Open {
		sum += minor
	}
	return sum
}

var opportunityFacts = []Fact{
	{Name: "opportunities_open", Kind: Int, Unit: "opportunities", Doc: "How many sales to the customer may come about.",
		static: func(c *Customer) (any, bool) { return int64(len(c.Pipeline.Open)), true }},
	{Name: "opportunities_won", Kind: Int, Unit: "opportunities", Doc: "How many opportunities the customer agreed to.",
		static: func(c *Customer) (any, bool) { return c.Pipeline.Won, true }},
	{Name: "opportunities_lost", Kind: Int, Unit: "opportunities", Doc: "How many opportunities the customer turned down.",
		static: func(c *Customer) (any, bool) { return c.Pipeline.Lost, true }},
	{Name: "pipeline_value", Kind: Double, Unit: money,
		Doc: "What the open opportunities come to, as far as anybody said.",
		static: func(c *Customer) (any, bool) {
			return major(c.Pipeline.openMinor(), c.Pipeline.Digits), true
		}},
}
