package main

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLongPublishedFigures imports public data sets through the running system and finds in its tables the figures that
// are published of them, or were computed independently from the files.
func TestLongPublishedFigures(t *testing.T) {
	data := filepath.Dir(filepath.Dir(onlineRetail(t)))
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	sets := []struct{ preset, folder string }{{"hillstrom", "hillstrom"}, {"equipment", "azure_pdm"},
		{"crm-opportunities", "crm_sales"}, {"servqual", "servqual_kiosk"}, {"kano", "servqual_kiosk"}}
	for _, s := range sets {
		p.rapport("import", "--preset", s.preset, filepath.Join(data, s.folder))
	}
	want := p.settled()

	expect(t, "the e-mail test: people, visits %, conversions %, spend a head", p.sql(`SELECT cell, people,
		round(100 * visit_rate, 3)::text, round(100 * conversion_rate, 4)::text, round(spend_per_head_minor / 100, 4)::text
		FROM crm.campaign_result ORDER BY people`),
		"control|21306|10.617|0.5726|0.6528", "mens|21307|18.276|1.2531|1.4226", "womens|21387|15.140|0.8837|1.0772")
	// The p-values were computed apart, with the erfc of Python's library: of two proportions, pooled, and by Welch.
	expect(t, "its lifts are no chance", p.sql(`SELECT cell, messages, round(lift_z::numeric, 3)::text,
		trim(to_char(p_value, '9.999EEEE')), trim(to_char(visit_p_value, '9.999EEEE')), round(spend_lift_minor, 3)::text,
		trim(to_char(spend_p_value, '9.999EEEE')) FROM crm.campaign_result WHERE NOT control ORDER BY visits DESC`),
		"mens|21307|7.385|1.523e-13|5.685e-112|76.983|1.157e-07", "womens|21387|3.780|1.571e-04|3.182e-44|42.441|1.128e-03")
	expect(t, "machines", p.sql(`SELECT count(*) FROM crm.assets`), "100")
	expect(t, "their errors", p.sql(`SELECT count(*) FROM crm.defects`), "3919")
	expect(t, "maintenance", p.sql(`SELECT sum(preventive + reactive)::text, sum(reactive)::text, sum(breakdowns)::text,
		count(*) FILTER (WHERE breakdowns > 0) FROM crm.breakdown_stats`), "3286|743|761|98")
	expect(t, "days between failures", p.sql(`SELECT round(sum(span_days) / sum(gaps), 2)::text FROM crm.breakdown_stats`), "46.26")
	expect(t, "opportunities", p.sql(`SELECT state, count(*) FROM crm.opportunity GROUP BY 1 ORDER BY 1`),
		"lost|2473", "open|2089", "won|4238")
	expect(t, "in their stages", p.sql(`SELECT stage, count(*) FROM crm.opportunity WHERE state = 'open' GROUP BY 1 ORDER BY 1`),
		"engaging|1589", "prospecting|500")
	expect(t, "sales", p.sql(`SELECT won, lost, round(100 * win_rate, 2)::text, round(mean_days_to_win, 2)::text,
		round(mean_days_to_lose, 2)::text, won_minor / 100 FROM crm.sales_kpi WHERE month IS NULL`),
		"4238|2473|63.15|51.78|41.48|10005534")
	expect(t, "the pipeline at last", p.sql(`SELECT open, sum_won FROM crm.pipeline_daily, (SELECT sum(won)::text AS sum_won
		FROM crm.pipeline_daily) s ORDER BY day DESC LIMIT 1`), "2089|4238")
	expect(t, "SERVQUAL", p.sql(`SELECT round(expectation, 3)::text, round(perception, 3)::text, round(gap, 3)::text
		FROM crm.servqual_score WHERE level = 'all'`), "5.974|4.872|-1.102")
	expect(t, "SERVQUAL's answers", p.sql(`SELECT count(*) FROM crm.surveys WHERE kind = 'servqual'`), "207")
	expect(t, "the worst items", p.sql(`SELECT item, round(gap, 3)::text FROM crm.servqual_score WHERE level = 'item' ORDER BY gap LIMIT 3`),
		"23|-1.981", "15|-1.942", "16|-1.850")
	expect(t, "the better ones", p.sql(`SELECT item, round(gap, 3)::text FROM crm.servqual_score WHERE level = 'item' AND gap > 0 ORDER BY gap`),
		"5|0.010", "4|0.280")
	expect(t, "Kano", p.sql(`SELECT category, count(*) FROM crm.kano_category GROUP BY 1 ORDER BY 1`), "A|10", "I|4", "M|9", "O|6")
	expect(t, "three features", p.sql(`SELECT item, category, must_be, one_dimensional, attractive, indifferent, questionable,
		round(better, 4)::text, round(worse, 4)::text FROM crm.kano_category WHERE item IN ('1', '2', '20') ORDER BY item::integer`),
		"1|M|90|52|43|21|1|0.4612|-0.6893", "2|M|117|62|13|9|4|0.3731|-0.8905", "20|A|23|37|121|23|1|0.7745|-0.2941")

	for _, s := range sets {
		again := importReport(t, p.rapport("import", "--json", "--preset", s.preset, filepath.Join(data, s.folder)))
		if again.EventsAppended != 0 || len(again.Refused) != 0 {
			t.Errorf("%s again: %+v", s.preset, again)
		}
	}
	p.rapport("projections", "rebuild")
	if diff := cmp.Diff(want, p.settled()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}
