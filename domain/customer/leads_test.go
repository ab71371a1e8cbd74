package customer_test

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func leads() []story {
	at := func(hour int) time.Time { return time.Date(2024, 1, 2, hour, 0, 0, 0, time.UTC) }
	captured := customer.LeadCaptured{LeadID: id(7), LeadSource: "fair", Campaign: "spring", Interest: "lamps", Owner: "eve", At: at(9)}
	score := 80
	qualified := customer.LeadQualified{LeadID: id(7), Score: &score, Reason: "has a budget", At: at(10)}
	opened := customer.OpportunityOpened{OpportunityID: id(8), Stage: "prospecting", Currency: "EUR", ReportingCurrency: "EUR"}
	opportunity, other := id(8), id(9)
	accepted := customer.LeadAccepted{LeadID: id(7), OpportunityID: &opportunity, At: at(11)}
	rejected := customer.LeadRejected{LeadID: id(7), Reason: "no budget", At: at(11)}

	capture := func(change func(*customer.CaptureLead)) customer.Command {
		c := customer.CaptureLead{LeadID: id(7), LeadSource: "fair", Campaign: "spring", Interest: "lamps", Owner: "eve"}
		change(&c)
		return domaintest.At(c, at(9), 0)
	}
	qualify := func(hour int, change func(*customer.QualifyLead)) customer.Command {
		c := customer.QualifyLead{LeadID: id(7), Score: &score, Reason: "has a budget"}
		change(&c)
		return domaintest.At(c, at(hour), 0)
	}
	accept := func(hour int, of *uuid.UUID) customer.Command {
		return domaintest.At(customer.AcceptLead{LeadID: id(7), OpportunityID: of}, at(hour), 0)
	}
	reject := func(hour int, reason string) customer.Command {
		return domaintest.At(customer.RejectLead{LeadID: id(7), Reason: reason}, at(hour), 0)
	}
	sameCapture, sameScore := func(*customer.CaptureLead) {}, func(*customer.QualifyLead) {}
	scored := func(n int) func(*customer.QualifyLead) { return func(c *customer.QualifyLead) { c.Score = &n } }
	return []story{
		{Name: "a lead", Given: ann(), When: capture(sameCapture), Then: []customer.Event{captured}},
		{Name: "the same lead again", Given: ann(captured), When: capture(sameCapture)},
		{Name: "another lead under the same id", Given: ann(captured), Refused: customer.ErrLeadOtherwise,
			When: capture(func(c *customer.CaptureLead) { c.LeadSource = "form" })},
		{Name: "nobody's lead", When: capture(sameCapture), Refused: customer.ErrUnknown},
		{Name: "no lead id", Given: ann(), Refused: customer.ErrLeadID,
			When: capture(func(c *customer.CaptureLead) { c.LeadID = uuid.Nil })},
		{Name: "a lead from nowhere", Given: ann(), Refused: customer.ErrLeadSource,
			When: capture(func(c *customer.CaptureLead) { c.LeadSource = "" })},
		{Name: "an interest with NUL", Given: ann(), Refused: domain.ErrText.At("interest"),
			When: capture(func(c *customer.CaptureLead) { c.Interest = "\x00" })},

		{Name: "qualifying a lead", Given: ann(captured), When: qualify(10, sameScore), Then: []customer.Event{qualified}},
		{Name: "qualifying it the same again", Given: ann(captured, qualified), When: qualify(12, sameScore)},
		{Name: "qualifying it the same after its end", Given: ann(captured, qualified, rejected), When: qualify(12, sameScore)},
		{Name: "qualifying it otherwise", Given: ann(captured, qualified), When: qualify(12, scored(81)),
			Refused: customer.ErrLeadQualifiedOtherwise},
		{Name: "qualifying it without a score", Given: ann(captured, qualified), Refused: customer.ErrLeadQualifiedOtherwise,
			When: qualify(12, func(c *customer.QualifyLead) { c.Score = nil })},
		{Name: "a score beyond 100", Given: ann(captured), When: qualify(10, scored(101)), Refused: customer.ErrLeadScore},
		{Name: "a score below 0", Given: ann(captured), When: qualify(10, scored(-1)), Refused: customer.ErrLeadScore},
		{Name: "qualifying it before it was captured", Given: ann(captured), When: qualify(8, sameScore),
			Refused: customer.ErrLeadEarlier, Because: "2024-01-02T09:00:00Z"},
		{Name: "qualifying it after its end", Given: ann(captured, rejected), When: qualify(12, sameScore),
			Refused: customer.ErrLeadEnded},
		{Name: "qualifying an unknown lead", Given: ann(), When: qualify(10, sameScore), Refused: customer.ErrLeadUnknown},
		{Name: "qualifying nobody's lead", When: qualify(10, sameScore), Refused: customer.ErrUnknown},
		{Name: "qualifying for a reason with NUL", Given: ann(captured), Refused: domain.ErrText.At("reason"),
			When: qualify(10, func(c *customer.QualifyLead) { c.Reason = "\x00" })},

		{Name: "accepting a lead", Given: ann(captured, qualified, opened), When: accept(11, &opportunity),
			Then: []customer.Event{accepted}},
		{Name: "accepting a lead that is no opportunity yet", Given: ann(captured, qualified), When: accept(11, nil),
			Then: []customer.Event{customer.LeadAccepted{LeadID: id(7), At: at(11)}}},
		{Name: "accepting it again", Given: ann(captured, qualified, opened, accepted), When: accept(12, &opportunity)},
		{Name: "accepting it for nothing", Given: ann(captured, qualified, opened, accepted), When: accept(12, nil),
			Refused: customer.ErrLeadAcceptedOtherwise},
		{Name: "accepting it for an unknown opportunity", Given: ann(captured, qualified), When: accept(11, &other),
			Refused: customer.ErrOpportunityUnknown},
		{Name: "accepting what nobody qualified", Given: ann(captured), When: accept(11, nil),
			Refused: customer.ErrLeadUnqualified},
		{Name: "accepting what was rejected", Given: ann(captured, qualified, rejected), When: accept(12, nil),
			Refused: customer.ErrLeadEnded},
		{Name: "accepting it before it was qualified", Given: ann(captured, qualified), When: accept(9, nil),
			Refused: customer.ErrLeadEarlier},
		{Name: "accepting an unknown lead", Given: ann(), When: accept(11, nil), Refused: customer.ErrLeadUnknown},

		{Name: "rejecting a lead", Given: ann(captured), When: reject(11, "no budget"), Then: []customer.Event{rejected}},
		{Name: "rejecting a qualified lead", Given: ann(captured, qualified), When: reject(11, "no budget"),
			Then: []customer.Event{rejected}},
		{Name: "rejecting it again", Given: ann(captured, rejected), When: reject(12, "no time")},
		{Name: "rejecting what was accepted", Given: ann(captured, qualified, opened, accepted), When: reject(12, "no budget"),
			Refused: customer.ErrLeadEnded},
		{Name: "rejecting it without a reason", Given: ann(captured), When: reject(11, ""), Refused: customer.ErrLeadReason},
		{Name: "rejecting it for a reason with NUL", Given: ann(captured), When: reject(11, "\x00"),
			Refused: domain.ErrText.At("reason")},
		{Name: "rejecting an unknown lead", Given: ann(), When: reject(11, "no budget"), Refused: customer.ErrLeadUnknown},
	}
}
