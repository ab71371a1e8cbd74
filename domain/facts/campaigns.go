package facts

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Campaigns is how often we addressed the customer in campaigns, and how they took it.
type Campaigns struct {
	Assigned int64 `json:"assigned,omitempty"`
	Sent     int64 `json:"sent,omitempty"`
	Opened   int64 `json:"opened,omitempty"`
	Clicked  int64 `json:"clicked,omitempty"`
	// LastSentOn means something once Sent > 0.
	LastSentOn domain.Day `json:"last_sent_on,omitzero"`
}

func (c *Campaigns) met(e domain.Event, day domain.Day) {
	switch e.(type) {
	case customer.CampaignAssigned:
		c.Assigned++
	case customer.CampaignMessageSent:
		if c.Sent == 0 || day > c.LastSentOn {
			c.LastSentOn = day
		}
		c.Sent++
	case customer.CampaignMessageOpened:
		c.Opened++
	case customer.CampaignMessageClicked:
		c.Clicked++
	}
}

const messages = "messages"

var campaignFacts = []Fact{
	{Name: "campaigns", Kind: Int, Unit: "campaigns", Doc: "In how many campaigns the customer takes part, control groups included.",
		static: func(c *Customer) (any, bool) { return c.Campaigns.Assigned, true }},
	{Name: "messages_sent", Kind: Int, Unit: messages, Doc: "How many campaigns' messages went to the customer.",
		static: func(c *Customer) (any, bool) { return c.Campaigns.Sent, true }},
	{Name: "messages_opened", Kind: Int, Unit: messages, Doc: "How many of them the customer opened.",
		static: func(c *Customer) (any, bool) { return c.Campaigns.Opened, true }},
	{Name: "messages_clicked", Kind: Int, Unit: messages, Doc: "In how many of them the customer followed a link.",
		static: func(c *Customer) (any, bool) { return c.Campaigns.Clicked, true }},
	{Name: "days_since_message", Kind: Int, Unit: days,
		Doc:   "Days since the last campaign's message went to the customer; absent before the first.",
		since: func(c *Customer) (domain.Day, bool) { return c.Campaigns.LastSentOn, c.Campaigns.Sent > 0 }},
}
