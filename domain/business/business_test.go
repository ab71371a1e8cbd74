package business_test

import (
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[business.State, business.Needs]

func TestBusiness(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	const settled = "who starts the server settles the books, by flags"
	apitest.Suite[business.State, business.Needs]{Stories: stories(), Stream: business.Stream, Unreachable: map[string]string{"time_zone_unknown": settled, "already_settled": settled}}.Refusals(t)
}

func stories() []story {
	settled := []business.Event{business.CurrencySet{Currency: "EUR"}, business.TimeZoneSet{TimeZone: "Europe/Berlin"}}
	return []story{
		{Name: "the currency", When: business.SetCurrency{Currency: "EUR"},
			Then: []business.Event{business.CurrencySet{Currency: "EUR"}}},
		{Name: "the same currency again", Given: settled, When: business.SetCurrency{Currency: "EUR"}},
		{Name: "another currency", Given: settled, When: business.SetCurrency{Currency: "USD"},
			Refused: business.ErrSettled.At("currency"), Because: "the books are kept in EUR"},
		{Name: "no currency", When: business.SetCurrency{}, Refused: domain.ErrCurrency},
		{Name: "a currency that is none", Given: settled, When: business.SetCurrency{Currency: "eur"},
			Refused: domain.ErrCurrency},
		{Name: "the time zone", When: business.SetTimeZone{TimeZone: "Europe/Berlin"},
			Then: []business.Event{business.TimeZoneSet{TimeZone: "Europe/Berlin"}}},
		{Name: "the same time zone again", Given: settled, When: business.SetTimeZone{TimeZone: "Europe/Berlin"}},
		{Name: "another time zone", Given: settled, When: business.SetTimeZone{TimeZone: "Asia/Tokyo"},
			Refused: business.ErrSettled.At("time_zone"), Because: "days are counted in Europe/Berlin"},
		{Name: "no time zone", When: business.SetTimeZone{}, Refused: business.ErrTimeZone},
		{Name: "the machine's time zone", When: business.SetTimeZone{TimeZone: "Local"}, Refused: business.ErrTimeZone},
		{Name: "a time zone that is none", When: business.SetTimeZone{TimeZone: "Europe/Atlantis"},
			Refused: business.ErrTimeZone},
	}
}
