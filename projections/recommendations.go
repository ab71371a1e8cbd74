package projections

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Work keeps what colleagues should do for customers, and what departments handed over to each other.
var Work = Projector{
	Name:   "work",
	Tables: tables{recommendationRows, handoverRows},
	Schema: `
CREATE INDEX ON recommendation (guidance, guidance_version) WHERE guidance IS NOT NULL; -- what came of a guidance
CREATE INDEX ON recommendation (assignee, due_on) WHERE state = 'open'; -- the work list of a colleague
CREATE INDEX ON handovers (to_department) WHERE accepted_at IS NULL AND erased_on IS NULL; -- what waits to be taken over by a department
CREATE INDEX ON handovers (handed_over_at); -- the work handed over in a span of time
`,
	On: []Handler{
		On(func(e customer.RecommendationIssued, r domain.Recorded, p *fold) error {
			evidence, err := json.Marshal(append([]string{}, e.Evidence...))
			if err != nil {
				return fmt.Errorf("write down the evidence: %w", err)
			}
			return p.recommendation(e.RecommendationID, func(row *recommendationRow) {
				row.Assignee, row.Action, row.Reason, row.Evidence = e.Assignee, e.Action, e.Reason, evidence
				row.IssuedOn, row.DueOn, row.State = p.day, e.DueOn, "open"
				row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
				row.IssuedAt, row.Revision, row.Position = r.Metadata.OccurredAt, int64(r.Revision), int64(r.Position)
				row.guided(e.Guided)
			})
		}),
		On(func(e customer.RecommendationAccepted, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.recommendation(e.RecommendationID, func(row *recommendationRow) {
				row.State, row.AnsweredOn = "accepted", &on
			})
		}),
		On(func(e customer.RecommendationDismissed, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.recommendation(e.RecommendationID, func(row *recommendationRow) {
				row.State, row.AnsweredOn, row.DismissedBecause = "dismissed", &on, optional(e.Reason)
			})
		}),
		On(func(e customer.RecommendationOverdue, _ domain.Recorded, p *fold) error {
			return p.recommendation(e.RecommendationID, func(row *recommendationRow) { row.Overdue = true })
		}),
		On(func(e customer.HandedOver, r domain.Recorded, p *fold) error {
			row := rowOf(p, handoverRows, handoverKey{p.id, e.HandoverID})
			row.From, row.To, row.What, row.HandedOverAt = e.From, e.To, e.What, r.Metadata.OccurredAt
			return nil
		}),
		On(func(e customer.HandoverAccepted, r domain.Recorded, p *fold) error {
			row := rowOf(p, handoverRows, handoverKey{p.id, e.HandoverID})
			row.AcceptedAt = &r.Metadata.OccurredAt
			return nil
		}),
		On(func(_ customer.Erased, _ domain.Recorded, p *fold) error {
			on := p.day
			return errors.Join(each(p, recommendationRows, func(row *recommendationRow) error {
				if row.State == "open" {
					row.State = "erased"
				}
				return nil
			}), each(p, handoverRows, func(row *handoverRow) error {
				if row.AcceptedAt == nil {
					row.ErasedOn = &on
				}
				return nil
			}))
		}),
	},
}

func (f *fold) recommendation(id uuid.UUID, change func(*recommendationRow)) error {
	row := rowOf(f, recommendationRows, recommendationKey{f.id, id})
	change(row)
	return nil
}

