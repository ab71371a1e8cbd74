package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Pipeline tells what the open opportunities came to on any day, how they end, and what may come of them. The facts
// are taken by Opportunities, which knows what an opportunity was before.
var Pipeline = Projector{
	Name:   "pipeline",
	Tables: tables{pipelineRows},
	Schema: `
CREATE INDEX ON pipeline_changes (changed_on); -- the pipeline day by day
-- The pipeline at the end of each business day, from the first day with an opportunity to the business date. Opportunities without an amount count, but add no value.
CREATE VIEW pipeline_daily AS
SELECT days.day::date AS day, -- business day
	coalesce(c.opened, 0) AS opened, -- opportunities opened on the day
	coalesce(c.won, 0) AS won, -- opportunities won on the day
	coalesce(c.lost, 0) AS lost, -- opportunities lost on the day
	sum(coalesce(c.opportunities, 0)) OVER (ORDER BY days.day)::bigint AS open, -- opportunities open at its end
	sum(coalesce(c.value_minor, 0)) OVER (ORDER BY days.day)::bigint AS value_minor -- what they come to, minor units of the reporting currency
FROM (SELECT generate_series(min(p.changed_on), greatest(max(p.changed_on), max(b.business_date)), interval '1 day') AS day
	FROM pipeline_changes p CROSS JOIN business_date b) days
LEFT JOIN (SELECT changed_on, sum(opportunities) AS opportunities, sum(value_minor) AS value_minor,
		count(*) FILTER (WHERE what = 'opened') AS opened, count(*) FILTER (WHERE what = 'won') AS won,
		count(*) FILTER (WHERE what = 'lost') AS lost
	FROM pipeline_changes GROUP BY 1) c ON c.changed_on = days.day;
-- How opportunities end that were in a stage, and how long they stay there.
CREATE VIEW stage_conversion AS
SELECT h.stage, -- the stage
	count(DISTINCT (h.customer_id, h.opportunity_id)) AS entered, -- opportunities that ever were in it
	count(DISTINCT (h.customer_id, h.opportunity_id)) FILTER (WHERE o.state = 'open') AS open, -- of them still open, in whatever stage
	count(DISTINCT (h.customer_id, h.opportunity_id)) FILTER (WHERE o.state = 'won') AS won, -- of them won
	count(DISTINCT (h.customer_id, h.opportunity_id)) FILTER (WHERE o.state = 'lost') AS lost, -- of them lost
	count(DISTINCT (h.customer_id, h.opportunity_id)) FILTER (WHERE o.state = 'won')::numeric
		/ nullif(count(DISTINCT (h.customer_id, h.opportunity_id)) FILTER (WHERE o.state IN ('won', 'lost')), 0) AS win_rate, -- won / (won + lost); null before any ended
	avg(h.days_in_stage) AS mean_days_in_stage, -- of the times when they left it, days
	percentile_cont(0.5) WITHIN GROUP (ORDER BY h.days_in_stage) AS median_days_in_stage -- of the times when they left it, days
FROM opportunity_stage_history h JOIN opportunity o USING (customer_id, opportunity_id) GROUP BY 1;
-- What came of opportunities, by the month in which they ended; the row without a month is of all of them.
CREATE VIEW sales_kpi AS
SELECT date_trunc('month', closed_on)::date AS month, -- first day of the month; null for all
	count(*) AS closed, -- opportunities that were won or lost
	count(*) FILTER (WHERE state = 'won') AS won, -- of them won
	count(*) FILTER (WHERE state = 'lost') AS lost, -- of them lost
	count(*) FILTER (WHERE state = 'won')::numeric / count(*) AS win_rate, -- won / closed
	coalesce(sum(reporting_minor) FILTER (WHERE state = 'won'), 0)::bigint AS won_minor, -- what was won, minor units of the reporting currency
	avg(reporting_minor) FILTER (WHERE state = 'won') AS mean_won_minor, -- for each that was won, minor units of the reporting currency
	avg(days_open) FILTER (WHERE state = 'won') AS mean_days_to_win, -- from opening to end, days
	avg(days_open) FILTER (WHERE state = 'lost') AS mean_days_to_lose -- from opening to end, days
FROM opportunity WHERE state IN ('won', 'lost') GROUP BY GROUPING SETS ((1), ()) HAVING count(*) > 0;
-- What the open opportunities may bring, by the month in which their end is expected: on the day expected when they were opened, else after the mean days to win, and no earlier than the business date.
CREATE VIEW sales_forecast AS
SELECT date_trunc('month', o.expected_on)::date AS month, -- first day of the month
	count(*) AS opportunities, -- open
	count(*) FILTER (WHERE o.reporting_minor IS NULL) AS unvalued, -- of them without an amount: they add nothing
	coalesce(sum(o.reporting_minor), 0)::bigint AS value_minor, -- what they come to, minor units of the reporting currency
	sum(o.reporting_minor * o.win_rate) AS weighted_minor, -- each by the win rate of its stage, or of all while none in that stage has ended; minor units of the reporting currency
	avg(o.win_rate) AS mean_win_rate -- of the rates that were taken
FROM (SELECT o.reporting_minor, coalesce(s.win_rate, k.win_rate) AS win_rate,
		greatest(b.business_date, coalesce(o.expected_close_on, o.opened_on + round(k.mean_days_to_win)::integer)) AS expected_on
	FROM opportunity o CROSS JOIN business_date b LEFT JOIN stage_conversion s USING (stage)
	LEFT JOIN sales_kpi k ON k.month IS NULL WHERE o.state = 'open') o
GROUP BY 1;
`,
}

