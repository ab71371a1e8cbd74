package projections

import (
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestInsights(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("understood", 1, "insights > 0")
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 100)
	moves, drinks := uuid.UUID{1}, uuid.UUID{2}
	w.append(streamOf("ann"), "2024-01-03",
		customer.InsightRecorded{InsightID: moves, Statement: "moves", Kind: "need", Confidence: decimal.MustParse("0.7"),
			Links: []string{"minutes/17"}},
		customer.InsightRecorded{InsightID: drinks, Statement: "drinks tea", Confidence: decimal.One, Evidence: []int64{0, 1}})
	w.settle()
	expect(t, "evidence", w.text(`SELECT statement, type FROM insight_evidence JOIN insights USING (customer_id, insight_id)
		JOIN customer_timeline USING (customer_id, revision) ORDER BY revision`), `
drinks tea customer.registered.v1
drinks tea customer.purchase_recorded.v1`)
	w.append(streamOf("ann"), "2024-01-04", customer.InsightRetracted{InsightID: moves, Reason: "the neighbour does"})
	w.settle()
	expect(t, "insights", w.text(`SELECT statement, kind, confidence::text, links->>0, recorded_on, retracted_on, reason
		FROM insights ORDER BY insight_id`), `
moves need 0.7 minutes/17 2024-01-03 2024-01-04 the neighbour does
drinks tea <nil> 1 <nil> 2024-01-03 <nil> <nil>`)
	expect(t, "understood", w.text("SELECT count(*) FROM segment_membership WHERE valid_to IS NULL"), "1")
}
