package commands

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestAnInsightRestsOnWhatHappened(t *testing.T) {
	s := newService(newLog(t))
	insight := func(evidence ...int64) request {
		return of(customer.RecordInsight{InsightID: uuid.UUID{1}, Statement: "drinks tea", Evidence: evidence})
	}
	refused(t, s, insight(0), customer.ErrUnknown)
	handle(t, s, of(register()))
	refused(t, s, insight(0, 1), customer.ErrInsightEvent)
	results := s.Customers.HandleAll(t.Context(), customer.Stream(alice), []request{of(purchase(1)), insight(0, 1)})
	for _, r := range results {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}
	if a := handle(t, s, insight(0, 1)); a.Appended != 0 {
		t.Errorf("concluded twice: %+v", a)
	}
	refused(t, s, insight(1, 0), ErrToldOtherwise)
}
