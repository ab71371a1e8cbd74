package customer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func registrations() []story {
	shop1, shop2 := customer.ExternalID{System: "shop", ID: "1"}, customer.ExternalID{System: "shop", ID: "2"}
	acquired := &customer.Acquisition{Source: "search", Campaign: "spring", Cost: some("2.50"), Currency: "EUR"}
	whole := customer.Register{Kind: customer.Organisation, Name: "Ann Ltd", Country: "France", Locale: "fr-FR",
		ExternalIDs: []customer.ExternalID{shop2, shop1, shop2}, Acquired: acquired}
	registered := customer.Registered{Kind: customer.Organisation, Name: "Ann Ltd", Country: "France", Locale: "fr-FR",
		ExternalIDs: []customer.ExternalID{shop1, shop2}, Acquired: acquired}
	person := func(change func(*customer.Register)) customer.Register {
		r := customer.Register{Kind: customer.Person}
		change(&r)
		return r
	}
	costing := func(cost string, currency domain.Currency) customer.Register {
		return customer.Register{Kind: customer.Person,
			Acquired: &customer.Acquisition{Cost: some(cost), Currency: currency}}
	}
	return []story{
		{Name: "registering a person", When: customer.Register{Kind: customer.Person},
			Then: []customer.Event{customer.Registered{Kind: customer.Person}}},
		{Name: "registering with everything", When: whole, Then: []customer.Event{registered}},
		{Name: "registering the same again", Given: []customer.Event{registered}, When: whole},
		{Name: "registering otherwise", Given: ann(), When: customer.Register{Kind: customer.Person, Name: "Anne"},
			Refused: customer.ErrRegisteredOtherwise},
		{Name: "registering with other ids", Given: []customer.Event{registered},
			When:    person(func(r *customer.Register) { *r = whole; r.ExternalIDs = r.ExternalIDs[:1] }),
			Refused: customer.ErrRegisteredOtherwise},
		{Name: "no kind", When: customer.Register{}, Refused: customer.ErrKind},
		{Name: "a name too long", When: person(func(r *customer.Register) { r.Name = strings.Repeat("n", 301) }),
			Refused: domain.ErrText.At("name"), Because: "301 bytes"},
		{Name: "a country that is none", When: person(func(r *customer.Register) { r.Country = "Narnia" }), Refused: customer.ErrCountry},
		{Name: "a language that is none", When: person(func(r *customer.Register) { r.Locale = "narnian" }), Refused: customer.ErrLocale},
		{Name: "a name of blanks", When: person(func(r *customer.Register) { r.Name = " \u200b\t" }), Refused: domain.ErrBlank.At("name")},
		{Name: "a country with NUL", When: person(func(r *customer.Register) { r.Country = "a\x00" }),
			Refused: domain.ErrText.At("country")},
		{Name: "a locale in another encoding", When: person(func(r *customer.Register) { r.Locale = "\xe4" }),
			Refused: domain.ErrText.At("locale")},
		{Name: "an external id without a system",
			When:    person(func(r *customer.Register) { r.ExternalIDs = []customer.ExternalID{shop1, {ID: "2"}} }),
			Refused: customer.ErrExternalID.At("external_ids[1]")},
		{Name: "an external id with NUL",
			When: person(func(r *customer.Register) {
				r.ExternalIDs = []customer.ExternalID{{System: "shop", ID: "\x00"}}
			}),
			Refused: domain.ErrText.At("external_ids[0].id")},
		{Name: "too many external ids",
			When:    person(func(r *customer.Register) { r.ExternalIDs = slices.Repeat([]customer.ExternalID{shop1}, 51) }),
			Refused: customer.ErrTooManyExternalIDs},
		{Name: "a negative cost", When: costing("-1", "EUR"), Refused: customer.ErrAcquisitionCost},
		{Name: "an absurd cost", When: costing("1000000000.01", "EUR"), Refused: customer.ErrAcquisitionCost},
		{Name: "a cost in no currency", When: costing("1", ""), Refused: domain.ErrCurrency.At("acquired.currency")},
		{Name: "a source with NUL",
			When:    person(func(r *customer.Register) { r.Acquired = &customer.Acquisition{Source: "\x00"} }),
			Refused: domain.ErrText.At("acquired.source")},
	}
}

func TestIDFrom(t *testing.T) {
	a := customer.IDFrom(customer.ExternalID{System: "shop", ID: "12"})
	if a != customer.IDFrom(customer.ExternalID{System: "shop", ID: "12"}) {
		t.Error("two ids for one customer")
	}
	if a == customer.IDFrom(customer.ExternalID{System: "shop1", ID: "2"}) {
		t.Error("one id for two customers")
	}
}
