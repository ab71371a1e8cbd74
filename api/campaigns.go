package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

const campaignPath = "/v1/campaigns/{campaign}"

var planCampaign = declare(campaigns, ofCampaign(declaration[campaign.Plan]{
	Name: "plan_campaign", Method: http.MethodPut, Path: campaignPath,
	Summary: "Plan a campaign",
	Description: "Says what goes to whom and how its results are measured, once and for all: people are assigned to " +
		"cells, of which one may be a control group that gets nothing.",
	Fields: map[string]string{
		"campaign":        "1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"purpose":         "For which people have to consent: marketing, …",
		"through":         "The channel of its messages: email, sms, …",
		"window_days":     "Purchases and visits on so many days, from the day of the assignment on, are its results",
		"cells[].cell":    "Names the cell",
		"cells[].control": "Its people get no messages",
	},
	Example: `{"purpose":"marketing","through":"email","window_days":14,"cells":[{"cell":"mail"},{"cell":"none","control":true}]}`,
}, func(c *campaign.Plan) *string { return &c.Campaign }))

var launchCampaign = declare(campaigns, ofCampaign(declaration[campaign.Launch]{
	Name: "launch_campaign", Method: http.MethodPost, Path: campaignPath + "/launch",
	Summary: "Launch a campaign", Description: "From now on, people can be assigned to it.", Example: `{}`, Bodiless: true,
}, func(c *campaign.Launch) *string { return &c.Campaign }))

var recordCampaignCost = declare(campaigns, ofCampaign(declaration[campaign.RecordCost]{
	Name: "record_campaign_cost", Method: http.MethodPost, Path: campaignPath + "/costs",
	Summary: "Record what a campaign cost",
	Fields: map[string]string{
		"cost_id":  "Names the cost; without it, one follows from the Idempotency-Key, or is new",
		"what":     "What for",
		"amount":   "In the currency",
		"currency": "ISO 4217 code",
	},
	Example: `{"what":"printing","amount":"120.50","currency":"EUR"}`,
	IDField: "cost_id",
	ID:      func(c *campaign.RecordCost) *uuid.UUID { return &c.CostID },
}, func(c *campaign.RecordCost) *string { return &c.Campaign }))

var closeCampaign = declare(campaigns, ofCampaign(declaration[campaign.Close]{
	Name: "close_campaign", Method: http.MethodPost, Path: campaignPath + "/close",
	Summary: "Close a campaign", Description: "Nobody is assigned to it any more.", Example: `{}`, Bodiless: true,
}, func(c *campaign.Close) *string { return &c.Campaign }))

// ofCampaign addresses a command to the campaign whose name the path or the line has.
func ofCampaign[C any](d declaration[C], name func(*C) *string) declaration[C] {
	d.Tag, d.Roles, d.Param, d.Barrier = "campaigns", access.Apps, "campaign", true
	d.Bind = func(in *body[C], value string) error {
		own := name(&in.Command)
		if *own != "" && *own != value {
			return malformed("body.campaign", "name_differs", "the body has another name than the path")
		}
		*own = value
		return nil
	}
	d.Subject = func(in *body[C], _ string) (subject, error) {
		own := *name(&in.Command)
		if !domain.Nameable(own) {
			return subject{}, campaign.ErrName
		}
		return subject{campaign.Stream(own), "campaign", own}, noCustomer(in)
	}
	return d
}

const campaignsPath = "/v1/customers/{customer_id}/campaigns"

var assignToCampaign = declare(customers, ofCustomer(declaration[customer.AssignToCampaign]{
	Name: "assign_to_campaign", Method: http.MethodPost, Path: campaignsPath,
	Summary: "Assign a customer to a campaign",
	Description: "Puts the customer into a cell of a campaign that runs, for good. Assign the control group, too: results " +
		"are compared with what happens there.",
	Fields:  map[string]string{"campaign": "The campaign", "cell": "One of its cells"},
	Example: `{"campaign":"summer","cell":"mail"}`,
}))

var sendCampaignMessage = declare(customers, ofCustomer(declaration[customer.SendCampaignMessage]{
	Name: "send_campaign_message", Method: http.MethodPost, Path: campaignsPath + "/messages",
	Summary: "Record a message of a campaign",
	Description: "Ask before sending: it is refused for the control group, without the customer's consent to the " +
		"campaign's purpose through its channel, and while they wait for an answer to a complaint.",
	Fields: map[string]string{
		"message_id": "Names the message; without it, one follows from the Idempotency-Key, or is new",
		"campaign":   "The campaign, in a cell of which the customer is",
	},
	Example: `{"campaign":"monsoon"}`,
	IDField: "message_id",
	ID:      func(c *customer.SendCampaignMessage) *uuid.UUID { return &c.MessageID },
}))

var tellFate = declare(customers, ofCustomer(declaration[customer.TellFate]{
	Name: "tell_message_fate", Method: http.MethodPost, Path: campaignsPath + "/messages/fates",
	Summary:     "Tell what became of a campaign's message",
	Description: "Who unsubscribes withdraws the consent on which the message rested.",
	Fields: map[string]string{
		"message_id": "The message",
		"fate":       "delivered, opened, clicked, bounced or unsubscribed",
	},
	Example: `{"message_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","fate":"clicked"}`,
}))
