package facts_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestPipeline(t *testing.T) {
	minor := int64(12_345)
	open := func(n byte, minor *int64) domaintest.Happening {
		return domaintest.Happening{Event: customer.OpportunityOpened{OpportunityID: uuid.UUID{n},
			ReportingCurrency: "EUR", ReportingMinor: minor}}
	}
	history := []domaintest.Happening{open(1, &minor), open(2, &minor), open(3, nil), open(4, &minor),
		{Event: customer.OpportunityRevalued{OpportunityID: uuid.UUID{3}, Worth: customer.Worth{ReportingMinor: 55}}},
		{Event: customer.OpportunityWon{OpportunityID: uuid.UUID{1}}},
		{Event: customer.OpportunityLost{OpportunityID: uuid.UUID{2}}},
		{Event: customer.OpportunityRevalued{OpportunityID: uuid.UUID{2}, Worth: customer.Worth{ReportingMinor: 7}}},
	}
	c := domaintest.Fold(history)
	for name, want := range map[string]any{"opportunities_open": int64(2), "opportunities_won": int64(1),
		"opportunities_lost": int64(1), "pipeline_value": 124.0} {
		if got, ok := facts.Find(name).Value(&c, 0, 0); !ok || got != want {
			t.Errorf("%s is %v, %t; want %v", name, got, ok, want)
		}
	}
}
