package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestOpportunities(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	won, lost, open := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	day := func(date string) domain.Day {
		d, err := domain.ParseDay(date)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	tell := func(date string, events ...domain.Event) {
		for _, e := range events {
			w.append(streamOf("ann"), date, e)
		}
		w.settle()
	}
	minor := int64(5_000)
	for _, id := range []uuid.UUID{won, lost, open} {
		tell("2024-01-02", customer.OpportunityOpened{OpportunityID: id, Stage: "prospecting", Currency: "EUR",
			ReportingCurrency: "GBP", AmountMinor: &minor, ReportingMinor: &minor, Owner: "Eve", On: day("2024-01-02")})
	}
	tell("2024-01-05", customer.OpportunityMoved{OpportunityID: won, From: "prospecting", Stage: "proposing",
		On: day("2024-01-05")})
	tell("2024-01-06", customer.OpportunityMoved{OpportunityID: won, From: "proposing", Stage: "qualifying",
		On: day("2024-01-06")}, customer.OpportunityRevalued{OpportunityID: open, Currency: "EUR",
		Worth: customer.Worth{AmountMinor: 7_000, ReportingMinor: 6_000}, On: day("2024-01-06")})
	tell("2024-01-16", customer.OpportunityWon{OpportunityID: won, Currency: "EUR",
		Worth: customer.Worth{AmountMinor: 4_000, ReportingMinor: 3_000}, On: day("2024-01-16")},
		customer.OpportunityLost{OpportunityID: lost, Reason: "price", Competitor: "Bulbs Ltd", On: day("2024-01-16")})
	expect(t, "opportunities", w.text(`SELECT state, stage, amount_minor, reporting_minor, opened_on, closed_on,
		days_open, reason, competitor, owner, steps FROM opportunity ORDER BY opportunity_id`), `
won qualifying 4000 3000 2024-01-02 2024-01-16 14 <nil> <nil> Eve 3
lost prospecting 5000 5000 2024-01-02 2024-01-16 14 price Bulbs Ltd Eve 1
open prospecting 7000 6000 2024-01-02 <nil> <nil> <nil> <nil> Eve 1`)
	expect(t, "stages", w.text(`SELECT step, stage, entered_on, left_on, days_in_stage
		FROM opportunity_stage_history ORDER BY opportunity_id, step`), `
1 prospecting 2024-01-02 2024-01-05 3
2 proposing 2024-01-05 2024-01-06 1
3 qualifying 2024-01-06 2024-01-16 10
1 prospecting 2024-01-02 2024-01-16 14
1 prospecting 2024-01-02 <nil> <nil>`)
	expect(t, "pipeline", w.text(`SELECT day, opened, won, lost, open, value_minor FROM pipeline_daily
		WHERE opened + won + lost > 0 OR day IN ('2024-01-06', '2024-01-10') ORDER BY day`), `
2024-01-02 3 0 0 3 15000
2024-01-06 0 0 0 3 16000
2024-01-10 0 0 0 3 16000
2024-01-16 0 1 1 1 6000`)
	expect(t, "conversion", w.text(`SELECT stage, entered, open, won, lost, round(win_rate, 4)::text,
		round(mean_days_in_stage, 2)::text, median_days_in_stage FROM stage_conversion ORDER BY stage`), `
proposing 1 0 1 0 1.0000 1.00 1
prospecting 3 1 1 1 0.5000 8.50 8.5
qualifying 1 0 1 0 1.0000 10.00 10`)
	expect(t, "sales", w.text(`SELECT month, closed, won, lost, round(win_rate, 2)::text, won_minor,
		round(mean_days_to_win)::text, round(mean_days_to_lose)::text FROM sales_kpi ORDER BY month`), `
2024-01-01 2 1 1 0.50 3000 14 14
<nil> 2 1 1 0.50 3000 14 14`)
	expect(t, "forecast", w.text(`SELECT month, opportunities, unvalued, value_minor, round(weighted_minor)::text
		FROM sales_forecast`), "2024-01-01 1 0 6000 3000")
}
