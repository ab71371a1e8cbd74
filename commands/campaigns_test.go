package commands

import (
	"testing"

	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestNobodyJoinsACampaignThatDoesNotRun(t *testing.T) {
	s := newService(newLog(t))
	handle(t, s, of(register()))
	ask := func(c campaign.Command) {
		t.Helper()
		if _, err := s.Campaigns.Handle(t.Context(), Request[campaign.State, campaign.Needs]{Stream: campaign.Stream("spring"), Command: c}); err != nil {
			t.Fatal(err)
		}
	}
	join := func(name string) request { return of(customer.AssignToCampaign{Campaign: name, Cell: "mail"}) }
	refused(t, s, join("Spring/"), customer.ErrCampaignNotRunning)
	ask(campaign.Plan{Campaign: "spring", Purpose: "marketing", Through: "email", WindowDays: 1, Cells: []campaign.Cell{{Cell: "mail"}}})
	refused(t, s, join("spring"), customer.ErrCampaignNotRunning)
	ask(campaign.Launch{Campaign: "spring"})
	handle(t, s, join("spring"))
	ask(campaign.Close{Campaign: "spring"})
	if a := handle(t, s, join("spring")); a.Appended != 0 {
		t.Errorf("joined twice: %+v", a)
	}
	refused(t, newService(s.log.store), of(customer.AssignToCampaign{Campaign: "spring", Cell: "other"}), customer.ErrCampaignCellOtherwise)
}
