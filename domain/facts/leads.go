package facts

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Leads is how often the customer seemed to want something, and what became of it.
type Leads struct {
	Captured int64 `json:"captured,omitempty"`
	Accepted int64 `json:"accepted,omitempty"`
	Rejected int64 `json:"rejected,omitempty"`
	Erased   int64 `json:"erased,omitempty"` // open when the customer was erased
	// LastOn is the newest day on which a lead was captured, once Captured > 0.
	LastOn domain.Day `json:"last_on,omitzero"`
}

// happened takes what happened to a lead into account.
func (l *Leads) happened(e domain.Event, day domain.Day) {
	switch e.(type) {
	case customer.LeadCaptured:
		if l.Captured == 0 || day > l.LastOn {
			l.LastOn = day
		}
		l.Captured++
	case customer.LeadAccepted:
		l.Accepted++
	case customer.LeadRejected:
		l.Rejected++
	}
}

func (l *Leads) open() int64 { return l.Captured - l.Accepted - l.Rejected - l.Erased }

var leadFacts = []Fact{
	{Name: "leads_open", Kind: Int, Unit: "leads",
		Doc:    "How many leads of the customer are neither accepted by sales nor rejected.",
		static: func(c *Customer) (any, bool) { return c.Leads.open(), true }},
	{Name: "leads_accepted", Kind: Int, Unit: "leads", Doc: "How many leads of the customer sales accepted.",
		static: func(c *Customer) (any, bool) { return c.Leads.Accepted, true }},
	{Name: "leads_rejected", Kind: Int, Unit: "leads", Doc: "How many leads of the customer were rejected.",
		static: func(c *Customer) (any, bool) { return c.Leads.Rejected, true }},
	{Name: "days_since_lead", Kind: Int, Unit: days, Doc: "Days since the last lead of the customer was captured.",
		since: func(c *Customer) (domain.Day, bool) { return c.Leads.LastOn, c.Leads.Captured > 0 }},
}
