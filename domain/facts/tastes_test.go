package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestTastes(t *testing.T) {
	type spent struct {
		category string
		minor    int64
	}
	bought := func(lines ...spent) domaintest.Happening {
		e := customer.PurchaseRecorded{ReportingCurrency: "EUR"}
		for _, l := range lines {
			e.Lines = append(e.Lines, customer.PurchasedLine{Line: customer.Line{Category: l.category}, ReportingMinor: l.minor})
		}
		return domaintest.Happening{On: 100, Event: e}
	}
	for name, c := range map[string]struct {
		history    []domaintest.Happening
		categories []string
		favourite  any
	}{
		"nothing bought":            {nil, []string{}, nil},
		"nothing of a category":     {[]domaintest.Happening{bought(spent{"", 900})}, []string{}, nil},
		"one category":              {[]domaintest.Happening{bought(spent{"tea", 1})}, []string{"tea"}, "tea"},
		"what is given away counts": {[]domaintest.Happening{bought(spent{"tea", 0})}, []string{"tea"}, "tea"},
		"of equal ones the first by name": {[]domaintest.Happening{bought(spent{"tea", 500}, spent{"coffee", 500}, spent{"", 900})},
			[]string{"coffee", "tea"}, "coffee"},
		"lines and purchases add up": {[]domaintest.Happening{bought(spent{"tea", 300}, spent{"coffee", 500}, spent{"tea", 100}),
			bought(spent{"tea", 101})}, []string{"coffee", "tea"}, "tea"},
	} {
		t.Run(name, func(t *testing.T) {
			folded := domaintest.Fold(c.history)
			categories, _ := facts.Find("categories").Value(&folded, 100, 0)
			var favourite any
			if v, ok := facts.Find("favourite_category").Value(&folded, 100, 0); ok {
				favourite = v
			}
			if diff := cmp.Diff([]any{c.categories, c.favourite}, []any{categories, favourite}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMaintenanceThatComes(t *testing.T) {
	first, second := uuid.UUID{1}, uuid.UUID{2}
	folded := domaintest.Fold([]domaintest.Happening{
		{On: 100, Event: customer.MaintenanceScheduled{MaintenanceID: first, DueOn: 120}},
		{On: 100, Event: customer.MaintenanceScheduled{MaintenanceID: second, DueOn: 140}},
		{On: 100, Event: customer.PromiseMade{PromiseID: first, DueOn: 110}}, // falls due too, but is no maintenance
	})
	comes := facts.Find("maintenance_due_in")
	for on, want := range map[domain.Day]struct {
		plans int64
		next  domain.Day
	}{100: {0, 106}, 105: {0, 106}, 106: {1, 126}, 125: {1, 126}, 126: {2, 0}} {
		n, _ := comes.Value(&folded, on, 14)
		if next, _ := comes.NextChange(&folded, on, 14); n != want.plans || next != want.next {
			t.Errorf("on day %d: %v plans, until %d; want %v", on, n, next, want)
		}
	}
	folded.Apply(domain.Recorded{Event: customer.MaintenancePerformed{MaintenanceID: first}}, 110)
	if n, _ := comes.Value(&folded, 126, 14); n != int64(1) {
		t.Errorf("%v plans after one was performed", n)
	}
}
