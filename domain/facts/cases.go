package facts

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Cases is what the customer wants of service.
type Cases struct {
	Open           int64      `json:"open,omitempty"`
	OpenComplaints int64      `json:"open_complaints,omitempty"`
	Complaints     []DayCount `json:"complaints,omitempty"` // those made, sorted by day
}

func (c *Customer) helped(e domain.Event, day domain.Day) {
	switch e := e.(type) {
	case customer.CaseOpened:
		c.Cases.opened(e.Type, 1)
		if e.Type == customer.Complaint {
			at(&c.Cases.Complaints, day, DayCount{int64(day)})[1]++
		}
		c.runUntil(customer.ResponseClock, e.CaseID, &e.RespondBy)
		c.runUntil(customer.ResolutionClock, e.CaseID, &e.ResolveBy)
	case customer.CaseResponded:
		c.runUntil(customer.ResponseClock, e.CaseID, nil)
		c.runUntil(customer.NextResponseClock, e.CaseID, nil)
	case customer.CaseReplied:
		if e.Awaits {
			c.runUntil(customer.NextResponseClock, e.CaseID, e.NextBy)
		}
	case customer.CasePaused:
		c.stopClocks(e.CaseID)
	case customer.CaseResumed:
		c.runUntil(customer.ResponseClock, e.CaseID, e.RespondBy)
		c.runUntil(customer.NextResponseClock, e.CaseID, e.NextBy)
		c.runUntil(customer.ResolutionClock, e.CaseID, e.ResolveBy)
	case customer.CaseBreached:
		c.runUntil(e.Clock, e.CaseID, nil)
	case customer.CaseResolved:
		c.Cases.opened(e.Type, -1)
		c.stopClocks(e.CaseID)
	case customer.CaseReopened:
		c.Cases.opened(e.Type, 1)
		c.runUntil(customer.ResolutionClock, e.CaseID, e.ResolveBy)
	}
}

func (c *Cases) opened(kind customer.CaseType, n int64) {
	c.Open += n
	if kind == customer.Complaint {
		c.OpenComplaints += n
	}
}

// runUntil sets the deadline of a case's clock: the day on which it runs out, or none where it does not run.
func (c *Customer) runUntil(clock customer.ServiceClock, id uuid.UUID, by *time.Time) {
	if by == nil {
		c.Deadlines.clear("case "+string(clock), id)
		return
	}
	c.Deadlines.set("case "+string(clock), id, domain.DayOf(*by, by.Location()))
}

func (c *Customer) stopClocks(id uuid.UUID) {
	for _, clock := range []customer.ServiceClock{customer.ResponseClock, customer.NextResponseClock, customer.ResolutionClock} {
		c.runUntil(clock, id, nil)
	}
}

var caseFacts = []Fact{
	{Name: "cases_open", Kind: Int, Unit: "cases", Doc: "What the customer wants of service and is not resolved.",
		static: func(c *Customer) (any, bool) { return c.Cases.Open, true }},
	{Name: "complaints_open", Kind: Int, Unit: "cases", Doc: "Complaints of the customer that are not resolved.",
		static: func(c *Customer) (any, bool) { return c.Cases.OpenComplaints, true }},
	{Name: "days_since_complaint", Kind: Int, Unit: days, Doc: "Days since the customer last complained.",
		since: func(c *Customer) (domain.Day, bool) {
			n := len(c.Cases.Complaints)
			if n == 0 {
				return 0, false
			}
			return c.Cases.Complaints[n-1].on(), true
		}},
	{Name: "complaints_in", Kind: Int, Unit: "cases", Doc: "How often the customer complained in the last N days.",
		window: over[DayCount]{func(c *Customer) []DayCount { return c.Cases.Complaints }, func(d *DayCount) int64 { return d[1] }}},
}
