package projections

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// The purchases are those of the test suites of the field's libraries, as are the figures that they come to.
func TestFiguresOfTheFieldsConvention(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for _, b := range []struct {
		name, on string
		amount   int64
	}{{"1", "2015-01-01", 1}, {"1", "2015-02-06", 2}, {"2", "2015-01-01", 2}, {"3", "2015-01-01", 3}, {"3", "2015-01-02", 1},
		{"3", "2015-01-05", 5}, {"4", "2015-01-16", 6}, {"4", "2015-02-02", 3}, {"4", "2015-02-05", 3}, {"4", "2015-02-05", 6},
		{"5", "2015-01-16", 3}, {"5", "2015-01-17", 1}, {"5", "2015-01-18", 8}, {"6", "2015-02-02", 5}} {
		w.buys(b.name, b.on, 100*b.amount)
	}
	w.closeDay("2015-02-07")
	w.settle()
	const of = "SELECT frequency, t_x, t_age, monetary_value_minor::float8 FROM customer_value WHERE customer_id = $1"
	for name, want := range map[string]string{"1": "1 36 37 200", "2": "0 0 37 0", "3": "2 4 37 300", "4": "2 20 22 600",
		"5": "2 2 22 450", "6": "0 0 5 0"} {
		expect(t, "customer "+name, w.text(of, [16]byte(who(name))), want)
	}
	expect(t, "the scores' figures", w.text(`SELECT recency_days, frequency, monetary_minor FROM rfm WHERE customer_id = $1`,
		[16]byte(who("4"))), "2 2 1800")
}

func (w *world) publishRFM(version int, s policy.RFM) {
	w.append(policy.Stream(policy.RFMName), "2024-01-01", policy.Published{Policy: policy.RFMName, Version: version, RFM: &s})
}

// ranked is the scores by the definition: how many are better.
const ranked = `SELECT customer_id, g - g * (rank() OVER (ORDER BY recency_days) - 1) / n AS r,
	g - g * (rank() OVER (ORDER BY frequency DESC) - 1) / n AS f,
	g - g * (rank() OVER (ORDER BY monetary_minor DESC) - 1) / n AS m
	FROM rfm, (SELECT count(*) AS n, $1::bigint AS g FROM rfm) AS all_of_them`

func TestScoresAreExactRanks(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("nobody", "2024-01-01") // who never bought has no rank
	check := func(customers, groups int) {
		t.Helper()
		expect(t, fmt.Sprintf("%d customers in %d groups", customers, groups), w.text(`SELECT count(*),
			count(*) FILTER (WHERE (r_score, f_score, m_score) = (r, f, m) AND rfm_score = 100 * r + 10 * f + m
				AND fm_score = ceil((f + m) / 2.0)), max(r_score) FROM rfm JOIN (`+ranked+`) ranked USING (customer_id)`, groups),
			fmt.Sprint(customers, customers, groups))
	}
	days := []string{"2024-01-05", "2024-02-05", "2024-02-20", "2024-03-05"}
	for i := range 43 {
		name := fmt.Sprint(i)
		for n := range 1 + i*i%4 {
			w.buys(name, days[(i+n)%4], int64(100*(i*7%11)))
		}
		if i%9 == 5 {
			w.append(streamOf(name), "2024-03-06", refunded(5000))
		}
		if i < 7 || i == 42 {
			w.settle()
			check(i+1, 5)
		}
	}
	w.closeDay("2025-03-06") // recency grows for all alike
	w.publishRFM(1, policy.RFM{Groups: 4, Segments: [][]string{{"a", "b", "c", "d"}, {"e", "f", "g", "h"},
		{"i", "j", "k", "l"}, {"m", "n", "o", "p"}}})
	w.settle()
	check(43, 4)
	expect(t, "cells", w.text(`SELECT count(*), max(scheme_version) FROM rfm
		WHERE rfm_segment <> substr('abcdefghijklmnop', (4 * (r_score - 1) + fm_score)::integer, 1)`), "0 <nil>")
	w.append(streamOf("6"), "2025-03-07", customer.Merged{Into: who("5")})
	w.settle()
	check(42, 4)
	sums := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if got := w.checksums(); got["rfm"] != sums["rfm"] || got["rfm_figures"] != sums["rfm_figures"] {
		t.Errorf("rebuilt: %s, %s; before: %s, %s", got["rfm"], got["rfm_figures"], sums["rfm"], sums["rfm_figures"])
	}
}

// The plan is what keeps the view fast with a million customers: the scores' ends are found on the indexes, and
// the figures are read once.
func TestScoresAreFoundOnTheIndexes(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.buys("ann", "2024-01-05", 100)
	w.settle()
	w.query(`INSERT INTO rfm_figures SELECT gen_random_uuid(), date '2020-01-01' + i % 900, i % 7 + 1, i % 977 FROM generate_series(1, 20000) i`)
	w.query("ANALYZE rfm_figures")
	var scans []string
	for _, line := range w.query("EXPLAIN (COSTS OFF) SELECT rfm_segment, count(*) FROM rfm GROUP BY 1") {
		for _, index := range []string{"last_purchase_on", "purchase_days", "net_revenue_minor"} {
			if scan := "Index Only Scan Backward using rfm_figures_" + index + "_customer_id_idx"; strings.Contains(line[0].(string), scan) {
				scans = append(scans, index)
			}
		}
		if strings.Contains(line[0].(string), "Seq Scan on rfm_figures") {
			scans = append(scans, "all")
		}
		if strings.Contains(line[0].(string), "Sort Key: rfm_figures") {
			t.Errorf("sorted: %v", line)
		}
	}
	slices.Sort(scans)
	if want := []string{"all", "last_purchase_on", "net_revenue_minor", "purchase_days"}; !slices.Equal(slices.Compact(scans), want) {
		t.Errorf("scans %v, want %v", scans, want)
	}
}
