package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Opportunities keeps the sales that may come about, through their stages to their end.
var Opportunities = Projector{
	Name:   "opportunities",
	Tables: tables{opportunityRows, stageRows},
	Schema: `
CREATE INDEX ON opportunity (state, stage); -- the pipeline by stage
CREATE INDEX ON opportunity (closed_on); -- what was won and lost in a span of days
CREATE INDEX ON opportunity (opened_on); -- the opportunities of a span of days
CREATE INDEX ON opportunity (owner, opened_on) WHERE owner IS NOT NULL; -- the opportunities of a colleague
CREATE INDEX ON opportunity_stage_history (stage); -- all that went through a stage
`,
	On: []Handler{
		On(func(e customer.OpportunityOpened, r domain.Recorded, p *fold) error {
			return p.changeOpportunity(r, e.OpportunityID, e.On, "opened", func(row *opportunityRow) error {
				row.Name, row.Product, row.Owner = optional(e.Name), optional(e.Product), optional(e.Owner)
				row.State, row.Currency, row.ReportingCurrency = "open", e.Currency, e.ReportingCurrency
				row.AmountMinor, row.ReportingMinor = e.AmountMinor, e.ReportingMinor
				row.OpenedOn, row.ExpectedCloseOn = e.On, e.ExpectedCloseOn
				row.Department = optional(r.Metadata.Department)
				return p.enterStage(row, e.Stage, e.On)
			})
		}),
		On(func(e customer.OpportunityMoved, r domain.Recorded, p *fold) error {
			return p.changeOpportunity(r, e.OpportunityID, e.On, "moved", func(row *opportunityRow) error {
				if err := p.leaveStage(row, e.On); err != nil {
					return err
				}
				return p.enterStage(row, e.Stage, e.On)
			})
		}),
		On(func(e customer.OpportunityRevalued, r domain.Recorded, p *fold) error {
			return p.changeOpportunity(r, e.OpportunityID, e.On, "revalued", func(row *opportunityRow) error {
				row.AmountMinor, row.ReportingMinor = &e.AmountMinor, &e.ReportingMinor
				return nil
			})
		}),
		On(func(e customer.OpportunityWon, r domain.Recorded, p *fold) error {
			return p.changeOpportunity(r, e.OpportunityID, e.On, "won", func(row *opportunityRow) error {
				row.State, row.AmountMinor, row.ReportingMinor = "won", &e.AmountMinor, &e.ReportingMinor
				return p.endOpportunity(row, e.On)
			})
		}),
		On(func(e customer.OpportunityLost, r domain.Recorded, p *fold) error {
			return p.changeOpportunity(r, e.OpportunityID, e.On, "lost", func(row *opportunityRow) error {
				row.State, row.Reason, row.Competitor = "lost", optional(e.Reason), optional(e.Competitor)
				return p.endOpportunity(row, e.On)
			})
		}),
		On(func(_ customer.Erased, r domain.Recorded, p *fold) error {
			return each(p, opportunityRows, func(row *opportunityRow) error {
				if row.State != "open" {
					return nil
				}
				before, on := row.inPipeline(), max(p.day, row.OpenedOn)
				row.State = "erased"
				err := p.endOpportunity(row, on)
				p.changePipeline(r, row, on, "erased", before, row.inPipeline())
				return err
			})
		}),
	},
}

// changeOpportunity changes an opportunity, and the pipeline by what that makes of it.
func (f *fold) changeOpportunity(r domain.Recorded, id uuid.UUID, on domain.Day, what string,
	change func(*opportunityRow) error) error {
	row := rowOf(f, opportunityRows, opportunityKey{f.id, id})
	before := row.inPipeline()
	if err := change(row); err != nil {
		return err
	}
	f.changePipeline(r, row, on, what, before, row.inPipeline())
	return nil
}

func (f *fold) enterStage(o *opportunityRow, stage string, on domain.Day) error {
	o.Stage = stage
	o.Steps++
	step := rowOf(f, stageRows, stageKey{o.CustomerID, o.OpportunityID, o.Steps})
	step.Stage, step.EnteredOn = stage, on
	return nil
}

