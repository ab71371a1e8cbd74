package customer_test

import (
	"slices"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func profiles() []story {
	const day = domain.Day(19800)
	began := day.Time().Add(12 * time.Hour)
	at := func(days int, c customer.ChangeProfile) customer.Command {
		return domaintest.In(c, func(g *customer.Given) {
			g.When, g.On, g.Dated = began.AddDate(0, 0, days), day+domain.Day(days), true
		})
	}
	then := func(days int, e customer.Event) customer.Event {
		return domaintest.Happened(began.AddDate(0, 0, days), e)
	}
	is := customer.Registered{Kind: customer.Person, Name: "Ann", Country: "DE"}
	married := customer.ChangeProfile{Name: "Ann Smith"}
	moved := customer.ChangeProfile{Country: "France", Locale: "fr-FR"}
	return []story{
		{Name: "another name", Given: []customer.Event{is}, When: at(5, married),
			Then: []customer.Event{customer.ProfileChanged{Name: "Ann Smith"}}},
		{Name: "another country and language", Given: []customer.Event{is}, When: at(5, moved),
			Then: []customer.Event{customer.ProfileChanged{Country: "France", Locale: "fr-FR"}}},
		{Name: "an organisation after all", Given: []customer.Event{is}, When: at(5, customer.ChangeProfile{Kind: customer.Organisation}),
			Then: []customer.Event{customer.ProfileChanged{Kind: customer.Organisation}}},
		{Name: "what is so already", Given: []customer.Event{is}, When: at(5, customer.ChangeProfile{Kind: customer.Person, Name: "Ann", Country: "DE"})},
		{Name: "what is so since a change", Given: []customer.Event{is, then(5, customer.ProfileChanged(moved))}, When: at(6, customer.ChangeProfile{Country: "France"})},
		{Name: "an earlier name that is told later", Given: []customer.Event{is, then(5, customer.ProfileChanged(married))},
			When: at(3, customer.ChangeProfile{Name: "Ann Jones"}), Then: []customer.Event{customer.ProfileChanged{Name: "Ann Jones"}}},
		{Name: "the name of before, told again later", Given: []customer.Event{is, then(5, customer.ProfileChanged(married))},
			When: at(3, customer.ChangeProfile{Name: "Ann"})},
		{Name: "the name of before, once more", Given: []customer.Event{is, customer.ProfileChanged(married)},
			When: at(7, customer.ChangeProfile{Name: "Ann"}), Then: []customer.Event{customer.ProfileChanged{Name: "Ann"}}},
		{Name: "another name before the registration", Given: []customer.Event{then(0, is)}, When: at(-1, married), Refused: customer.ErrBeforeBegan},
		{Name: "a profile that says nothing", Given: []customer.Event{is}, When: at(1, customer.ChangeProfile{}), Refused: customer.ErrProfileEmpty},
		{Name: "a kind that is none", Given: []customer.Event{is}, When: at(1, customer.ChangeProfile{Kind: "dog"}), Refused: customer.ErrKind},
		{Name: "a new country that is none", Given: []customer.Event{is}, When: at(1, customer.ChangeProfile{Country: "Narnia"}), Refused: customer.ErrCountry},
		{Name: "a new language that is none", Given: []customer.Event{is}, When: at(1, customer.ChangeProfile{Locale: "narnian"}), Refused: customer.ErrLocale},
		{Name: "a new name of blanks", Given: []customer.Event{is}, When: at(1, customer.ChangeProfile{Name: " "}), Refused: domain.ErrBlank.At("name")},
		{Name: "a new name too long", Given: []customer.Event{is}, When: at(1, customer.ChangeProfile{Name: strings.Repeat("n", 301)}),
			Refused: domain.ErrText.At("name")},
		{Name: "a profile that changes all the time", Given: append([]customer.Event{is}, slices.Repeat([]customer.Event{customer.ProfileChanged(married)}, 499)...),
			When: at(1, customer.ChangeProfile{Name: "Anna"}), Refused: customer.ErrProfileChanges},
	}
}
