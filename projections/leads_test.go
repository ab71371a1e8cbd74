package projections

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestLeads(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("wooed", 1, "leads_open > 0 && days_since_lead < 30")
	w.register("ann", "2024-01-01")
	at := func(hour int) time.Time { return time.Date(2024, 1, 2, hour, 0, 0, 0, time.UTC) }
	score, opportunity := 80, uuid.UUID{9}
	for i, source := range []string{"fair", "fair", "fair", "form"} {
		w.append(streamOf("ann"), "2024-01-02", customer.LeadCaptured{LeadID: uuid.UUID{byte(i + 1)}, LeadSource: source,
			Campaign: "spring", At: at(9)})
	}
	w.settle()
	w.append(streamOf("ann"), "2024-01-02",
		customer.LeadQualified{LeadID: uuid.UUID{1}, Score: &score, Reason: "has a budget", At: at(10)},
		customer.LeadQualified{LeadID: uuid.UUID{2}, At: at(12)},
		customer.LeadAccepted{LeadID: uuid.UUID{1}, OpportunityID: &opportunity, At: at(15)},
		customer.LeadRejected{LeadID: uuid.UUID{2}, Reason: "no budget", At: at(16)})
	w.settle()
	expect(t, "leads", w.text(`SELECT source, campaign, status, score, qualified_because, rejected_because,
		opportunity_id = $1, qualification_hours, handover_hours FROM lead ORDER BY lead_id`, [16]byte(opportunity)), `
fair spring accepted 80 has a budget <nil> true 1 5
fair spring rejected <nil> <nil> no budget <nil> 3 <nil>
fair spring captured <nil> <nil> <nil> <nil> <nil> <nil>
form spring captured <nil> <nil> <nil> <nil> <nil> <nil>`)
	expect(t, "funnel", w.text(`SELECT source, captured, qualified, accepted, rejected, open, opportunities,
		round(qualification_rate, 2)::text, acceptance_rate::float8, round(rejection_rate, 2)::text,
		median_qualification_hours, median_handover_hours FROM lead_funnel ORDER BY source`), `
fair 3 2 1 1 1 1 0.67 0.5 0.33 2 5
form 1 0 0 0 1 0 0.00 <nil> 0.00 <nil> <nil>`)
	expect(t, "wooed", w.text("SELECT valid_from, valid_to FROM segment_membership"), "\n2024-01-02 <nil>")
	w.closeDay("2024-02-01")
	w.settle()
	expect(t, "no more", w.text("SELECT valid_from, valid_to FROM segment_membership"), "\n2024-01-02 2024-02-01")
}
