package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

var opportunityExamples = func() []domain.Event {
	id := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c31")
	worth := customer.Worth{AmountMinor: 150_000, ReportingMinor: 128_400}
	return []domain.Event{
		customer.OpportunityOpened{OpportunityID: id, Name: "Lamps for the hall", Product: "lamps", Stage: "qualifying",
			Currency: "EUR", Rate: point(number("0.856")), ReportingCurrency: "GBP",
			AmountMinor: &worth.AmountMinor, ReportingMinor: &worth.ReportingMinor,
			ExpectedCloseOn: point(domain.Day(15064)), Owner: "Eve Example", On: 15034},
		customer.OpportunityMoved{OpportunityID: id, From: "qualifying", Stage: "proposing", On: 15040},
		customer.OpportunityRevalued{OpportunityID: id, Currency: "EUR", Worth: worth, On: 15041},
		customer.OpportunityWon{OpportunityID: id, Currency: "EUR", Worth: worth, On: 15050},
		customer.OpportunityLost{OpportunityID: id, Reason: "price", Competitor: "Bulbs Ltd", On: 15050},
	}
}()
