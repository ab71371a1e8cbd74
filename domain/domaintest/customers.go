// Package domaintest helps to test the domain: stories of given, when, then with the laws that every
// command keeps, and customers at random.
package domaintest

import (
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Happening is a fact of a customer with the business's day on which it occurred.
type Happening struct {
	Event customer.Event
	On    domain.Day
}

// Happenings draws a customer's history in the order of the log: mostly registered, mostly in the order
// in which things occurred, often several of a day, from day first to day last.
func Happenings(t *rapid.T, first, last domain.Day) []Happening {
	var history []Happening
	if rapid.IntRange(0, 9).Draw(t, "registered") > 0 {
		history = append(history, Happening{drawRegistered(t), first})
	}
	day := first
	for range rapid.IntRange(0, 25).Draw(t, "touchpoints") {
		if rapid.IntRange(0, 4).Draw(t, "backdated") == 0 {
			day = domain.Day(rapid.Int32Range(int32(first), int32(last)).Draw(t, "day"))
		} else {
			day = min(last, day+domain.Day(rapid.Int32Range(0, 40).Draw(t, "later")))
		}
		history = append(history, Happening{drawTouchpoint(t), day})
	}
	return history
}

// Fold answers the facts of a customer with that history.
func Fold(history []Happening) facts.Customer {
	var c facts.Customer
	for _, h := range history {
		c.Apply(domain.Recorded{Event: h.Event}, h.On)
	}
	return c
}

func drawRegistered(t *rapid.T) customer.Registered {
	e := customer.Registered{
		Kind:    rapid.SampledFrom([]customer.Kind{customer.Person, customer.Organisation}).Draw(t, "kind"),
		Country: rapid.SampledFrom([]string{"", "France", "Germany"}).Draw(t, "country"),
	}
	if rapid.Bool().Draw(t, "known elsewhere") {
		e.ExternalIDs = []customer.ExternalID{
			{System: "shop", ID: "1"}, {System: "shop", ID: "2"}, {System: "till", ID: "1"}}
	}
	if rapid.Bool().Draw(t, "acquired") {
		e.Acquired = &customer.Acquisition{Source: "search"}
	}
	return e
}

func drawTouchpoint(t *rapid.T) customer.Event {
	amount := rapid.Int64Range(0, 50_000).Draw(t, "amount_minor")
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		return customer.ReturnRecorded{ReturnID: uuid.Max, ReportingCurrency: "EUR", ReportingTotalMinor: amount / 2}
	case 1:
		return customer.InteractionRecorded{InteractionID: uuid.Max, Kind: "call", Direction: customer.Inbound}
	}
	e := customer.PurchaseRecorded{PurchaseID: uuid.Max, ReportingCurrency: "EUR", ReportingTotalMinor: amount,
		Lines: []customer.PurchasedLine{{ReportingMinor: amount}}}
	if rapid.Bool().Draw(t, "cost known") {
		cost := amount / 3
		e.Lines[0].CostMinor = &cost
	}
	return e
}
