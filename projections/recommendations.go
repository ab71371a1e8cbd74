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
	Name: "work",
	Schema: `
-- Every recommendation to a colleague, and what became of it.
CREATE TABLE recommendation (
	customer_id uuid NOT NULL, -- for whom something should be done
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	recommendation_id uuid NOT NULL, -- the recommendation
	assignee text NOT NULL, -- who should do it
	action text NOT NULL, -- Personal: what
	reason text NOT NULL, -- Personal: why
	evidence jsonb NOT NULL, -- Personal: what that rests on, a list of texts
	issued_on date NOT NULL, -- business day
	due_on date NOT NULL, -- last business day before it is overdue
	state text NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed', 'erased')), -- open, accepted or dismissed; erased where it was open when the customer was erased
	overdue boolean NOT NULL, -- its day was over before it was answered
	answered_on date, -- business day on which it was accepted or dismissed
	dismissed_because text, -- Personal: why it was dismissed
	department text, -- that recommended
	actor text, -- who recommended
	issued_at timestamptz NOT NULL, -- when it was recommended
	position bigint NOT NULL, -- place in the log of the fact that recommended it
	revision bigint NOT NULL, -- of the customer's stream: the fact that recommended it
	guidance text, -- the guidance that recommended it; null where a person did, as are all columns below
	guidance_version bigint, -- of its definition
	segment text, -- that the customer had entered
	segment_version bigint, -- of its rule
	stay_from date, -- business day on which that stay began
	category text, -- that is suggested; null where none is
	expected_minor bigint, -- expected value, minor units of expected_currency; null where it could not be told
	expected_currency text, -- ISO 4217
	outcome text, -- what counts as success: none, purchase, complaint_resolved, maintenance_performed, points_spent or contact
	outcome_until date, -- last business day on which it does; null where nothing does
	PRIMARY KEY (customer_id, recommendation_id)
);
CREATE INDEX ON recommendation (guidance, guidance_version) WHERE guidance IS NOT NULL; -- what came of a guidance
CREATE INDEX ON recommendation (assignee, due_on) WHERE state = 'open'; -- the work list of a colleague
-- Every hand-over of work from one department to another.
CREATE TABLE handovers (
	customer_id uuid NOT NULL, -- on whom the work is
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	handover_id uuid NOT NULL, -- the hand-over
	from_department text NOT NULL, -- who gave
	to_department text NOT NULL, -- who is to take
	what text NOT NULL, -- Personal: the work
	handed_over_at timestamptz NOT NULL, -- when it was given
	accepted_at timestamptz, -- when it was taken; null while it waits
	erased_on date, -- business day on which the customer was erased before it was taken
	PRIMARY KEY (customer_id, handover_id)
);
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

func (p *fold) recommendation(id uuid.UUID, change func(*recommendationRow)) error {
	row := rowOf(p, recommendationRows, recommendationKey{p.id, id})
	change(row)
	return nil
}

type recommendationRow struct {
	CustomerID       uuid.UUID       `db:"customer_id"`
	RecommendationID uuid.UUID       `db:"recommendation_id"`
	Assignee         string          `db:"assignee"`
	Action           string          `db:"action"`
	Reason           string          `db:"reason"`
	Evidence         json.RawMessage `db:"evidence"`
	IssuedOn         domain.Day      `db:"issued_on"`
	DueOn            domain.Day      `db:"due_on"`
	State            string          `db:"state"`
	Overdue          bool            `db:"overdue"`
	AnsweredOn       *domain.Day     `db:"answered_on"`
	DismissedBecause *string         `db:"dismissed_because"`
	Department       *string         `db:"department"`
	Actor            *string         `db:"actor"`
	IssuedAt         time.Time       `db:"issued_at"`
	Position         int64           `db:"position"`
	Revision         int64           `db:"revision"`
	Guidance         *string         `db:"guidance"`
	GuidanceVersion  *int64          `db:"guidance_version"`
	Segment          *string         `db:"segment"`
	SegmentVersion   *int64          `db:"segment_version"`
	StayFrom         *domain.Day     `db:"stay_from"`
	Category         *string         `db:"category"`
	ExpectedMinor    *int64          `db:"expected_minor"`
	ExpectedCurrency *string         `db:"expected_currency"`
	Outcome          *string         `db:"outcome"`
	OutcomeUntil     *domain.Day     `db:"outcome_until"`
	RecordedFor      *uuid.UUID      `db:"recorded_for"`
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
	CustomerID   uuid.UUID   `db:"customer_id"`
	HandoverID   uuid.UUID   `db:"handover_id"`
	From         string      `db:"from_department"`
	To           string      `db:"to_department"`
	What         string      `db:"what"`
	HandedOverAt time.Time   `db:"handed_over_at"`
	AcceptedAt   *time.Time  `db:"accepted_at"`
	ErasedOn     *domain.Day `db:"erased_on"`
	RecordedFor  *uuid.UUID  `db:"recorded_for"`
}

type (
	recommendationKey struct{ customer, recommendation uuid.UUID }
	handoverKey       struct{ customer, handover uuid.UUID }
)

var (
	recommendationRows = keyedRows("recommendation", 2, func(k recommendationKey) recommendationRow {
		return recommendationRow{CustomerID: k.customer, RecommendationID: k.recommendation}
	})
	handoverRows = keyedRows("handovers", 2, func(k handoverKey) handoverRow {
		return handoverRow{CustomerID: k.customer, HandoverID: k.handover}
	})
)