func (f *fold) leaveStage(o *opportunityRow, on domain.Day) error {
	step := rowOf(f, stageRows, stageKey{o.CustomerID, o.OpportunityID, o.Steps})
	days := int64(on - step.EnteredOn)
	step.LeftOn, step.DaysInStage = &on, &days
	return nil
}

func (f *fold) endOpportunity(row *opportunityRow, on domain.Day) error {
	days := int64(on - row.OpenedOn)
	row.ClosedOn, row.DaysOpen = &on, &days
	return f.leaveStage(row, on)
}

type opportunityRow struct {
	CustomerID        uuid.UUID       `db:"customer_id,key" note:"who may buy"`
	RecordedFor       *uuid.UUID      `db:"recorded_for"`
	OpportunityID     uuid.UUID       `db:"opportunity_id,key" note:"the opportunity"`
	Name              *string         `db:"name" note:"Personal: what people call it"`
	Product           *string         `db:"product" note:"what it is about"`
	Owner             *string         `db:"owner" note:"who works on it"`
	State             string          `db:"state" among:"open,won,lost,erased" note:"open, won or lost; erased where it was open when the customer was erased"`
	Stage             string          `db:"stage" note:"the stage that it is in, or was in at its end"`
	Currency          domain.Currency `db:"currency" note:"of the amount, ISO 4217"`
	AmountMinor       *int64          `db:"amount_minor" note:"what it comes to, or was won for, minor units of currency; null where unknown"`
	ReportingCurrency domain.Currency `db:"reporting_currency" note:"of the books, ISO 4217"`
	ReportingMinor    *int64          `db:"reporting_minor" note:"the same in minor units of the reporting currency"`
	OpenedOn          domain.Day      `db:"opened_on" note:"business day on which it was opened"`
	ExpectedCloseOn   *domain.Day     `db:"expected_close_on" note:"business day on which its end was expected when it was opened"`
	ClosedOn          *domain.Day     `db:"closed_on" note:"business day on which it was won or lost, or the customer erased"`
	DaysOpen          *int64          `db:"days_open" note:"days from opening to end; null while it is open"`
	Reason            *string         `db:"reason" note:"Personal: why it was lost"`
	Competitor        *string         `db:"competitor" note:"to whom it was lost"`
	Steps             int64           `db:"steps" note:"stages that it went through, counted each time"`
	Department        *string         `db:"department" note:"that opened it"`
}

type stageRow struct {
	CustomerID    uuid.UUID   `db:"customer_id,key" note:"who may buy"`
	RecordedFor   *uuid.UUID  `db:"recorded_for"`
	OpportunityID uuid.UUID   `db:"opportunity_id,key" note:"the opportunity"`
	Step          int64       `db:"step,key" note:"number within the opportunity, from 1"`
	Stage         string      `db:"stage" note:"the stage"`
	EnteredOn     domain.Day  `db:"entered_on" note:"business day on which it came into the stage"`
	LeftOn        *domain.Day `db:"left_on" note:"business day on which it left the stage, or ended; null while it is there"`
	DaysInStage   *int64      `db:"days_in_stage" note:"days from the one to the other; null while it is there"`
}

type (
	opportunityKey struct{ customer, opportunity uuid.UUID }
	stageKey       struct {
		customer, opportunity uuid.UUID
		step                  int64
	}
)

var (
	opportunityRows = keyedRows("opportunity",
		"Every opportunity: a sale that may come about.", func(k opportunityKey) opportunityRow {
			return opportunityRow{CustomerID: k.customer, OpportunityID: k.opportunity}
		})
	stageRows = keyedRows("opportunity_stage_history",
		"Every stage that an opportunity went through, one row each time.", func(k stageKey) stageRow {
			return stageRow{CustomerID: k.customer, OpportunityID: k.opportunity, Step: k.step}
		})
)
