package facts_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestAgreementInForce(t *testing.T) {
	a, b, ends := uuid.UUID{1}, uuid.UUID{2}, domain.Day(300)
	story := []domaintest.Happening{
		{Event: customer.AgreementSigned{AgreementID: a, StartsOn: 120, EndsOn: &ends}, On: 100},
		{Event: customer.AgreementSigned{AgreementID: b, StartsOn: 110}, On: 110},
		{Event: customer.AgreementEnded{AgreementID: b}, On: 115},
		{Event: customer.AgreementEnded{AgreementID: a, Expired: true}, On: 300},
	}
	fact := facts.Find("agreement_in_force")
	for _, k := range []struct {
		events int
		on     domain.Day
		want   bool
		next   domain.Day // 0 for never
		due    domain.Day
	}{
		{0, 100, false, 0, 0},
		{1, 99, false, 120, 300},
		{1, 119, false, 120, 300},
		{1, 120, true, 0, 300},
		{2, 109, true, 0, 300}, // it begins on the day of its signing, which is not closed
		{3, 114, false, 120, 300},
		{4, 299, false, 0, 0},
	} {
		folded := domaintest.Fold(story[:k.events])
		if got, ok := fact.Value(&folded, k.on, 0); !ok || got != k.want {
			t.Errorf("after %d events, on %d: %v", k.events, k.on, got)
		}
		if next, ok := fact.NextChange(&folded, k.on, 0); ok != (k.next != 0) || ok && next != k.next {
			t.Errorf("after %d events, on %d: next change %d, %v; want %d", k.events, k.on, next, ok, k.next)
		}
		if due, ok := folded.Deadlines.Next(); ok != (k.due != 0) || ok && due != k.due {
			t.Errorf("after %d events: due on %d, %v; want %d", k.events, due, ok, k.due)
		}
	}
}
