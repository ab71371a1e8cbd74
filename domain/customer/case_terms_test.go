package customer_test

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func caseTerms() []story {
	terms := customer.ServiceTerms{RepeatDays: 5,
		Targets: []customer.ServiceTarget{
			{Type: customer.Complaint, Priority: customer.Normal, FirstResponseS: 3600, NextResponseS: 7200, ResolutionS: 10_800},
			{Priority: customer.Normal, FirstResponseS: 7200, NextResponseS: 10_800, ResolutionS: 14_400}},
		Compensation: []customer.CompensationLimit{{Actor: "zoe", Amount: number("500")},
			{Department: "service", Escalated: true, Amount: number("200")}, {Department: "service", Amount: number("50")}}}
	under := func(c customer.Command) customer.Command {
		return domaintest.In(c, func(g *customer.Given) { g.Needs.Service.Version, g.Needs.Service.Terms = 3, &terms })
	}
	open := func(kind customer.CaseType, days int) customer.Command {
		c := customer.OpenCase{CaseID: id(42), Type: kind, Category: "noise"}
		return at(float64(24*days), under(c))
	}
	set := func(kind customer.CaseType, days int, respond, resolve float64, repeat *uuid.UUID) []customer.Event {
		e := opened(42, kind, "noise")
		e.OpenedOn += domain.Day(days)
		e.RespondBy, e.ResolveBy = later(float64(24*days)+respond), later(float64(24*days)+resolve)
		e.RepeatOf, e.PolicyVersion = repeat, 3
		return []customer.Event{e}
	}
	before := opened(43, customer.Complaint, "noise")
	reply := customer.ReplyToCase{CaseID: id(40), ReplyID: id(47)}
	grant := func(amount string, rate *decimal.Decimal, actor, department string) customer.Command {
		c := customer.ResolveCase{CaseID: id(40), Action: customer.CorrectiveAction,
			Compensation: &customer.Compensation{Amount: number(amount), Currency: "EUR", Rate: rate}}
		if rate != nil {
			c.Compensation.Currency = "USD"
		}
		return domaintest.In(at(2, under(c)), func(g *customer.Given) {
			g.Reporting, g.By = "EUR", domain.Metadata{Actor: actor, Department: department}
		})
	}
	granted := func(g customer.Granted) []customer.Event {
		e := solved
		g.ReportingCurrency = "EUR"
		e.Compensation, e.PolicyVersion = &g, 3
		return []customer.Event{e}
	}
	escalated := customer.CaseEscalated{CaseID: id(40), To: "head"}
	more := granted(customer.Granted{AmountMinor: 20_000, Currency: "EUR", ReportingMinor: 20_000})[0].(customer.CaseResolved)
	more.FirstContact = false
	return []story{
		{Name: "a complaint by its own targets", Given: ann(), When: open(customer.Complaint, 0),
			Then: set(customer.Complaint, 0, 1, 3, nil)},
		{Name: "an incident by those of any case", Given: ann(), When: open(customer.Incident, 0),
			Then: set(customer.Incident, 0, 2, 4, nil)},
		{Name: "the same complaint on the last day of the window", Given: ann(before), When: open(customer.Complaint, 5),
			Then: set(customer.Complaint, 5, 1, 3, &before.CaseID)},
		{Name: "the same complaint after the window", Given: ann(before), When: open(customer.Complaint, 6),
			Then: set(customer.Complaint, 6, 1, 3, nil)},
		{Name: "opened before the terms changed", Given: ann(asked), When: at(0,
			under(customer.OpenCase{CaseID: id(40), Type: customer.Question}))},
		{Name: "a next response by the terms in force", Given: ann(asked, answered),
			When: at(10, under(reply)), Then: []customer.Event{customer.CaseReplied{
				CaseID: id(40), ReplyID: id(47), Awaits: true, NextBy: point(later(13)), PolicyVersion: 3}}},
		{Name: "what zoe may grant", Given: ann(asked), When: grant("500", nil, "zoe", "service"),
			Then: granted(customer.Granted{AmountMinor: 50_000, Currency: "EUR", ReportingMinor: 50_000})},
		{Name: "what others may grant", Given: ann(asked), When: grant("50", nil, "bob", "service"),
			Then: granted(customer.Granted{AmountMinor: 5_000, Currency: "EUR", ReportingMinor: 5_000})},
		{Name: "what others may not grant", Given: ann(asked), When: grant("50.01", nil, "bob", "service"),
			Refused: customer.ErrCompensationLimit, Because: "at most 50 EUR"},
		{Name: "once it was escalated", Given: ann(asked, escalated), When: grant("200", nil, "bob", "service"),
			Then: []customer.Event{more}},
		{Name: "too much even for whom it was escalated to", Given: ann(asked, escalated), When: grant("200.01", nil, "bob", "service"),
			Refused: customer.ErrCompensationLimit, Because: "at most 200 EUR"},
		{Name: "another department may grant nothing", Given: ann(asked), When: grant("1", nil, "bob", "sales"),
			Refused: customer.ErrCompensationLimit, Because: "at most 0 EUR"},
		{Name: "in another currency", Given: ann(asked), When: grant("60", some("0.5"), "bob", "service"),
			Then: granted(customer.Granted{AmountMinor: 6_000, Currency: "USD", Rate: some("0.5"), ReportingMinor: 3_000})},
		{Name: "too much in another currency", Given: ann(asked), When: grant("60", some("2"), "bob", "service"),
			Refused: customer.ErrCompensationLimit},
		{Name: "at a rate of nothing", Given: ann(asked), When: grant("60", some("0"), "bob", "service"),
			Refused: customer.ErrRate.At("compensation.rate")},
		{Name: "granted before the limits changed", Given: ann(asked, granted(customer.Granted{AmountMinor: 60_000,
			Currency: "EUR", ReportingMinor: 60_000})[0]), When: grant("600", nil, "bob", "sales")},
	}
}
