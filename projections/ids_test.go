package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestIDsOfEvents(t *testing.T) {
	one, two := uuid.UUID{1}, uuid.UUID{2}
	for _, c := range []struct {
		event domain.Event
		want  string
	}{
		{customer.Registered{}, `{}`},
		{customer.PurchaseRecorded{PurchaseID: one}, `{"purchase_id":"` + one.String() + `"}`},
		{customer.CaseOpened{CaseID: one, RepeatOf: &two}, `{"case_id":"` + one.String() + `","repeat_of":"` + two.String() + `"}`},
	} {
		if got := string(idsOf(c.event)); got != c.want {
			t.Errorf("%s: %s, want %s", c.event.EventType(), got, c.want)
		}
	}
}
