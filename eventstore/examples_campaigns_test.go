package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

var campaignMessage = customer.Message{MessageID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c21")}

// campaignExamples are those of campaigns and their messages.
var campaignExamples = []domain.Event{
	campaign.Planned{Campaign: "spring", Title: "Spring sale", Terms: campaign.Terms{Purpose: "marketing",
		Channel: "email", WindowDays: 14, Cells: []campaign.Cell{{Cell: "none", Control: true}}}},
	campaign.Launched{Campaign: "spring"},
	campaign.CostRecorded{Campaign: "spring", CostID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c22"),
		What: "printing", AmountMinor: 12050, Currency: "EUR"},
	campaign.Closed{Campaign: "spring"},
	customer.CampaignAssigned{Campaign: "spring", Cell: "none", Control: true, Consent: marketingConsent,
		WindowEndsOn: 15034},
	customer.CampaignMessageSent{MessageID: campaignMessage.MessageID, Campaign: "spring", Cell: "mail",
		Consent: marketingConsent},
	customer.CampaignMessageDelivered{Message: campaignMessage},
	customer.CampaignMessageOpened{Message: campaignMessage},
	customer.CampaignMessageClicked{Message: campaignMessage},
	customer.CampaignMessageBounced{Message: campaignMessage},
	customer.CampaignUnsubscribed{Message: campaignMessage},
}
