package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestWork(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("to_do", 1, "recommendations_open > 0 || handovers_open > 0")
	w.register("ann", "2024-01-01")
	due := dayOn(t, "2024-01-05")
	a, b, c := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	issued := customer.RecommendationIssued{Assignee: "bob", Action: "call", Reason: "quiet", DueOn: due}
	for i, id := range []uuid.UUID{a, b, c} {
		issued.RecommendationID, issued.DueOn = id, issued.DueOn+1
		if i == 2 {
			issued.Evidence = []string{"no purchase in 90 days"}
		}
		w.append(streamOf("ann"), "2024-01-02", issued)
	}
	w.append(streamOf("ann"), "2024-01-02 10:00", customer.HandedOver{HandoverID: a, From: "sales", To: "service", What: "install"},
		customer.HandedOver{HandoverID: b, From: "service", To: "sales", What: "renew"})
	w.settle()
	expect(t, "to do", w.text("SELECT valid_from, valid_to FROM segment_membership"), "\n2024-01-02 <nil>")
	w.append(streamOf("ann"), "2024-01-03", customer.RecommendationAccepted{RecommendationID: a})
	w.append(streamOf("ann"), "2024-01-03 11:30", customer.HandoverAccepted{HandoverID: a})
	w.append(streamOf("ann"), "2024-01-07 23:59", customer.RecommendationOverdue{RecommendationID: b})
	w.append(streamOf("ann"), "2024-01-09", customer.RecommendationDismissed{RecommendationID: b, Reason: "moved"})
	w.settle()
	expect(t, "recommendations", w.text(`SELECT assignee, state, due_on, overdue, answered_on, dismissed_because, evidence
		FROM recommendation ORDER BY recommendation_id`), `
bob accepted 2024-01-06 false 2024-01-03 <nil> []
bob dismissed 2024-01-07 true 2024-01-09 moved []
bob open 2024-01-08 false <nil> <nil> [no purchase in 90 days]`)
	expect(t, "hand-overs", w.text(`SELECT from_department, to_department, what,
		(extract(epoch FROM accepted_at - handed_over_at) / 3600)::float8 FROM handovers ORDER BY handover_id`), `
sales service install 25.5
service sales renew <nil>`)
	next, err := w.reader.Due(w.ctx, due+30)
	if err != nil || next[who("ann")] != due+3 {
		t.Errorf("due: %v, %v", next, err)
	}
	w.append(streamOf("ann"), "2024-01-10", customer.RecommendationAccepted{RecommendationID: c},
		customer.HandoverAccepted{HandoverID: b})
	w.settle()
	expect(t, "to do", w.text("SELECT valid_from, valid_to FROM segment_membership"), "\n2024-01-02 2024-01-10")
	if next, err := w.reader.Due(w.ctx, due+30); err != nil || len(next) != 0 {
		t.Errorf("due when all is done: %v, %v", next, err)
	}
}
