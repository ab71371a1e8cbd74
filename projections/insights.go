package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Insights keeps what was concluded about customers, and the events that it rests on.
var Insights = Projector{
	Name: "insights",
	Schema: `
-- Everything that somebody concluded about a customer.
CREATE TABLE insights (
	customer_id uuid NOT NULL, -- about whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	insight_id uuid NOT NULL, -- the insight
	statement text NOT NULL, -- Personal: what was concluded
	kind text, -- need, habit, risk, …
	confidence numeric NOT NULL, -- how sure they are, from 0 to 1
	links jsonb NOT NULL, -- Personal: what it rests on beside events, a list of texts
	recorded_on date NOT NULL, -- business day of the conclusion
	retracted_on date, -- business day on which it was retracted; null while it stands
	reason text, -- Personal: why it was retracted
	department text, -- that concluded it
	actor text, -- who concluded it
	PRIMARY KEY (customer_id, insight_id)
);
-- The events that insights rest on: join customer_timeline by customer_id and revision.
CREATE TABLE insight_evidence (
	customer_id uuid NOT NULL, -- about whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	insight_id uuid NOT NULL, -- the insight
	revision bigint NOT NULL, -- place of the event in the customer's stream
	PRIMARY KEY (customer_id, insight_id, revision)
);
`,
	On: []Handler{
		On(func(e customer.InsightRecorded, r domain.Recorded, p *fold) error {
			links, err := json.Marshal(append([]string{}, e.Links...))
			if err != nil {
				return fmt.Errorf("write down the links: %w", err)
			}
			row := rowOf(p, insightRows, insightKey{p.id, e.InsightID})
			row.Statement, row.Kind, row.Confidence, row.Links = e.Statement, optional(e.Kind), e.Confidence, links
			row.RecordedOn = p.day
			row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			for _, revision := range e.Evidence {
				add(p, insightEvidenceRows, insightEvidenceRow{p.id, e.InsightID, revision, nil})
			}
			return nil
		}),
		On(func(e customer.InsightRetracted, _ domain.Recorded, p *fold) error {
			row := rowOf(p, insightRows, insightKey{p.id, e.InsightID})
			on := p.day
			row.RetractedOn, row.Reason = &on, &e.Reason
			return nil
		}),
	},
}

type insightRow struct {
	CustomerID  uuid.UUID       `db:"customer_id"`
	InsightID   uuid.UUID       `db:"insight_id"`
	Statement   string          `db:"statement"`
	Kind        *string         `db:"kind"`
	Confidence  decimal.Decimal `db:"confidence"`
	Links       json.RawMessage `db:"links"`
	RecordedOn  domain.Day      `db:"recorded_on"`
	RetractedOn *domain.Day     `db:"retracted_on"`
	Reason      *string         `db:"reason"`
	Department  *string         `db:"department"`
	Actor       *string         `db:"actor"`
	RecordedFor *uuid.UUID      `db:"recorded_for"`
}

type insightEvidenceRow struct {
	CustomerID  uuid.UUID  `db:"customer_id"`
	InsightID   uuid.UUID  `db:"insight_id"`
	Revision    int64      `db:"revision"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
}

type insightKey struct{ customer, insight uuid.UUID }

var (
	insightRows = keyedRows("insights", 2, func(k insightKey) insightRow {
		return insightRow{CustomerID: k.customer, InsightID: k.insight}
	})
	insightEvidenceRows = added[insightEvidenceRow]("insight_evidence", 3)
)