// inPipeline is what an opportunity adds to the pipeline: nothing unless it is open.
func (o *opportunityRow) inPipeline() pipelineShare {
	if o.State != "open" {
		return pipelineShare{}
	}
	share := pipelineShare{stage: o.Stage, opportunities: 1}
	if o.ReportingMinor != nil {
		share.minor = *o.ReportingMinor
	}
	return share
}

type pipelineShare struct {
	stage         string
	opportunities int64
	minor         int64
}

// changePipeline writes down what a fact changed, by stage.
func (f *fold) changePipeline(r domain.Recorded, o *opportunityRow, on domain.Day, what string, before, after pipelineShare) {
	changed := func(stage string, opportunities, minor int64) {
		add(f, pipelineRows, pipelineRow{CustomerID: o.CustomerID, OpportunityID: o.OpportunityID, Position: int64(r.Position), Revision: int64(r.Revision),
			Stage: stage, ChangedOn: on, What: what, Opportunities: opportunities, ValueMinor: minor})
	}
	if before.stage == after.stage {
		changed(after.stage, 0, after.minor-before.minor)
		return
	}
	if before.opportunities > 0 {
		changed(before.stage, -1, -before.minor)
	}
	if after.opportunities > 0 {
		changed(after.stage, 1, after.minor)
	}
}

type pipelineRow struct {
	CustomerID    uuid.UUID  `db:"customer_id,key" note:"who may buy"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
	OpportunityID uuid.UUID  `db:"opportunity_id,key" note:"the opportunity"`
	Position      int64      `db:"position,key" note:"place in the log of the fact"`
	Revision      int64      `db:"revision" note:"of the customer's stream"`
	Stage         string     `db:"stage,key" note:"in which the pipeline changed"`
	ChangedOn     domain.Day `db:"changed_on" note:"business day"`
	What          string     `db:"what" among:"opened,moved,revalued,won,lost,erased" note:"what happened"`
	Opportunities int64      `db:"opportunities" note:"more in the stage, fewer if negative"`
	ValueMinor    int64      `db:"value_minor" note:"more in the stage, less if negative, minor units of the reporting currency"`
}

var pipelineRows = added[pipelineRow]("pipeline_changes",
	"What each fact about an opportunity changed in the pipeline: one row for each stage that it concerns. The sum up to a day is the pipeline of that day.")
