package customer_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[customer.State, customer.Needs]

// by asks a command of the customer with an id.
func by(c customer.Command, self uuid.UUID) customer.Command {
	return domaintest.In(c, func(g *customer.Given) { g.ID = self })
}

func TestCustomer(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	register := func(id string) apitest.Ask {
		return apitest.Ask{Method: "POST", Path: "/v1/customers", Body: `{"kind":"person","customer_id":"` + id + `"}`}
	}
	absorb := func(survivor, absorbed string) apitest.Ask {
		return apitest.Ask{Method: "POST", Path: "/v1/customers/" + survivor + "/merges", Body: `{"absorbed_id":"` + absorbed + `"}`}
	}
	called := func(id string) apitest.Ask {
		return apitest.Ask{Method: "POST", Path: "/v1/customers/" + id + "/interactions", Body: `{"kind":"call","direction":"inbound"}`}
	}
	correct := func(id, as string) apitest.Ask {
		return apitest.Ask{Method: "POST", Path: "/v1/customers/" + id + "/facts/1/corrected", Body: `{"as":` + as + `}`}
	}
	const call, points = `{"command":"record_interaction","kind":"call","direction":"outbound"}`, `{"command":"earn_points","points":7}`
	const a, b, c = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d02", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d03"
	apitest.Suite[customer.State, customer.Needs]{Stories: stories(), Asked: map[string][]apitest.Ask{
		"customer_stands_for_others": {register(a), register(b), register(c), absorb(b, c), absorb(a, b)},
		"correction_known": {register(a), called(a), apitest.Ask{Method: "POST", Path: "/v1/customers/" + a + "/interactions",
			Body: `{"kind":"call","direction":"inbound","interaction_id":"` + b + `"}`},
			correct(a, `{"command":"record_interaction","kind":"call","direction":"inbound","interaction_id":"`+b+`"}`)},
		"correction_of_another_kind": {register(a), called(a), correct(a, points)},
		"fact_voided":                {register(a), called(a), correct(a, call), correct(a, points)},
	}, Unreachable: map[string]string{"correction_missing": "a member that is needed is missed before the domain is asked"}}.Refusals(t)
}

func stories() []story {
	return slices.Concat(
		registrations(),
		profiles(),
		attributes(),
		attributeConflicts(),
		contactPoints(),
		roles(),
		relationships(),
		insights(),
		sharing(),
		purchases(),
		returns(),
		refunds(),
		voids(),
		moments(),
		interactions(),
		archiving(),
		promises(),
		orders(),
		leads(),
		opportunities(),
		offers(),
		redemptions(),
		consents(),
		surveys(),
		campaigns(),
		messages(),
		assets(),
		maintenance(),
		cases(),
		caseClocks(),
		caseResolutions(),
		caseReplies(),
		caseTerms(),
		caseRatings(),
		points(),
		referrals(),
		agreements(),
		recommendations(),
		handovers(),
		identities(),
		merges(),
		erasures(),
		interviews(),
	)
}

func TestStream(t *testing.T) {
	id := uuid.MustParse("0b9a8f3c-1f63-4a51-9d2b-0a1b2c3d4e5f")
	if got, ok := customer.IDOf(customer.Stream(id)); !ok || got != id {
		t.Errorf("%s, %v", got, ok)
	}
	for _, stream := range []string{"", "calendar", "customer-", "customer-12", "campaign-" + id.String()} {
		if _, ok := customer.IDOf(stream); ok {
			t.Errorf("%q is no customer's", stream)
		}
	}
}

func TestSummary(t *testing.T) {
	lines := slices.Repeat([]customer.PurchasedLine{{}}, 3)
	for want, e := range map[string]customer.Told{
		"registered as a person":        customer.Registered{Kind: customer.Person, Name: "Ann"},
		"registered as an organisation": customer.Registered{Kind: customer.Organisation},
		"bought 3 lines for 45.30 GBP (invoice 536365)": customer.PurchaseRecorded{
			Lines: lines, Currency: "GBP", TotalMinor: 4530, Reference: "536365"},
		"bought 1 line for 12 JPY": customer.PurchaseRecorded{Lines: lines[:1], Currency: "JPY", TotalMinor: 12},
		"returned 1 line for 0.05 GBP (credit note C536)": customer.ReturnRecorded{
			Lines: make([]customer.ReturnedLine, 1), Currency: "GBP", TotalMinor: 5, Reference: "C536"},
		"contacted us: web visit": customer.InteractionRecorded{
			Kind: "web_visit", Direction: customer.Inbound, Subject: "Ann"},
		"was contacted: email": customer.InteractionRecorded{Kind: "email", Direction: customer.Outbound},
	} {
		if got := e.Summary(); got != want {
			t.Errorf("%s; want %s", got, want)
		}
	}
}

func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

func number(s string) decimal.Decimal { return decimal.MustParse(s) }

func some(s string) *decimal.Decimal { n := number(s); return &n }

// ann is registered; what a story gives beside it comes after.
func ann(then ...customer.Event) []customer.Event {
	return append([]customer.Event{customer.Registered{Kind: customer.Person, Name: "Ann"}}, then...)
}
