package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

const mailed = domain.Day(20000)

var (
	mailConsent = customer.ConsentKey{Purpose: "marketing", Channel: "email"}
	consented   = customer.ConsentGranted{ConsentKey: mailConsent, LegalBasis: "consent", TextVersion: "1", GrantedOn: mailed - 9}
	inMail      = customer.CampaignAssigned{Campaign: "spring", Cell: "mail", Consent: mailConsent, WindowEndsOn: mailed + 13}
	sent        = customer.CampaignMessageSent{MessageID: id(30), Campaign: "spring", Cell: "mail", Consent: mailConsent}
)

func campaigns() []story {
	terms := &campaign.Terms{Purpose: "marketing", Channel: "email", WindowDays: 14,
		Cells: []campaign.Cell{{Cell: "mail"}, {Cell: "none", Control: true}}}
	assign := func(cell string, running *campaign.Terms) customer.Command {
		c := domaintest.At(customer.AssignToCampaign{Campaign: "spring", Cell: cell}, mailed.Time(), mailed)
		return domaintest.In(c, func(g *customer.Given) { g.Needs.Campaign.Running = running })
	}
	send := func(message byte, in string, on domain.Day) customer.Command {
		return domaintest.At(customer.SendCampaignMessage{MessageID: id(message), Campaign: in}, on.Time(), on)
	}
	control := customer.CampaignAssigned{Campaign: "spring", Cell: "none", Control: true, Consent: mailConsent,
		WindowEndsOn: mailed + 13}
	last := mailed
	bounded := consented
	bounded.ExpiresOn = &last
	return []story{
		{Name: "joining", Given: ann(), When: assign("mail", terms), Then: []customer.Event{inMail}},
		{Name: "joining the control group", Given: ann(), When: assign("none", terms), Then: []customer.Event{control}},
		{Name: "joining again when it is over", Given: ann(inMail), When: assign("mail", nil)},
		{Name: "changing the cell", Given: ann(inMail), When: assign("none", terms), Refused: customer.ErrCampaignCellOtherwise},
		{Name: "joining what does not run", Given: ann(), When: assign("mail", nil), Refused: customer.ErrCampaignNotRunning},
		{Name: "joining a cell that is none", Given: ann(), When: assign("fax", terms), Refused: customer.ErrCampaignCellUnknown},
		{Name: "nobody joins", When: assign("mail", terms), Refused: customer.ErrUnknown},
		{Name: "sending", Given: ann(consented, inMail), When: send(30, "spring", mailed), Then: []customer.Event{sent}},
		{Name: "sending again", Given: ann(consented, inMail, sent), When: send(30, "spring", mailed+1)},
		{Name: "the message of another campaign", Given: ann(consented, inMail, sent), When: send(30, "summer", mailed),
			Refused: customer.ErrMessageOtherwise},
		{Name: "sending to nobody", When: send(30, "spring", mailed), Refused: customer.ErrUnknown},
		{Name: "no message id", Given: ann(), When: customer.SendCampaignMessage{Campaign: "spring"}, Refused: customer.ErrMessageID},
		{Name: "sending to who does not take part", Given: ann(consented), When: send(30, "spring", mailed),
			Refused: customer.ErrCampaignUnassigned},
		{Name: "sending to the control group", Given: ann(consented, control), When: send(30, "spring", mailed),
			Refused: customer.ErrControlGroup},
		{Name: "sending without consent", Given: ann(inMail), When: send(30, "spring", mailed), Refused: customer.ErrNoConsent},
		{Name: "sending after the withdrawal", When: send(30, "spring", mailed), Refused: customer.ErrNoConsent,
			Given: ann(consented, inMail, customer.ConsentWithdrawn{ConsentKey: mailConsent, WithdrawnOn: mailed - 1})},
		{Name: "sending while a complaint is open", When: send(30, "spring", mailed), Refused: customer.ErrComplaintOpen,
			Given: ann(consented, inMail, customer.CaseOpened{CaseID: id(40), Type: customer.Complaint, Category: "delivery"})},
		{Name: "sending before the consent", Given: ann(consented, inMail), When: send(30, "spring", mailed-10),
			Refused: customer.ErrNoConsent},
		{Name: "sending on the last day", Given: ann(bounded, inMail), When: send(30, "spring", last), Then: []customer.Event{sent}},
		{Name: "sending on the day after, which nobody closed yet", Given: ann(bounded, inMail), When: send(30, "spring", last+1),
			Refused: customer.ErrNoConsent, Because: "does not consent to marketing/email on 2024-10-05"},
	}
}

func messages() []story {
	told := func(fate customer.Fate) customer.Command {
		return domaintest.At(customer.TellFate{MessageID: id(30), Fate: fate}, mailed.Time(), mailed)
	}
	m := customer.Message{MessageID: id(30)}
	given := func(then ...customer.Event) []customer.Event {
		return ann(append([]customer.Event{consented, inMail, sent}, then...)...)
	}
	withdrawn := customer.ConsentWithdrawn{ConsentKey: mailConsent, WithdrawnOn: mailed}
	return []story{
		{Name: "arriving", Given: given(), When: told(customer.Delivered), Then: []customer.Event{customer.CampaignMessageDelivered{Message: m}}},
		{Name: "arriving again", Given: given(customer.CampaignMessageDelivered{Message: m}), When: told(customer.Delivered)},
		{Name: "opening", Given: given(customer.CampaignMessageDelivered{Message: m}), When: told(customer.Opened),
			Then: []customer.Event{customer.CampaignMessageOpened{Message: m}}},
		{Name: "clicking", Given: given(), When: told(customer.Clicked), Then: []customer.Event{customer.CampaignMessageClicked{Message: m}}},
		{Name: "bouncing", Given: given(), When: told(customer.Bounced), Then: []customer.Event{customer.CampaignMessageBounced{Message: m}}},
		{Name: "opening what bounced", Given: given(customer.CampaignMessageBounced{Message: m}), When: told(customer.Opened),
			Refused: customer.ErrBounced},
		{Name: "bouncing after it was opened", Given: given(customer.CampaignMessageOpened{Message: m}), When: told(customer.Bounced),
			Refused: customer.ErrBounced},
		{Name: "unsubscribing", Given: given(), When: told(customer.Unsubscribed),
			Then: []customer.Event{customer.CampaignUnsubscribed{Message: m}, withdrawn}},
		{Name: "unsubscribing after the withdrawal", Given: given(withdrawn), When: told(customer.Unsubscribed),
			Then: []customer.Event{customer.CampaignUnsubscribed{Message: m}}},
		{Name: "unsubscribing before the consent was given anew", When: told(customer.Unsubscribed), Refused: customer.ErrConsentEarlier,
			Given: given(withdrawn, customer.ConsentGranted{ConsentKey: mailConsent, LegalBasis: "contract", TextVersion: "2",
				GrantedOn: mailed + 1})},
		{Name: "a fate that is none", Given: given(), When: told("eaten"), Refused: customer.ErrFate},
		{Name: "a message that is none", Given: ann(), When: told(customer.Opened), Refused: customer.ErrMessageUnknown},
		{Name: "nobody's message", When: customer.TellFate{MessageID: uuid.Max, Fate: customer.Opened}, Refused: customer.ErrUnknown},
	}
}
