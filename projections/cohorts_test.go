package projections

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/customer"
)

const retention = `SELECT cohort_month, period_index, cohort_size, active, retention_rate::float8, revenue_minor,
	revenue_retention::float8, complete FROM cohort_retention ORDER BY 1, 2`

func TestCohorts(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.append(streamOf("ann"), "2023-12-31", refunded(999)) // before she ever bought: of no cohort
	w.buys("ann", "2024-01-10", 1000)
	w.buys("ann", "2024-01-20", 500)
	w.buys("bob", "2024-01-31", 1500)
	w.buys("ann", "2024-03-01", 600)
	w.append(streamOf("bob"), "2024-03-05", refunded(300))
	w.buys("cyd", "2024-03-31", 4000)
	w.closeDay("2024-03-31")
	w.settle()
	expect(t, "retention", w.text(retention), `
2024-01-01 0 2 2 1 3000 1 true
2024-01-01 1 2 0 0 0 0 true
2024-01-01 2 2 1 0.5 300 0.1 true
2024-03-01 0 1 1 1 4000 1 true`)
	w.buys("cyd", "2024-02-29", 100) // recorded late: her cohort is another
	w.buys("bob", "2024-04-01", 700)
	w.settle()
	expect(t, "months", w.text("SELECT * FROM cohort_months ORDER BY 1, 2"), `
2024-01-01 2024-01-01 2 3000 0
2024-01-01 2024-03-01 1 600 300
2024-01-01 2024-04-01 1 700 0
2024-02-01 2024-02-01 1 100 0
2024-02-01 2024-03-01 1 4000 0`)
	expect(t, "open months", w.text("SELECT cohort_month, active FROM cohort_retention WHERE NOT complete ORDER BY 1"),
		"2024-01-01 1\n2024-02-01 0")
}

// Whoever is merged counts as the survivor, and as themselves again after the split.
func TestCohortsOfTheMerged(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.PageEvents = 3 })
	w.start()
	w.register("ann", "2024-01-01")
	w.register("anna", "2024-01-01")
	w.buys("ann", "2024-01-10", 1000)
	w.buys("anna", "2024-02-10", 500)
	w.buys("anna", "2024-03-10", 300)
	w.settle()
	before := w.checksums()
	w.append(streamOf("anna"), "2024-03-11", customer.Merged{Into: who("ann")})
	w.settle()
	const months = "SELECT * FROM cohort_months ORDER BY 1, 2"
	expect(t, "merged", w.text(months), `
2024-01-01 2024-01-01 1 1000 0
2024-01-01 2024-02-01 1 500 0
2024-01-01 2024-03-01 1 300 0`)
	w.buys("anna", "2024-03-12", 70) // recorded of her, counts for who stands for her
	w.settle()
	expect(t, "merged on", w.text("SELECT active, gross_revenue_minor FROM cohort_months WHERE month = '2024-03-01'"), "1 370")
	w.append(streamOf("anna"), "2024-03-13", customer.SplitOff{From: who("ann")})
	w.append(streamOf("anna"), "2024-03-14", refunded(70))
	w.settle()
	expect(t, "split", w.text(months), `
2024-01-01 2024-01-01 1 1000 0
2024-02-01 2024-02-01 1 500 0
2024-02-01 2024-03-01 1 370 70`)
	after := w.checksums()
	if before["cohort_months"] == after["cohort_months"] {
		t.Error("the checksum does not tell the purchase after the merge")
	}
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(after, w.checksums()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}