type recommendationRow struct {
	CustomerID       uuid.UUID       `db:"customer_id,key" note:"for whom something should be done"`
	RecordedFor      *uuid.UUID      `db:"recorded_for"`
	RecommendationID uuid.UUID       `db:"recommendation_id,key" note:"the recommendation"`
	Assignee         string          `db:"assignee" note:"who should do it"`
	Action           string          `db:"action" note:"Personal: what"`
	Reason           string          `db:"reason" note:"Personal: why"`
	Evidence         json.RawMessage `db:"evidence" note:"Personal: what that rests on, a list of texts"`
	IssuedOn         domain.Day      `db:"issued_on" note:"business day"`
	DueOn            domain.Day      `db:"due_on" note:"last business day before it is overdue"`
	State            string          `db:"state" among:"open,accepted,dismissed,erased" note:"open, accepted or dismissed; erased where it was open when the customer was erased"`
	Overdue          bool            `db:"overdue" note:"its day was over before it was answered"`
	AnsweredOn       *domain.Day     `db:"answered_on" note:"business day on which it was accepted or dismissed"`
	DismissedBecause *string         `db:"dismissed_because" note:"Personal: why it was dismissed"`
	Department       *string         `db:"department" note:"that recommended"`
	Actor            *string         `db:"actor" note:"who recommended"`
	IssuedAt         time.Time       `db:"issued_at" note:"when it was recommended"`
	Position         int64           `db:"position" note:"place in the log of the fact that recommended it"`
	Revision         int64           `db:"revision" note:"of the customer's stream: the fact that recommended it"`
	Guidance         *string         `db:"guidance" note:"the guidance that recommended it; null where a person did, as are all columns below"`
	GuidanceVersion  *int64          `db:"guidance_version" note:"of its definition"`
	Segment          *string         `db:"segment" note:"that the customer had entered"`
	SegmentVersion   *int64          `db:"segment_version" note:"of its rule"`
	StayFrom         *domain.Day     `db:"stay_from" note:"business day on which that stay began"`
	Category         *string         `db:"category" note:"that is suggested; null where none is"`
	ExpectedMinor    *int64          `db:"expected_minor" note:"expected value, minor units of expected_currency; null where it could not be told"`
	ExpectedCurrency *string         `db:"expected_currency" note:"ISO 4217"`
	Outcome          *string         `db:"outcome" note:"what counts as success: none, purchase, complaint_resolved, maintenance_performed, points_spent or contact"`
	OutcomeUntil     *domain.Day     `db:"outcome_until" note:"last business day on which it does; null where nothing does"`
	OutcomeOn        *domain.Day     `db:"outcome_on" note:"business day of the first success; null where there is none"`
	RevenueMinor     *int64          `db:"outcome_revenue_minor" note:"what was bought from the recommendation to outcome_until, minor units of the reporting currency; null where nothing was, or where success is no purchase"`
}

// guided writes down by what guidance it was recommended, if by any.
func (r *recommendationRow) guided(g *customer.Guided) {
	if g == nil {
		return
	}
	version, segmentVersion, from := int64(g.Version), int64(g.SegmentVersion), g.StayFrom
	r.Guidance, r.GuidanceVersion, r.Segment, r.SegmentVersion = &g.Guidance, &version, &g.Segment, &segmentVersion
	r.StayFrom, r.Category, r.ExpectedMinor = &from, optional(g.Category), g.ExpectedMinor
	r.ExpectedCurrency, r.Outcome = optional(g.Currency), optional(g.Outcome)
	if g.Outcome != customer.NoOutcome {
		until := r.IssuedOn + domain.Day(g.OutcomeDays)
		r.OutcomeUntil = &until
	}
}

type handoverRow struct {
	CustomerID   uuid.UUID   `db:"customer_id,key" note:"on whom the work is"`
	RecordedFor  *uuid.UUID  `db:"recorded_for"`
	HandoverID   uuid.UUID   `db:"handover_id,key" note:"the hand-over"`
	From         string      `db:"from_department" note:"who gave"`
	To           string      `db:"to_department" note:"who is to take"`
	What         string      `db:"what" note:"Personal: the work"`
	HandedOverAt time.Time   `db:"handed_over_at" note:"when it was given"`
	AcceptedAt   *time.Time  `db:"accepted_at" note:"when it was taken; null while it waits"`
	ErasedOn     *domain.Day `db:"erased_on" note:"business day on which the customer was erased before it was taken"`
}

type (
	recommendationKey struct{ customer, recommendation uuid.UUID }
	handoverKey       struct{ customer, handover uuid.UUID }
)

var (
	recommendationRows = keyedRows("recommendation",
		"Every recommendation to a colleague, and what became of it.", func(k recommendationKey) recommendationRow {
			return recommendationRow{CustomerID: k.customer, RecommendationID: k.recommendation}
		})
	handoverRows = keyedRows("handovers",
		"Every hand-over of work from one department to another.", func(k handoverKey) handoverRow {
			return handoverRow{CustomerID: k.customer, HandoverID: k.handover}
		})
)
