package facts_test

import (
	"testing"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestLeads(t *testing.T) {
	c := domaintest.Fold([]domaintest.Happening{
		{Event: customer.LeadCaptured{}, On: 100}, {Event: customer.LeadCaptured{}, On: 120},
		{Event: customer.LeadCaptured{}, On: 110}, {Event: customer.LeadCaptured{}, On: 90},
		{Event: customer.LeadQualified{}, On: 121}, {Event: customer.LeadAccepted{}, On: 122},
		{Event: customer.LeadRejected{}, On: 123},
	})
	for name, want := range map[string]int64{"leads_open": 2, "leads_accepted": 1, "leads_rejected": 1, "days_since_lead": 10} {
		if got, ok := facts.Find(name).Value(&c, 130, 0); !ok || got != want {
			t.Errorf("%s is %v, %t; want %d", name, got, ok, want)
		}
	}
	none := facts.Customer{}
	if _, ok := facts.Find("days_since_lead").Value(&none, 130, 0); ok {
		t.Error("there are days since a lead that never was")
	}
}
